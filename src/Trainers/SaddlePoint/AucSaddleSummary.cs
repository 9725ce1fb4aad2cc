// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>What happened in a training.</summary>
/// <param name="Status">Why it ended.</param>
/// <param name="RelativeResidual">The norm of the saddle's field over that at the start.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Passes">Passes over the rows that are trained on, those for means, variances and the last scores included: a product with them, or with their transpose, is one.</param>
/// <param name="AreaUnderRocCurve">The area on the rows that were trained on.</param>
/// <param name="ValidationAreaUnderRocCurve">The area on the rows that were held out; NaN where there were none of both classes.</param>
/// <param name="Rows">Rows that were trained on.</param>
/// <param name="ValidationRows">Rows that were held out.</param>
public sealed record AucSaddleSummary(
    SaddleStatus Status, double RelativeResidual, int Iterations, long Passes,
    double AreaUnderRocCurve, double ValidationAreaUnderRocCurve, long Rows, long ValidationRows);
