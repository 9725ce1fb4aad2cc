// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>Weights, groups, held-out rows, warm starts and progress of the constrained trainer, each against its definition.</summary>
public sealed class ConstrainedDetailTests
{
    private static readonly TrainingRows Rows = ConstrainedRows.Draw();
    private static readonly RowGroups Groups = ConstrainedRows.Groups();

    [Fact]
    public void Rates_count_rows_by_their_weights()
    {
        var rows = ConstrainedRows.Draw(600, weight: row => row % 4);

        var model = ConstrainedLogisticTraining.Run(rows, null, new() { Constraints = [Constraint.MinRecall(0.9)] });

        double[] scores = ConstrainedRows.Scores(rows, model);
        double all = 0, found = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            all += rows.Labels[row] * rows.Weights[row];
            found += scores[row] > 0 ? rows.Labels[row] * rows.Weights[row] : 0;
        }
        Assert.Equal(found / all, model.Summary.Constraints[0].Achieved, 1e-9);
        // Two rows of the largest weight at most are given away.
        Assert.InRange(found / all, 0.9, 0.9 + (6 / all));
        Assert.Equal(SaddleStatus.Converged, model.Summary.Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(11)]
    public void Where_every_positive_must_be_found_the_worst_of_them_is_just_found(int seed)
    {
        // Features with long tails, and a few positives that look like negatives.
        const int Count = 300, Features = 8;
        Random random = new(seed);
        float[] features = new float[Count * Features], labels = new float[Count];
        for (int row = 0; row < Count; row++)
        {
            labels[row] = row % 3 == 0 ? 1 : 0;
            double shift = labels[row] > 0 && row % 45 != 0 ? 1.5 : 0;
            for (int i = 0; i < Features; i++)
            {
                double value = (2 * random.NextDouble()) - 1 + shift;
                features[(row * Features) + i] = (float)(value * value * value);
            }
        }
        var rows = TrainingRows.Dense(features, Features, labels);

        var model = ConstrainedLogisticTraining.Run(rows, null, new() { Constraints = [Constraint.MinRecall(0.995)] });

        double[] scores = ConstrainedRows.Scores(rows, model);
        double worst = scores.Where((_, row) => rows.Labels[row] > 0).Min();
        Assert.InRange(worst, 0, 0.1);
        Assert.Equal(SaddleStatus.Converged, model.Summary.Status);
        Assert.True(model.Summary.Passes < 300, $"{model.Summary.Passes} passes");
    }

    [Fact]
    public void A_group_without_weight_is_not_compared()
    {
        var rows = ConstrainedRows.Draw(600, weight: row => row % 5 == 0 ? 0 : 1);

        var summary = ConstrainedLogisticTraining.Run(rows, ConstrainedRows.Groups(600), new() { Constraints = [Constraint.EqualOpportunity(0.05)] }).Summary;

        Assert.True(summary.IsMet);
        Assert.True(double.IsNaN(summary.Groups[2].Recall));
        Assert.Equal(Math.Abs(summary.Groups[0].Recall - summary.Groups[1].Recall), summary.Constraints[0].Achieved, 1e-12);
        Assert.Equal(2, summary.Constraints[0].Surrogates.Count);
    }

    [Fact]
    public void Stated_differences_of_mean_scores_are_kept()
    {
        const double Level = 0.05;
        var model = ConstrainedLogisticTraining.Run(Rows, Groups, new() { Constraints = [Constraint.EqualOpportunity(0.5).OnSurrogate(Level)] });

        double[] scores = ConstrainedRows.Scores(Rows, model);
        int[] positives = [.. Enumerable.Range(0, scores.Length).Where(row => Rows.Labels[row] > 0)];
        double all = positives.Average(row => scores[row]);
        double[] differences = [.. Enumerable.Range(0, 3).Select(group => positives.Where(row => Groups.Rows[row] == group).Average(row => scores[row]) - all)];
        Assert.Equal(Level, differences.Max(Math.Abs), 1e-5);
        Assert.True(model.Summary.IsMet);
        Assert.Equal(differences[0], model.Summary.Constraints[0].Surrogates[0].Value, 1e-5);
    }

