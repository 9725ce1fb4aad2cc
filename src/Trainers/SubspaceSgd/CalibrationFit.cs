// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.Predictions;

namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>Scores rows with a trained model and calibrates the scores, over all ranks.</summary>
internal static class CalibrationFit
{
    private const string Score = "mlnetx.score";

    public static ScoreCalibration Run(IScoreFunction function, IDataView rows, SubspaceSgdOptions options)
    {
        var scoring = options.Scoring with { CancellationToken = options.CancellationToken };
        using var model = new OnnxModelTransformer(PredictionGraph.Regression(function), PredictionColumns.Regression(options.FeatureColumnName, Score), rows.Schema, scoring);
        var scored = model.Transform(rows);
        string[] names = options.ExampleWeightColumnName is { } weightName ? [Score, options.LabelColumnName, weightName] : [Score, options.LabelColumnName];
        using var cursor = scored.GetRowCursor(names.Distinct().Select(name => scored.Schema[name]));
        var score = ColumnReaders.Number(cursor, Score);
        var label = ColumnReaders.Number(cursor, options.LabelColumnName);
        var weight = ColumnReaders.Weight(cursor, options.ExampleWeightColumnName);
        List<float> scores = [], labels = [], weights = [];
        while (cursor.MoveNext())
        {
            scores.Add(score());
            labels.Add(label());
            weights.Add(weight());
        }
        return PlattScaling.Fit(scores.ToArray(), labels.ToArray(), weights.ToArray(), options.Collective is { } ranks ? sums => ranks.AllReduceSum(sums) : null);
    }
}
