// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.Tests.SubspaceSgd;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Auc;

[Collection(ContractCollection.Name)]
public sealed class AucSaddleContractTests
{
    private static readonly MemoryDataView Data = ContractData.Create();

    [Fact]
    public void The_trainer_keeps_it() => EstimatorContract.Verify(Case(new AucSaddleOptions { ExampleWeightColumnName = "Weight" }));

    [Fact]
    public void The_trainer_keeps_it_with_sparse_features_and_other_names() => EstimatorContract.Verify(Case(new AucSaddleOptions
    {
        FeatureColumnName = "SparseFeatures",
        ExampleWeightColumnName = "Weight",
        ScoreColumnName = "My score",
        ProbabilityColumnName = "My probability",
        PredictedLabelColumnName = "My label",
        ValidationFraction = 0.3,
    }));

    private static EstimatorCase Case(AucSaddleOptions options) => new()
    {
        Create = () => new MLContext().BinaryClassification.Trainers.AucSaddle(options),
        Data = Data,
        InputColumns = [options.FeatureColumnName],
        FittingColumns = [options.LabelColumnName, options.ExampleWeightColumnName!],
        OutputColumns = [options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName],
        BadInputs = [Bad(options.LabelColumnName, "Class"), Bad(options.FeatureColumnName, "Number"), Bad(options.ExampleWeightColumnName!, "Key")],
        Predict = (context, model) =>
        {
            var definition = SchemaDefinition.Create(typeof(Prediction));
            definition[0].ColumnName = options.ScoreColumnName;
            var engine = context.Model.CreatePredictionEngine<Point, Prediction>(model, outputSchemaDefinition: definition);
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

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