    [Fact]
    public void A_constant_feature_and_a_copy_change_no_score()
    {
        float[] row = new float[Rows.Features], wide = new float[Rows.Count * (Rows.Features + 2)];
        for (int i = 0; i < Rows.Count; i++)
        {
            Rows.CopyFeatures(i, row);
            row.CopyTo(wide, i * (Rows.Features + 2));
            wide[(i * (Rows.Features + 2)) + Rows.Features] = 7;
            wide[(i * (Rows.Features + 2)) + Rows.Features + 1] = row[0];
        }
        // With hardly any penalty, which the copy would share.
        ConstrainedLogisticRegressionOptions options = new() { L2Regularization = 1e-7, Constraints = [Constraint.MinRecall(0.9).OnSurrogate(0.3)] };
        var more = TrainingRows.Dense(wide, Rows.Features + 2, Rows.Labels);

        var plain = ConstrainedLogisticTraining.Run(Rows, null, options);
        var model = ConstrainedLogisticTraining.Run(more, null, options);

        Assert.Equal(SaddleStatus.Converged, model.Summary.Status);
        Assert.All(ConstrainedRows.Scores(Rows, plain).Zip(ConstrainedRows.Scores(more, model)), pair => Assert.Equal(pair.First, pair.Second, 2e-3));
        Assert.Equal(model.Weights[0], model.Weights[Rows.Features + 1], 1e-2f);
    }

