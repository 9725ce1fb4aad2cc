// SPDX-License-Identifier: MIT
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>Which columns the graphs of fitted models read and make.</summary>
internal static class PredictionColumns
{
    /// <summary>A score, a probability and a boolean label.</summary>
    public static OnnxColumns Binary(string features, string score, string probability, string predictedLabel) => new(
        [new OnnxInputColumn(features, PredictionGraph.Features)],
        [
            OnnxOutputColumn.Scalar(score, PredictionGraph.Score),
            OnnxOutputColumn.Scalar(probability, PredictionGraph.Probability),
            OnnxOutputColumn.Boolean(predictedLabel, PredictionGraph.PredictedLabel),
        ]);

    /// <summary>A score for each class, its slots named by the classes, and a label that is a key with their values.</summary>
    public static OnnxColumns Multiclass(string features, string score, string predictedLabel, ClassValues classes) => new(
        [new OnnxInputColumn(features, PredictionGraph.Features)],
        [
            OnnxOutputColumn.Tensor(score, PredictionGraph.Score, classes.Names),
            OnnxOutputColumn.Key(predictedLabel, PredictionGraph.PredictedLabel, classes),
        ]);

    /// <summary>A score.</summary>
    public static OnnxColumns Regression(string features, string score) => new(
        [new OnnxInputColumn(features, PredictionGraph.Features)],
        [OnnxOutputColumn.Scalar(score, PredictionGraph.Score)]);
}
