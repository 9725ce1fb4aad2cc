// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>A cancellation that all ranks have agreed on: none of them waits for another.</summary>
internal sealed class RanksCancelledException(string message, CancellationToken token) : OperationCanceledException(message, token);
