// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>Small trainers prove each kind of column through both faces of a fitted model.</summary>
[Collection(ContractCollection.Name)]
public sealed class CentroidContractTests
{
    private static readonly MemoryDataView Data = ContractData.Create();

    internal static EstimatorCase Binary(string features = "Features", string prefix = "") => new()
    {
        Create = () => new BinaryCentroidEstimator(features, "Label", "Weight", prefix),
        Data = Data,
        InputColumns = [features],
        FittingColumns = ["Label", "Weight"],
        OutputColumns = [prefix + "Score", prefix + "Probability", prefix + "PredictedLabel"],
        BadInputs =
        [
            new BadInput(Renamed("Label", "Text"), "Label"),
            new BadInput(Renamed("Weight", "Key"), "Weight"),
            new BadInput(Renamed(features, "Number"), features),
        ],
        Predict = (context, model) => PredictOnce<BinaryScore>(context, model, prefix + "Score"),
        Evaluate = (context, data) =>
        {
            var metrics = context.BinaryClassification.Evaluate(data, "Label", prefix + "Score", prefix + "Probability", prefix + "PredictedLabel");
            return [metrics.Accuracy, metrics.AreaUnderRocCurve, metrics.LogLoss];
        },
    };

    internal static EstimatorCase Multiclass(string score = "Score", string predictedLabel = "PredictedLabel", ClassValues? classes = null) => new()
    {
        Create = () => new MulticlassCentroidEstimator("SparseFeatures", "Class", score, predictedLabel, classes),
        Data = Data,
        InputColumns = ["SparseFeatures"],
        FittingColumns = ["Class"],
        OutputColumns = [score, predictedLabel],
        BadInputs = [new BadInput(Renamed("Class", "Text"), "Class")],
        Predict = (context, model) => PredictOnce<ClassScores>(context, model, score),
        Evaluate = (context, data) =>
        {
            var metrics = context.MulticlassClassification.Evaluate(data, "Class", score, predictedLabel);
            return [metrics.MicroAccuracy, metrics.LogLoss];
        },
    };

    [Fact]
    public void A_binary_trainer_keeps_the_contract() => EstimatorContract.Verify(Binary());

    [Fact]
    public void A_binary_trainer_keeps_the_contract_with_other_names_and_sparse_features() => EstimatorContract.Verify(Binary("SparseFeatures", "My"));

    [Fact]
    public void A_multiclass_trainer_with_string_classes_keeps_the_contract() => EstimatorContract.Verify(Multiclass());

    [Fact]
    public void A_multiclass_trainer_keeps_the_contract_with_other_names() => EstimatorContract.Verify(Multiclass("Class scores", "Class found"));

    [Fact]
    public void Class_values_keep_their_type_when_they_are_numbers() => EstimatorContract.Verify(Multiclass(classes: ClassValues.Of([7.5f, -1f, 0f])));

    [Fact]
    public void A_loaded_model_names_its_classes()
    {
        var transformer = Multiclass().Create().Fit(Data);
        using var stream = new MemoryStream();
        new MLContext().Model.Save(transformer, Data.Schema, stream);
        stream.Position = 0;
        var context = new MLContext();
        var scored = context.Model.Load(stream, out _).Transform(Data);
        var named = context.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(scored).Transform(scored);
        var names = Snapshot.Of(named, ["Name"]).Select(row => (string)row.Values["Name"]).Distinct().Order();
        Assert.Equal(ContractData.Classes.Order(), names);
    }

    // The same data, with a column of another type under that name.
    private static IDataView Renamed(string name, string source) => new MLContext().Transforms.CopyColumns(name, source).Fit(Data).Transform(Data);

    private static PredictionEngine<Point, TScore> PredictOnce<TScore>(MLContext context, ITransformer model, string score)
        where TScore : class, new()
    {
        var definition = SchemaDefinition.Create(typeof(TScore));
        definition[0].ColumnName = score;
        var engine = context.Model.CreatePredictionEngine<Point, TScore>(model, outputSchemaDefinition: definition);
        engine.Predict(new Point());
        return engine;
    }

    private sealed class Point
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [1, 2, 3, 4];

        [VectorType(4)]
        public float[] SparseFeatures { get; set; } = [1, 2, 3, 4];
    }

    private sealed class BinaryScore
    {
        public float Score { get; set; }
    }

    private sealed class ClassScores
    {
        [VectorType(3)]
        public float[] Score { get; set; } = [];
    }
}
