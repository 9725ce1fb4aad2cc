// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>A direction that shows that a program has no solution, or none that is not huge; anyone can check it with one product each of A and P.</summary>
/// <remarks>
/// Where no point satisfies the constraints, it is a y with <c>A'y = 0</c> and <c>u'max(y, 0) + l'min(y, 0) &lt; 0</c>: adding the rows so weighted gives a contradiction.
/// Where the objective falls without end, it is an x with <c>Px = 0</c>, <c>q'x &lt; 0</c>, and Ax along which no bound is met. Numbers are rounded: zero is a <see cref="Violation"/> at most,
/// which leaves room only for solutions of a size of <see cref="Slope"/> over <see cref="Violation"/> or more: the sum of absolute values of x where rows contradict each other,
/// and of x and the multipliers y together where the objective falls.
/// </remarks>
/// <param name="IsUnbounded">Whether the objective is unbounded; else the constraints contradict each other.</param>
/// <param name="Direction">The direction, its largest component 1 in size: one number for each row of A, or for each variable if unbounded.</param>
/// <param name="Slope">The negative value: <c>u'max(y, 0) + l'min(y, 0)</c>, or q'x.</param>
/// <param name="Violation">How far what should be zero, or not point beyond a bound, is from it.</param>
public sealed record ProgramCertificate(bool IsUnbounded, IReadOnlyList<double> Direction, double Slope, double Violation);