    [Fact]
    public void Held_out_differences_need_two_groups_and_count_new_ones()
    {
        var held = ConstrainedRows.Draw(300);
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.DemographicParity(0.1)] };

        double one = HeldOut(new(["b"], new int[300])), two = HeldOut(ConstrainedRows.Groups(300));
        // Whom the model finds is a group of its own, which training did not see.
        double[] scores = ConstrainedRows.Scores(held, ConstrainedLogisticTraining.Run(Rows, Groups, options));
        double fresh = HeldOut(new(["new", "a"], scores.Select(score => score > 0 ? 0 : 1)));

        Assert.True(double.IsNaN(one));
        Assert.InRange(two, 0, 0.4);
        Assert.Equal(1, fresh, 1e-12);
        // The order of names is no matter.
        RowGroups turned = new(["c", "b", "a"], ConstrainedRows.Groups(300).Rows.ToArray().Select(group => 2 - group));
        Assert.Equal(two, HeldOut(turned), 1e-12);

        double HeldOut(RowGroups groups) => ConstrainedLogisticTraining.Run(Rows, Groups, options, held, groups).Summary.Constraints[0].HeldOut;
    }

    [Fact]
    public void Probabilities_rise_with_scores_whatever_few_held_out_rows_say()
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.9)] };
        double[] scores = ConstrainedRows.Scores(Rows, ConstrainedLogisticTraining.Run(Rows, null, options));
        float[] low = new float[Rows.Features], high = new float[Rows.Features];
        Rows.CopyFeatures(Array.IndexOf(scores, scores.Min()), low);
        Rows.CopyFeatures(Array.IndexOf(scores, scores.Max()), high);

        // The worst row is positive, and the best is not.
        var model = ConstrainedLogisticTraining.Run(Rows, null, options, TrainingRows.Dense([.. low, .. high], Rows.Features, [1, 0]));

        Assert.True(model.ProbabilityOf(1) > model.ProbabilityOf(-1));
        Assert.Equal(Rows.Labels.ToArray().Average(), scores.Average(model.ProbabilityOf), 0.01);
    }

    [Fact]
    public void A_group_for_each_row_takes_no_time()
    {
        const int Count = 20_000;
        var rows = ConstrainedRows.Draw(Count);
        RowGroups users = new(Enumerable.Range(0, Count).Select(user => $"{user}"), Enumerable.Range(0, Count));

        var summary = ConstrainedLogisticTraining.Run(rows, users, new() { Constraints = [Constraint.MinRecall(0.9), Constraint.MinRecall(1, $"{rows.Labels.IndexOf(1)}")] }).Summary;

        Assert.True(summary.IsMet);
        Assert.Equal(Count, summary.Groups.Count);
    }

    [Fact]
    public void A_warm_start_from_what_was_asked_otherwise_ends_where_a_cold_one_does()
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.9).OnSurrogate(0.2)], Objective = ConstrainedObjective.AllRows };
        var cold = ConstrainedLogisticTraining.Run(Rows, Groups, options);

        foreach (var earlier in new ConstrainedLogisticRegressionOptions[]
        {
            options with { Objective = ConstrainedObjective.Negatives },
            options with { Objective = ConstrainedObjective.WorstGroupLoss },
            options with { Constraints = [Constraint.EqualOpportunity(0.05), Constraint.MinRecall(0.95, "b")] },
        })
        {
            var warm = ConstrainedLogisticTraining.Run(Rows, Groups, options with { WarmStart = ConstrainedLogisticTraining.Run(Rows, Groups, earlier) });

            Assert.Equal(SaddleStatus.Converged, warm.Summary.Status);
            Assert.All(cold.Weights.Zip(warm.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
            Assert.Equal(cold.Summary.Constraints[0].Surrogates[0].Multiplier, warm.Summary.Constraints[0].Surrogates[0].Multiplier, 1e-2);
        }
    }

    [Fact]
    public void Levels_of_another_objective_are_not_taken_over()
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(0.9)] };
        var negatives = ConstrainedLogisticTraining.Run(Rows, null, options);

        Assert.Equal(ConstrainedObjective.Negatives, negatives.State.Objective);
        var warm = ConstrainedLogisticTraining.Run(Rows, null, options with { Objective = ConstrainedObjective.AllRows, WarmStart = negatives });

        Assert.True(warm.Summary.IsMet);
        Assert.Equal(SaddleStatus.Converged, warm.Summary.Status);
        Assert.Equal(ConstrainedObjective.AllRows, warm.State.Objective);
    }

    [Fact]
    public void Progress_is_told_within_a_solve()
    {
        List<ConstrainedProgress> seen = [];
        var summary = ConstrainedLogisticTraining.Run(Rows, Groups, new() { Objective = ConstrainedObjective.WorstGroupLoss, Progress = new Told(seen) }).Summary;
        int once = seen.Count;
        ConstrainedLogisticTraining.Run(Rows, Groups, new() { Constraints = [Constraint.MinRecall(0.9)], Progress = new Told(seen) });

        Assert.Equal(1, summary.Solves);
        Assert.True(once > summary.Iterations);
        Assert.True(double.IsNaN(seen[once].Achieved[0]));
        Assert.All(seen[once..].Zip(seen[(once + 1)..]), pair => Assert.InRange(pair.Second.Passes, pair.First.Passes, int.MaxValue));
        Assert.InRange(seen[^1].Achieved[0], 0.9, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Groups_of_rows_that_come_in_another_order_are_refused(bool moves)
    {
        const int Count = 90;
        int labels = 0;
        var view = new MemoryDataView(Count)
            .With("Features", new VectorDataViewType(NumberDataViewType.Single, 1), (int row, ref VBuffer<float> value) => value = new VBuffer<float>(1, [row % 7]))
            // As if the rows had moved on by one when they are read again.
            .With("Label", BooleanDataViewType.Instance, row => (row + (labels++ >= Count && moves ? 1 : 0)) % 3 == 0)
            .With("Group", TextDataViewType.Instance, row => (row % 2 == 0 ? "a" : "b").AsMemory());
        MLContext ml = new();
        var trainer = ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new ConstrainedLogisticRegressionOptions { GroupColumnName = "Group" });

        if (moves)
        {
            string message = Assert.Throws<InvalidOperationException>(() => trainer.Fit(view)).Message;
            Assert.Contains("row 0 had another label", message, StringComparison.Ordinal);
        }
        else
        {
            using var fitted = trainer.Fit(view);
            Assert.Equal(2, fitted.Summary.Groups.Count);
        }
    }

    private sealed class Told(List<ConstrainedProgress> seen) : IProgress<ConstrainedProgress>
    {
        public void Report(ConstrainedProgress value) => seen.Add(value);
    }
}
