// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>Rates are what was asked, the multipliers tell the truth, and nothing is given away.</summary>
public sealed class ConstrainedTrainingTests
{
    private const int MostPasses = 600;
    private static readonly TrainingRows Rows = ConstrainedRows.Draw();
    private static readonly RowGroups Groups = ConstrainedRows.Groups();

    public static TheoryData<string> Cases => [.. Asked.Keys];

    private static readonly Dictionary<string, Constraint[]> Asked = new()
    {
        ["recall"] = [Constraint.MinRecall(0.95)],
        ["full recall"] = [Constraint.MinRecall(1)],
        ["false positives"] = [Constraint.MaxFalsePositiveRate(0.03)],
        ["precision"] = [Constraint.MinPrecision(0.93)],
        ["recall of one group"] = [Constraint.MinRecall(0.95, "b")],
        ["recall of each group"] = [Constraint.MinRecall(0.9, "a"), Constraint.MinRecall(0.92, "b"), Constraint.MinRecall(0.94, "c")],
        ["recall and false positives"] = [Constraint.MinRecall(0.85), Constraint.MaxFalsePositiveRate(0.25)],
        ["equal opportunity"] = [Constraint.EqualOpportunity(0.03)],
        ["parity"] = [Constraint.DemographicParity(0.05)],
        ["parity and recall"] = [Constraint.DemographicParity(0.1), Constraint.MinRecall(0.85)],
        ["group losses"] = [Constraint.BoundedGroupLoss(0.5)],
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_asked_is_met(string name)
    {
        var model = ConstrainedLogisticTraining.Run(Rows, Groups, new() { Constraints = Asked[name] });

        Assert.True(model.Summary.IsMet);
        Assert.Equal(SaddleStatus.Converged, model.Summary.Status);
        Assert.InRange(model.Summary.Passes, 1, MostPasses);
        Assert.InRange(model.Summary.Residual, 0, 1e-6);
        foreach (var outcome in model.Summary.Constraints)
        {
            double value = Measure(outcome.Constraint, model);
            Assert.Equal(value, outcome.Achieved, 1e-6);
            Assert.True(outcome.Constraint.Kind is ConstraintKind.MinRecall or ConstraintKind.MinPrecision ? value >= outcome.Constraint.Bound - 1e-9 : value <= outcome.Constraint.Bound + 1e-9);
        }
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(0.9)]
    [InlineData(0.97)]
    public void Nothing_is_given_away(double recall)
    {
        var outcome = Fit(Constraint.MinRecall(recall)).Summary.Constraints[0];

        // Two rows of the positives, which is more than the tolerance here.
        Assert.InRange(outcome.Achieved, recall, recall + (2.0 / Positives()));
        Assert.True(outcome.Surrogates[0].Multiplier > 0);
        Assert.Equal(outcome.Surrogates[0].Level, outcome.Surrogates[0].Value, 1e-5);
    }

    [Fact]
    public void A_multiplier_is_what_the_objective_costs()
    {
        double level = 0.25, step = 1e-4;
        var here = Fit(Constraint.MinRecall(0.9).OnSurrogate(level));
        var tighter = Fit(Constraint.MinRecall(0.9).OnSurrogate(level - step));
        var looser = Fit(Constraint.MinRecall(0.9).OnSurrogate(level + step));

        double slope = (tighter.Summary.Objective - looser.Summary.Objective) / (2 * step);

        Assert.Equal(slope, here.Summary.Constraints[0].Surrogates[0].Multiplier, 0.01 * slope);
    }

    [Fact]
    public void False_alarms_are_fewest_among_models_of_the_same_surrogate()
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.95)] };
        var model = ConstrainedLogisticTraining.Run(Rows, null, options);
        var plain = ConstrainedLogisticTraining.Run(Rows, null, new());
        double level = model.Summary.Constraints[0].Surrogates[0].Level, low = -5, high = 5;

        // The plain model with the bias that brings its positives to the same loss.
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Loss(plain, positive: true, middle) > level ? (middle, high) : (low, middle);
        }

        double penalty = options.L2Regularization / 2;
        double found = Loss(model, positive: false, 0) + (penalty * model.Weights.Sum(weight => (double)weight * weight));
        double other = Loss(plain, positive: false, high) + (penalty * plain.Weights.Sum(weight => (double)weight * weight));
        Assert.Equal(model.Summary.Objective, found, 1e-5);
        Assert.True(found < other - 1e-5, $"{found} is not below {other}.");
    }

    [Fact]
    public void A_constraint_that_holds_anyway_changes_nothing()
    {
        var free = ConstrainedLogisticTraining.Run(Rows, null, new());
        var held = ConstrainedLogisticTraining.Run(Rows, null, new() { Constraints = [Constraint.MinRecall(0.5)], Objective = ConstrainedObjective.AllRows });

        Assert.Equal(0, held.Summary.Constraints[0].Surrogates[0].Multiplier);
        Assert.All(free.Weights.Zip(held.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void The_worst_groups_share_the_worst_loss()
    {
        var summary = ConstrainedLogisticTraining.Run(Rows, Groups, new() { Objective = ConstrainedObjective.WorstGroupLoss }).Summary;
        var plain = ConstrainedLogisticTraining.Run(Rows, Groups, new()).Summary;

        Assert.Equal(1, summary.Groups.Sum(group => group.WorstLossMultiplier), 1e-6);
        Assert.True(summary.Groups.Max(group => group.Loss) < plain.Groups.Max(group => group.Loss));
        Assert.All(summary.Groups.Where(group => group.WorstLossMultiplier > 1e-4), group => Assert.Equal(summary.Groups.Max(other => other.Loss), group.Loss, 1e-4));
    }

    [Fact]
    public void The_worst_group_may_be_minimised_under_constraints()
    {
        ConstrainedLogisticRegressionOptions options = new() { Objective = ConstrainedObjective.WorstGroupLoss };
        var free = ConstrainedLogisticTraining.Run(Rows, Groups, options).Summary;
        var held = ConstrainedLogisticTraining.Run(Rows, Groups, options with { Constraints = [Constraint.MinRecall(0.95)] }).Summary;

        Assert.True(held.IsMet);
        Assert.Equal(SaddleStatus.Converged, held.Status);
        Assert.True(held.Constraints[0].Surrogates[0].Multiplier > 0);
        Assert.Equal(1, held.Groups.Sum(group => group.WorstLossMultiplier), 1e-6);
        Assert.True(held.Groups.Max(group => group.Loss) > free.Groups.Max(group => group.Loss));
    }

    [Fact]
    public void Row_weights_count_as_repetitions()
    {
        var weighted = ConstrainedRows.Draw(300, weight: row => row % 3);
        float[] features = new float[weighted.Features];
        List<float> all = [], labels = [];
        for (int row = 0; row < 300; row++)
        {
            weighted.CopyFeatures(row, features);
            for (int i = 0; i < row % 3; i++)
            {
                all.AddRange(features);
                labels.Add(weighted.Labels[row]);
            }
        }
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.9).OnSurrogate(0.3)] };

        var first = ConstrainedLogisticTraining.Run(weighted, null, options);
        var second = ConstrainedLogisticTraining.Run(TrainingRows.Dense([.. all], weighted.Features, [.. labels]), null, options);

        Assert.All(first.Weights.Zip(second.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.Equal(second.Summary.Constraints[0].Achieved, first.Summary.Constraints[0].Achieved, 1e-9);
    }

    [Fact]
    public void A_warm_start_from_the_solution_takes_no_step()
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.9)] };
        var first = ConstrainedLogisticTraining.Run(Rows, null, options);

        var again = ConstrainedLogisticTraining.Run(Rows, null, options with { WarmStart = first });
        var other = ConstrainedLogisticTraining.Run(Rows, null, options with { WarmStart = first, Constraints = [Constraint.MinRecall(0.905)] });
        var cold = ConstrainedLogisticTraining.Run(Rows, null, options with { Constraints = [Constraint.MinRecall(0.905)] });

        Assert.InRange(again.Summary.Iterations, 0, 1);
        Assert.Equal(first.Weights, again.Weights);
        Assert.True(other.Summary.IsMet);
        Assert.True(other.Summary.Passes < cold.Summary.Passes, $"{other.Summary.Passes} passes after a warm start, {cold.Summary.Passes} without.");
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(200_000)]
    public void Features_far_from_zero_do_not_push_the_bias_away(float offset)
    {
        float[] features = new float[Rows.Count * Rows.Features];
        for (int row = 0; row < Rows.Count; row++)
        {
            Rows.CopyFeatures(row, features.AsSpan(row * Rows.Features, Rows.Features));
        }
        var far = TrainingRows.Dense([.. features.Select(value => value + offset)], Rows.Features, Rows.Labels);

        var summary = ConstrainedLogisticTraining.Run(far, Groups, new() { Constraints = [Constraint.MinRecall(0.9), Constraint.DemographicParity(0.5)] }).Summary;

        Assert.True(summary.IsMet);
        Assert.InRange(summary.Constraints[0].Achieved, 0.9, 0.91);
        Assert.All(summary.Groups, group => Assert.InRange(group.FalsePositiveRate, 0, 0.5));
    }

    [Fact]
    public void Sparse_rows_and_dense_ones_give_the_same_model()
    {
        List<int> starts = [0], indices = [];
        List<float> values = [];
        float[] features = new float[Rows.Features], dense = new float[Rows.Count * Rows.Features];
        for (int row = 0; row < Rows.Count; row++)
        {
            Rows.CopyFeatures(row, features);
            int kept = row % Rows.Features;
            dense[(row * Rows.Features) + kept] = features[kept];
            indices.Add(kept);
            values.Add(features[kept]);
            starts.Add(values.Count);
        }
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.9)] };

        var first = ConstrainedLogisticTraining.Run(TrainingRows.Sparse([.. starts], [.. indices], [.. values], Rows.Features, Rows.Labels), null, options);
        var second = ConstrainedLogisticTraining.Run(TrainingRows.Dense(dense, Rows.Features, Rows.Labels), null, options);

        Assert.All(first.Weights.Zip(second.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.True(first.Summary.IsMet);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.EqualOpportunity(0.03), Constraint.MinRecall(0.8)] };

        var one = ConstrainedLogisticTraining.Run(Rows, Groups, options with { Threads = 1 });
        var three = ConstrainedLogisticTraining.Run(Rows, Groups, options with { Threads = 3 });

        Assert.Equal(one.Weights, three.Weights);
        Assert.Equal(one.Bias, three.Bias);
        Assert.Equal(one.Summary.Passes, three.Summary.Passes);
    }

    [Fact]
    public void Rows_held_out_are_measured_and_not_trained_on()
    {
        var half = ConstrainedRows.Draw(900);
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.9)] };

        var apart = ConstrainedLogisticTraining.Run(half, null, options with { ValidationFraction = 0.3 });
        var passed = ConstrainedLogisticTraining.Run(half, null, options, Rows);

        Assert.Equal(900, apart.Summary.Rows + apart.Summary.HeldOutRows);
        Assert.InRange(apart.Summary.HeldOutRows, 220, 320);
        Assert.InRange(apart.Summary.Constraints[0].HeldOut, 0.8, 0.98);
        Assert.Equal(Measure(Constraint.MinRecall(0.9), passed), passed.Summary.Constraints[0].HeldOut, 1e-9);
        Assert.Equal(1200, passed.Summary.HeldOutRows);
    }

    [Fact]
    public void Probabilities_are_those_of_the_rows_and_score_zero_is_where_the_constraint_put_it()
    {
        var model = Fit(Constraint.MinRecall(0.97));
        double[] scores = ConstrainedRows.Scores(Rows, model);

        Assert.Equal((double)Positives() / Rows.Count, scores.Average(model.ProbabilityOf), 0.01);
        Assert.InRange(model.ProbabilityOf(0), 0.01, 0.4);
    }

    private static ConstrainedModel Fit(params Constraint[] constraints) => ConstrainedLogisticTraining.Run(Rows, Groups, new() { Constraints = constraints });

    private static int Positives() => Rows.Labels.ToArray().Count(label => label > 0);

    private static double Loss(ConstrainedModel model, bool positive, double shift) => ConstrainedRows.Scores(Rows, model)
        .Where((_, row) => Rows.Labels[row] > 0 == positive).Average(score => Math.Log(1 + Math.Exp(positive ? -(score + shift) : score + shift)));

    // The definitions, row by row.
    private static double Measure(Constraint constraint, ConstrainedModel model)
    {
        double[] scores = ConstrainedRows.Scores(Rows, model);
        int? asked = constraint.Group is { } name ? Groups.Names.ToList().IndexOf(name) : null;
        var rows = Enumerable.Range(0, scores.Length).Select(row => (Above: scores[row] > 0, Positive: Rows.Labels[row] > 0, Group: Groups.Rows[row], Score: scores[row]))
            .Where(row => asked is null || row.Group == asked).ToArray();
        var byGroup = rows.GroupBy(row => row.Group);
        return constraint.Kind switch
        {
            ConstraintKind.MinRecall => rows.Where(row => row.Positive).Average(row => row.Above ? 1.0 : 0),
            ConstraintKind.MaxFalsePositiveRate => rows.Where(row => !row.Positive).Average(row => row.Above ? 1.0 : 0),
            ConstraintKind.MinPrecision => rows.Where(row => row.Above).Average(row => row.Positive ? 1.0 : 0),
            ConstraintKind.BoundedGroupLoss => byGroup.Max(group => group.Average(row => Math.Log(1 + Math.Exp(row.Positive ? -row.Score : row.Score)))),
            _ => Spread(byGroup.Select(group => group.Where(row => row.Positive || constraint.Kind == ConstraintKind.DemographicParity).Average(row => row.Above ? 1.0 : 0)).ToArray()),
        };
    }

    private static double Spread(double[] values) => values.Max() - values.Min();
}
