// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd;

/// <summary>The three trainers keep the contract: dense and sparse features, linear and deep, own losses and names.</summary>
[Collection(ContractCollection.Name)]
public sealed class TrainerContractTests
{
    private static readonly MemoryDataView Data = ContractData.Create();

    private static readonly SubspaceSgdOptions Named = new()
    {
        FeatureColumnName = "SparseFeatures",
        ExampleWeightColumnName = "Weight",
        ScoreColumnName = "My score",
        ProbabilityColumnName = "My probability",
        PredictedLabelColumnName = "My label",
    };

    [Fact]
    public void A_linear_classifier_of_two_classes_keeps_it() => EstimatorContract.Verify(Binary(new SubspaceSgdOptions { ExampleWeightColumnName = "Weight" }));

    [Fact]
    public void A_linear_classifier_of_two_classes_keeps_it_with_sparse_features_and_other_names() => EstimatorContract.Verify(Binary(Named));

    [Fact]
    public void A_classifier_of_two_classes_that_needs_calibration_keeps_it() => EstimatorContract.Verify(Binary(Named with { Loss = new SmoothedHinge() }));

    [Fact]
    public void A_deep_classifier_of_two_classes_keeps_it() => EstimatorContract.Verify(Binary(Named with { Network = NetworkSpec.Mlp(6) }));

    [Fact]
    public void A_linear_classifier_of_many_classes_keeps_it() => EstimatorContract.Verify(Multiclass(new SubspaceSgdOptions { LabelColumnName = "Class", ExampleWeightColumnName = "Weight" }));

    [Fact]
    public void A_linear_classifier_of_many_classes_keeps_it_with_sparse_features_and_other_names() => EstimatorContract.Verify(Multiclass(Named with { LabelColumnName = "Class" }));

    [Fact]
    public void A_classifier_of_each_class_against_the_rest_keeps_it() => EstimatorContract.Verify(Multiclass(Named with { LabelColumnName = "Class", Loss = new Logistic() }));

    [Fact]
    public void A_deep_classifier_of_many_classes_keeps_it() => EstimatorContract.Verify(Multiclass(Named with { LabelColumnName = "Class", Network = NetworkSpec.Mlp(6) }));

    [Fact]
    public void A_linear_regression_keeps_it() => EstimatorContract.Verify(Regression(new SubspaceSgdOptions { LabelColumnName = "Weight" }));

    [Fact]
    public void A_linear_regression_keeps_it_with_sparse_features_and_other_names() => EstimatorContract.Verify(Regression(Named with { LabelColumnName = "Weight", Loss = new Huber() }));

    [Fact]
    public void A_deep_regression_keeps_it() => EstimatorContract.Verify(Regression(Named with { LabelColumnName = "Weight", Network = NetworkSpec.Mlp(6) }));

    [Fact]
    public void Class_values_keep_their_type_when_they_are_numbers()
    {
        var context = new MLContext();
        // Keys of numbers: 0, 1 and 2 of the row's number, kept as Int64.
        var labelled = context.Transforms.Conversion.MapValueToKey("Coded", "Weight").Fit(Data).Transform(Data);
        var fitted = context.MulticlassClassification.Trainers.SubspaceSgd("Coded").Fit(labelled);

        var key = fitted.GetOutputSchema(labelled.Schema)["PredictedLabel"];

        Assert.Equal(NumberDataViewType.Single, ((VectorDataViewType)key.Annotations.Schema["KeyValues"].Type).ItemType);
        Assert.Equal(["1", "2"], fitted.Classes.Names);
    }

    private static EstimatorCase Binary(SubspaceSgdOptions options) =>
        new BinaryContract(
            options.FeatureColumnName, options.LabelColumnName, options.ExampleWeightColumnName!, options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName)
            .Case(() => new MLContext().BinaryClassification.Trainers.SubspaceSgd(options));

    private static EstimatorCase Multiclass(SubspaceSgdOptions options) => Case(options) with
    {
        Create = () => new MLContext().MulticlassClassification.Trainers.SubspaceSgd(options),
        OutputColumns = [options.ScoreColumnName, options.PredictedLabelColumnName],
        Predict = (context, model) => BinaryContract.PredictOnce<ClassScores>(context, model, options.ScoreColumnName),
        BadInputs = [BinaryContract.Bad(options.LabelColumnName, "Label"), BinaryContract.Bad(options.FeatureColumnName, "Text"), BinaryContract.Bad(options.ExampleWeightColumnName!, "Key")],
        Evaluate = (context, data) =>
        {
            var metrics = context.MulticlassClassification.Evaluate(data, options.LabelColumnName, options.ScoreColumnName, options.PredictedLabelColumnName);
            return [metrics.MicroAccuracy, metrics.LogLoss];
        },
    };

    private static EstimatorCase Regression(SubspaceSgdOptions options) => Case(options with { ExampleWeightColumnName = null }) with
    {
        Create = () => new MLContext().Regression.Trainers.SubspaceSgd(options with { ExampleWeightColumnName = null }),
        OutputColumns = [options.ScoreColumnName],
        BadInputs = [BinaryContract.Bad(options.LabelColumnName, "Label"), BinaryContract.Bad(options.FeatureColumnName, "Key")],
        Evaluate = (context, data) =>
        {
            var metrics = context.Regression.Evaluate(data, options.LabelColumnName, options.ScoreColumnName);
            return [metrics.MeanAbsoluteError, metrics.RSquared];
        },
    };

    private static EstimatorCase Case(SubspaceSgdOptions options) => new()
    {
        Create = () => throw new InvalidOperationException("Each task has its own trainer."),
        Data = Data,
        InputColumns = [options.FeatureColumnName],
        FittingColumns = options.ExampleWeightColumnName is { } weight ? [options.LabelColumnName, weight] : [options.LabelColumnName],
        OutputColumns = [],
        Predict = (context, model) => BinaryContract.PredictOnce<BinaryContract.SingleScore>(context, model, options.ScoreColumnName),
    };

    private sealed class ClassScores
    {
        [VectorType(3)]
        public float[] Score { get; set; } = [];
    }
}
