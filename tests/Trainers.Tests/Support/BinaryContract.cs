// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Trainers.Tests;

/// <summary>What the contract needs to know of a trainer of two classes, by the names of its columns; its rows are those of <see cref="ContractData"/>.</summary>
internal sealed record BinaryContract(string Features, string Label, string Weight, string Score, string Probability, string PredictedLabel)
{
    private static readonly MemoryDataView Data = ContractData.Create();

    /// <summary>The column of groups that is demanded too; null for none.</summary>
    public string? Group { get; init; }

    public EstimatorCase Case(Func<IEstimator<ITransformer>> create) => new()
    {
        Create = create,
        Data = Data,
        InputColumns = [Features],
        FittingColumns = [Label, Weight, .. Group is { } group ? [group] : Array.Empty<string>()],
        OutputColumns = [Score, Probability, PredictedLabel],
        BadInputs =
        [
            Bad(Label, "Class"), Bad(Features, "Number"), Bad(Weight, "Key"),
            .. Group is { } column ? [Bad(column, "Weight")] : Array.Empty<BadInput>(),
        ],
        Predict = (context, model) => PredictOnce<SingleScore>(context, model, Score),
        Evaluate = (context, data) =>
        {
            var metrics = context.BinaryClassification.Evaluate(data, Label, Score, Probability, PredictedLabel);
            return [metrics.Accuracy, metrics.AreaUnderRocCurve, metrics.LogLoss];
        },
    };

    /// <summary>The same data, with a column of another type under that name.</summary>
    public static BadInput Bad(string name, string source) => new(new MLContext().Transforms.CopyColumns(name, source).Fit(Data).Transform(Data), name);

    /// <summary>Makes a prediction engine for dense or sparse features, and predicts once.</summary>
    public static PredictionEngine<Point, TScore> PredictOnce<TScore>(MLContext context, ITransformer model, string score)
        where TScore : class, new()
    {
        var definition = SchemaDefinition.Create(typeof(TScore));
        definition[0].ColumnName = score;
        var engine = context.Model.CreatePredictionEngine<Point, TScore>(model, outputSchemaDefinition: definition);
        engine.Predict(new Point());
        return engine;
    }

    internal sealed class Point
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [1, 2, 3, 4];

        [VectorType(4)]
        public float[] SparseFeatures { get; set; } = [1, 2, 3, 4];
    }

    internal sealed class SingleScore
    {
        public float Score { get; set; }
    }
}
