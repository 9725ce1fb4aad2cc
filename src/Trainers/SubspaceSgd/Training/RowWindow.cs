// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The rows of some consecutive mini-batches of an epoch.</summary>
/// <param name="Rows">Where they lie.</param>
/// <param name="Orders">For each local worker the numbers of its rows, in the order in which it takes them.</param>
/// <param name="First">The first mini-batch.</param>
/// <param name="End">The mini-batch after the last.</param>
internal sealed record RowWindow(TrainingRows Rows, int[][] Orders, long First, long End);
