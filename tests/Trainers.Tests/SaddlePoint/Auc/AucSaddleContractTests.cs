// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.Tests.SubspaceSgd;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Auc;

[Collection(ContractCollection.Name)]
public sealed class AucSaddleContractTests
{
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

    private static EstimatorCase Case(AucSaddleOptions options) =>
        new BinaryContract(
            options.FeatureColumnName, options.LabelColumnName, options.ExampleWeightColumnName!, options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName)
            .Case(() => new MLContext().BinaryClassification.Trainers.AucSaddle(options));
}
