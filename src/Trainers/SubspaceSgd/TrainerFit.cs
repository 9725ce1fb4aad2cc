// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Networks;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.Predictions;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>From data views to a trained function of their features.</summary>
internal static class TrainerFit
{
    /// <summary>Reads the rows and trains.</summary>
    /// <param name="task">What labels mean.</param>
    /// <param name="trainData">The rows to train on; its columns have been checked.</param>
    /// <param name="validationData">The rows to measure the loss on, or null.</param>
    /// <param name="outputs">How many scores a row gets.</param>
    /// <param name="options">How to train.</param>
    public static (IScoreFunction Function, TrainingSummary Summary) Run(TrainingTask task, IDataView trainData, IDataView? validationData, int outputs, SubspaceSgdOptions options)
    {
        var (rows, validation) = Ranks.Together(options.Collective, () => (Read(trainData), validationData is null ? null : Read(validationData)));
        if (options.Network is { } untrained)
        {
            Ranks.Guard(options.Collective, () => TryExport(untrained, rows.Features, outputs, options));
        }
        var trained = SubspaceSgdTraining.Run(task, rows, validation, outputs, options);
        IScoreFunction function = options.Network is { } network
            ? new NetworkScore(network, rows.Features, outputs, trained.Parameters)
            : new LinearScore(rows.Features, outputs, trained.Parameters);
        return (RescaledScore.Of(function, trained.ScoreScale, trained.ScoreOffset), trained.Summary);

        TrainingData Read(IDataView view) => TrainingRowsReader.Read(
            view, new TrainingColumns(options.FeatureColumnName, options.LabelColumnName, KindOf(task), options.ExampleWeightColumnName), options.MaxCacheBytes, options.CancellationToken);
    }

    // Layers of a user's own may have an export that ONNX Runtime refuses: that is better known before hours of training.
    private static void TryExport(NetworkSpec network, int features, int outputs, SubspaceSgdOptions options)
    {
        float[] parameters = network.Build(features, outputs).Initialize((ulong)options.Seed);
        using var session = PredictionGraph.Scores(new NetworkScore(network, features, outputs, parameters)).Open(options.Scoring.Session);
    }

    private static LabelKind KindOf(TrainingTask task) => task switch
    {
        TrainingTask.BinaryClassification => LabelKind.Boolean,
        TrainingTask.MulticlassClassification => LabelKind.Key,
        _ => LabelKind.Number,
    };
}
