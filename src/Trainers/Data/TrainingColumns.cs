// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Data;

/// <summary>Which columns rows to train on are read from.</summary>
/// <param name="Features">A vector of Single of known length, dense or sparse.</param>
/// <param name="Label">A boolean, a key or a number.</param>
/// <param name="LabelKind">Which of them.</param>
/// <param name="Weight">A number; null where all rows weigh the same.</param>
internal sealed record TrainingColumns(string Features, string Label, LabelKind LabelKind, string? Weight);
