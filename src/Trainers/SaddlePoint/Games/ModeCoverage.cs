// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Games;

/// <summary>How points lie beside the modes of a <see cref="GaussianRing"/>.</summary>
/// <param name="Covered">Modes that have at least a quarter of their fair share of the points, within three standard deviations.</param>
/// <param name="NearShare">The share of points within three standard deviations of a mode.</param>
/// <param name="Counts">The points near each mode.</param>
public sealed record ModeCoverage(int Covered, double NearShare, IReadOnlyList<int> Counts);
