// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>What the constrained trainer refuses or reports, and what it says.</summary>
public sealed class ConstrainedBadInputTests
{
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly TrainingRows Good = ConstrainedRows.Draw(300);
    private static readonly RowGroups Groups = ConstrainedRows.Groups(300);

    [Fact]
    public void Contradictory_constraints_are_refused_with_what_was_reached()
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.99), Constraint.MaxFalsePositiveRate(0.01)] };

        var error = Assert.Throws<ConstraintsNotMetException>(() => Run(options));
        var unmet = Run(options with { AllowUnmet = true });

        Assert.Contains("recall >= 0.99: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("within reach while the others are kept", error.Message, StringComparison.Ordinal);
        Assert.Equal(SaddleStatus.InfeasibleSuspected, error.Summary.Status);
        Assert.False(unmet.Summary.IsMet);
        Assert.All(unmet.Summary.Constraints, outcome => Assert.Equal(outcome.IsMet, outcome.Constraint.Kind == ConstraintKind.MinRecall ? outcome.Achieved >= 0.99 : outcome.Achieved <= 0.01));
        Assert.All(unmet.Summary.Constraints, outcome => Assert.InRange(outcome.Reachable, 0.01, 0.99));
    }

    [Fact]
    public void What_excludes_each_other_is_named()
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.99), Constraint.MaxFalsePositiveRate(0.01), Constraint.MinRecall(0.2, "a")] };

        var error = Assert.Throws<ConstraintsNotMetException>(() => Run(options));

        Assert.Contains("The surrogates of recall >= 0.99 and false-positive rate <= 0.01 exclude each other.", error.Message, StringComparison.Ordinal);
        double[] parts = [.. error.Summary.Constraints.Select(outcome => outcome.Surrogates[0].Conflict)];
        Assert.Equal(1, parts.Sum(), 1e-9);
        Assert.InRange(parts[0], 0.2, 0.8);
        Assert.InRange(parts[2], 0, 0.01);
    }

    [Fact]
    public void A_bound_that_no_weights_meet_is_refused()
    {
        var error = Assert.Throws<ConstraintsNotMetException>(() => Run(new() { Constraints = [Constraint.BoundedGroupLoss(0.01)] }));

        string worst = error.Summary.Groups.MaxBy(group => group.Loss)!.Name;
        Assert.Contains($"was reached (mean loss of group '{worst}')", error.Message, StringComparison.Ordinal);
        Assert.Contains("No weights of use meet the surrogates of loss of each group <= 0.01.", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Summary.Passes, 1, 600);
    }

    [Fact]
    public void Equality_is_not_feigned_by_a_bias_that_lets_all_rows_pass()
    {
        var model = Run(new() { Constraints = [Constraint.EqualOpportunity(0)], AllowUnmet = true });

        Assert.All(model.Summary.Groups, group => Assert.InRange(group.PositiveRate, 0.05, 0.95));
    }

    [Fact]
    public void Groups_that_are_missing_empty_or_unknown_are_named()
    {
        Refuse("needs groups", () => ConstrainedLogisticTraining.Run(Good, null, new() { Constraints = [Constraint.EqualOpportunity(0.1)] }));
        Refuse("GroupColumnName", () => Trainer(new() { Constraints = [Constraint.DemographicParity(0.1)] }));
        Refuse("GroupColumnName", () => Trainer(new() { Objective = ConstrainedObjective.WorstGroupLoss }));
        Refuse("group 'z', which has no rows", () => Run(new() { Constraints = [Constraint.MinRecall(0.9, "z")] }));
        Refuse("the rows to train on have 1", () => Run(new() { Constraints = [Constraint.EqualOpportunity(0.1)] }, groups: new(["a", "b"], new int[300])));
        int positive = Good.Labels.IndexOf(1), negative = Good.Labels.IndexOf(0);
        Refuse("'poor' has no positive rows", () => Run(new() { Constraints = [Constraint.EqualOpportunity(0.1)] }, groups: new(["rich", "poor"], Enumerable.Range(0, 300).Select(row => row == negative ? 1 : 0))));
        Refuse("'poor', which has no negative rows", () => Run(new() { Constraints = [Constraint.MaxFalsePositiveRate(0.1, "poor")] }, groups: new(["rich", "poor"], Enumerable.Range(0, 300).Select(row => row == positive ? 1 : 0))));
        Refuse("groups for 10 rows", () => Run(new(), groups: ConstrainedRows.Groups(10)));
        Refuse("called 'a'", () => new RowGroups(["a", "a"], [0]));
        Refuse("Row 1 is of group 2", () => new RowGroups(["a", "b"], [0, 2]));
    }

    [Fact]
    public void Too_many_groups_are_refused() =>
        Refuse("at most 50", () => Run(new() { Constraints = [Constraint.BoundedGroupLoss(0.5)] }, groups: new(Enumerable.Range(0, 60).Select(i => $"g{i}"), Enumerable.Range(0, 300).Select(row => row % 60))));

    [Fact]
    public void Messages_name_a_few_of_many_groups()
    {
        RowGroups groups = new(Enumerable.Range(0, 300).Select(i => $"g{i}"), Enumerable.Range(0, 300));
        Refuse("'g9' and 290 more.", () => Run(new() { Constraints = [Constraint.MinRecall(0.9, "z")] }, groups));
        Refuse("300 groups have 600 surrogates", () => Run(new() { Constraints = [Constraint.DemographicParity(0.5)] }, groups));
    }

    [Fact]
    public void Rows_that_teach_nothing_are_refused()
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.9)] };
        Refuse("no rows", () => ConstrainedLogisticTraining.Run(TrainingRows.Dense([], 2, []), null, options));
        Refuse("is negative", () => ConstrainedLogisticTraining.Run(TrainingRows.Dense([1, 2, 3], 1, [1, 1, 1]), null, options));
        Refuse("is positive", () => ConstrainedLogisticTraining.Run(TrainingRows.Dense([1, 2, 3], 1, [0, 0, 1], [1, 1, 0]), null, options));
        Refuse("add up to 0", () => ConstrainedLogisticTraining.Run(TrainingRows.Dense([1, 2, 3], 1, [0, 0, 1], [0, 0, 0]), null, options));
        Refuse("All features of all rows are zero", () => ConstrainedLogisticTraining.Run(TrainingRows.Dense([0, 0, 0], 1, [0, 0, 1]), null, options));
        Refuse("label 2", () => ConstrainedLogisticTraining.Run(TrainingRows.Dense([1, 2, 3], 1, [0, 2, 1]), null, options));
        Refuse("'Features'", () => Trainer(options).Fit(Tests.Rows.Of([[1], [float.NaN], [3]], row => row == 0)));
    }

    [Fact]
    public void An_objective_without_a_finite_best_bias_is_refused()
    {
        Refuse("minus infinity", () => Run(new() { Objective = ConstrainedObjective.Negatives, Constraints = [Constraint.MaxFalsePositiveRate(0.1)] }));
        Refuse("minus infinity", () => Run(new() { Objective = ConstrainedObjective.Negatives, Constraints = [Constraint.MinRecall(0.9, "a")] }));
        Refuse("best bias would be infinity", () => Run(new() { Objective = ConstrainedObjective.Positives, Constraints = [Constraint.MinRecall(0.1)] }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_feature_of_zeros_and_features_of_all_sizes_do_no_harm(bool zeros)
    {
        // The fourth is zero, or they are of sizes from 1e-4 to 1e4.
        var rows = zeros ? ConstrainedRows.Draw(600, scale: i => i == 3 ? 0 : 1) : ConstrainedRows.Draw(600, scale: i => Math.Pow(10, (1.6 * i) - 4));

        var model = ConstrainedLogisticTraining.Run(rows, null, new() { Constraints = [Constraint.MinRecall(0.9)] });

        Assert.True(model.Summary.IsMet);
        Assert.Equal(SaddleStatus.Converged, model.Summary.Status);
        Assert.All(model.Weights, weight => Assert.True(float.IsFinite(weight)));
        Assert.True(!zeros || model.Weights[3] == 0);
    }

    [Fact]
    public void Separable_rows_without_a_penalty_end()
    {
        var model = ConstrainedLogisticTraining.Run(ConstrainedRows.Draw(400, noise: 0), null, new() { L2Regularization = 0, Constraints = [Constraint.MinRecall(0.9)], MaxPasses = 400 });

        Assert.True(model.Summary.IsMet);
        Assert.InRange(model.Summary.Passes, 1, 420);
    }

    [Fact]
    public void Weights_beyond_single_precision_are_said()
    {
        // Weights of a first, coarse solve are just below the largest number of single precision, later ones beyond.
        var model = ConstrainedLogisticTraining.Run(ConstrainedRows.Draw(400, noise: 0, scale: _ => 3.92e-38), null, new() { L2Regularization = 0, Constraints = [Constraint.MinRecall(0.9)], AllowUnmet = true });
        var error = Assert.Throws<InvalidOperationException>(() => ConstrainedLogisticTraining.Run(ConstrainedRows.Draw(400, noise: 0, scale: _ => 2e-38), null, new() { L2Regularization = 0, Constraints = [Constraint.MinRecall(0.9)] }));

        Assert.Equal(SaddleStatus.NonFinite, model.Summary.Status);
        Assert.All(model.Weights, weight => Assert.True(float.IsFinite(weight)));
        Assert.Contains("Normalise column 'Features'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_a_wrong_type_are_refused()
    {
        var rows = Tests.Rows.Draw(60);
        Refuse("'Number', which holds the group", () => Trainer(new() { GroupColumnName = "Number" }).Fit(rows));
        Refuse("'Nobody'", () => Trainer(new() { GroupColumnName = "Nobody" }).Fit(rows));
        Refuse("Row 2 has no group (column 'Class')", () => Trainer(new() { GroupColumnName = "Class" }).Fit(Tests.Rows.Of([[1], [2], [3]], row => row == 0, row => row == 2 ? 0u : 1u)));
        Refuse("Two constraints are about the same", () => Trainer(new() { Constraints = [Constraint.MinRecall(0.9), Constraint.MinRecall(0.8)] }));
        Refuse("6 features; the rows have 5", () => Trainer(new() { WarmStart = Run(new()) }).Fit(rows));
    }

    [Fact]
    public void A_cancelled_training_ends()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Run(new() { Constraints = [Constraint.MinRecall(0.9)], CancellationToken = source.Token }));
    }

    [Fact]
    public void A_budget_that_is_used_up_is_said()
    {
        var model = Run(new() { Constraints = [Constraint.EqualOpportunity(0.02)], MaxPasses = 8, AllowUnmet = true });

        Assert.Equal(SaddleStatus.Budget, model.Summary.Status);
        Assert.InRange(model.Summary.Passes, 1, 14);
    }

    private static ConstrainedModel Run(ConstrainedLogisticRegressionOptions options, RowGroups? groups = null) => ConstrainedLogisticTraining.Run(Good, groups ?? Groups, options);

    private static ConstrainedLogisticRegressionTrainer Trainer(ConstrainedLogisticRegressionOptions options) => Ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(options);

    private static void Refuse(string says, Func<object> action)
    {
        string message = Assert.ThrowsAny<ArgumentException>(action).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
    }
}
