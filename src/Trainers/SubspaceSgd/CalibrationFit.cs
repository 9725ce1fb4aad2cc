// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Microsoft.ML;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.Predictions;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>Scores rows with a trained model and calibrates the scores, over all ranks.</summary>
internal static class CalibrationFit
{
    private const string Score = "mlnetx.score";

    /// <summary>Calibrates on the rows that the loss was measured on; on all rows to train on where there are none of those, or none of one class.</summary>
    public static ScoreCalibration Run(IScoreFunction function, IDataView trainData, IDataView? validationData, SubspaceSgdOptions options)
    {
        using var model = new OnnxModelTransformer(
            PredictionGraph.Scores(function), PredictionColumns.Regression(options.FeatureColumnName, Score), trainData.Schema,
            options.Scoring with { CancellationToken = options.CancellationToken });
        return Fit(Ranks.Together(options.Collective, Measured)) ?? Fit(Ranks.Together(options.Collective, () => Collect(model, trainData, options, _ => true))) ?? throw new UnreachableException("Rows that were trained on have both classes.");

        CalibrationSample Measured()
        {
            if (validationData is not null)
            {
                return Collect(model, validationData, options, _ => true);
            }
            var assignment = new RowAssignment(1, options.Collective?.Rank ?? 0, options.Collective?.Size ?? 1, options.ValidationFraction, (ulong)options.Seed);
            return options.ValidationFraction > 0 ? Collect(model, trainData, options, row => assignment.WorkerOf(row) < 0) : new CalibrationSample(weighted: false, 0);
        }

        ScoreCalibration? Fit(CalibrationSample sample) => PlattScaling.Fit(
            sample.Scores, sample.Labels, sample.Weights, sample.RowsEach, options.Collective is { } ranks ? sums => ranks.AllReduceSum(sums) : null);
    }

    private static CalibrationSample Collect(OnnxModelTransformer model, IDataView rows, SubspaceSgdOptions options, Func<long, bool> isWanted)
    {
        var scored = model.Transform(rows);
        string? weightName = options.ExampleWeightColumnName;
        string[] names = weightName is null ? [Score, options.LabelColumnName] : [Score, options.LabelColumnName, weightName];
        using var cursor = scored.GetRowCursor(names.Distinct().Select(name => scored.Schema[name]));
        var score = ColumnReaders.Number(cursor, Score);
        var label = ColumnReaders.Boolean(cursor, options.LabelColumnName);
        var weight = ColumnReaders.Weight(cursor, weightName);
        var sample = new CalibrationSample(weightName is not null, (ulong)options.Seed);
        for (long row = 0; cursor.MoveNext(); row++)
        {
            if (isWanted(row))
            {
                sample.Add(score(), label() ? 1 : 0, weight());
            }
        }
        return sample;
    }
}
