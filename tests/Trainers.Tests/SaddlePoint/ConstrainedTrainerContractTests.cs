// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.Tests.SubspaceSgd;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>The constrained trainer keeps the contract: dense and sparse features, weights, groups, own names.</summary>
[Collection(ContractCollection.Name)]
public sealed class ConstrainedTrainerContractTests
{
    private static readonly MemoryDataView Data = ContractData.Create();

    [Fact]
    public void A_least_recall_keeps_it() => EstimatorContract.Verify(Case(new() { ExampleWeightColumnName = "Weight", Constraints = [Constraint.MinRecall(0.9)] }));

    [Fact]
    public void Groups_sparse_features_and_other_names_keep_it() => EstimatorContract.Verify(Case(new()
    {
        FeatureColumnName = "SparseFeatures",
        ExampleWeightColumnName = "Weight",
        GroupColumnName = "Group",
        ScoreColumnName = "My score",
        ProbabilityColumnName = "My probability",
        PredictedLabelColumnName = "My label",
        Objective = ConstrainedObjective.WorstGroupLoss,
    }));

    private static EstimatorCase Case(ConstrainedLogisticRegressionOptions options) => new()
    {
        Create = () => new MLContext().BinaryClassification.Trainers.ConstrainedLogisticRegression(options),
        Data = Data,
        InputColumns = [options.FeatureColumnName],
        FittingColumns = [options.LabelColumnName, options.ExampleWeightColumnName!, .. options.GroupColumnName is { } group ? [group] : Array.Empty<string>()],
        OutputColumns = [options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName],
        BadInputs =
        [
            Bad(options.LabelColumnName, "Class"), Bad(options.FeatureColumnName, "Number"), Bad(options.ExampleWeightColumnName!, "Key"),
            .. options.GroupColumnName is { } column ? [Bad(column, "Weight")] : Array.Empty<BadInput>(),
        ],
        Predict = (context, model) =>
        {
            var definition = SchemaDefinition.Create(typeof(Scored));
            definition[0].ColumnName = options.ScoreColumnName;
            var engine = context.Model.CreatePredictionEngine<Point, Scored>(model, outputSchemaDefinition: definition);
            engine.Predict(new Point());
            return engine;
        },
        Evaluate = (context, data) =>
        {
            var metrics = context.BinaryClassification.Evaluate(data, options.LabelColumnName, options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName);
            return [metrics.Accuracy, metrics.AreaUnderRocCurve, metrics.LogLoss];
        },
    };

    // The same data, with a column of another type under that name.
    private static BadInput Bad(string name, string source) => new(new MLContext().Transforms.CopyColumns(name, source).Fit(Data).Transform(Data), name);

    private sealed class Point
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [1, 2, 3, 4];

        [VectorType(4)]
        public float[] SparseFeatures { get; set; } = [1, 2, 3, 4];
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
