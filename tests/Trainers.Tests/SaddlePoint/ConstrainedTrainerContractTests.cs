// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.Tests.SubspaceSgd;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>The constrained trainer keeps the contract: dense and sparse features, weights, groups, own names.</summary>
[Collection(ContractCollection.Name)]
public sealed class ConstrainedTrainerContractTests
{
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

    private static EstimatorCase Case(ConstrainedLogisticRegressionOptions options) =>
        new BinaryContract(
            options.FeatureColumnName, options.LabelColumnName, options.ExampleWeightColumnName!, options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName)
        {
            Group = options.GroupColumnName,
        }
        .Case(() => new MLContext().BinaryClassification.Trainers.ConstrainedLogisticRegression(options));
}
