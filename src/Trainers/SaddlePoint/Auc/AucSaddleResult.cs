// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Auc;

/// <summary>What a training came to.</summary>
/// <param name="Direction">w, of which the area under the ROC curve is maximal; with pairs' differences of about 1.</param>
/// <param name="Weights">w, scaled so that scores are log-odds.</param>
/// <param name="Bias">What is added to make them so.</param>
/// <param name="Summary">What happened.</param>
internal sealed record AucSaddleResult(double[] Direction, float[] Weights, float Bias, AucSaddleSummary Summary);
