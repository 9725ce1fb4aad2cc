// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Networks.Schedules;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

public sealed class TrainingOutcomeTests
{
    public static TheoryData<IOptimizer, float> TooHighRates => new() { { new Sgd(), 100 }, { new Momentum(), 30 }, { new Adam(), 1e6f }, { new Sgd(), 1e30f } };

    [Theory]
    [MemberData(nameof(TooHighRates))]
    public void A_learning_rate_that_is_too_high_ends_as_diverged_with_weights_that_are_good(IOptimizer optimizer, float rate)
    {
        SyntheticRows rows = new(TrainingTask.Regression, 500, 5);
        var result = TrainingOracleTests.Train(rows, new() { Optimizer = optimizer, LearningRate = rate, Schedule = new Constant(), Epochs = 50, BatchSize = 50, L2Regularization = 0 });
        Assert.Equal(TrainingStop.Diverged, result.Summary.Stop);
        Assert.InRange(result.Summary.Epochs, 1, 49);
        Assert.True(MeanLoss(rows, result.Parameters) <= 1.001 * MeanLoss(rows, new float[6]), "no worse than scores of zero");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Weights_that_the_last_step_makes_infinite_are_not_given(double heldOut)
    {
        SyntheticRows rows = new(TrainingTask.Regression, 100, 3);
        var result = TrainingOracleTests.Train(rows, new()
        {
            Optimizer = new Sgd(),
            LearningRate = float.MaxValue,
            Schedule = new Constant(),
            Epochs = 1,
            Aggregator = new Tenfold(),
            Workers = 2,
            BatchSize = 20,
            ValidationFraction = heldOut,
            StandardizeLabels = false,
        });
        Assert.Equal((TrainingStop.Diverged, 0, double.NaN), (result.Summary.Stop, result.Summary.BestEpoch, result.Summary.ValidationLoss));
        Assert.Equal(new float[4], result.Parameters);
    }

    [Fact]
    public async Task A_worker_without_rows_in_a_step_has_no_gradient_of_the_penalty_alone()
    {
        // 3 rows of worker 0 and 60 of worker 1 make 20 steps; worker 0 has rows in 3 of them.
        SyntheticRows rows = new(TrainingTask.Regression, 63, 3);
        Watch watch = new();
        var members = MLNetExtensions.Trainers.SubspaceSgd.Collectives.InProcessCollective.Create(2);
        Task[] ranks = [.. members.Select(rank => Task.Run(() => SubspaceSgdTraining.Run(
            rows.Task, rows.Rows(row => (row < 3) == (rank.Rank == 0)), null, 1,
            new() { Collective = rank, BatchSize = 3, Epochs = 2, L2Regularization = 0.5f, Aggregator = rank.Rank == 0 ? watch : new Watch() })))];
        await Task.WhenAll(ranks);
        Assert.Equal(42, watch.Norms.Count);
        Assert.Equal(6, watch.Norms.Count(norms => norms.First > 0));
        Assert.All(watch.Norms, norms => Assert.True(norms.Second > 0));
    }

    [Fact]
    public void A_training_that_diverges_late_keeps_what_it_had_learnt()
    {
        SyntheticRows rows = new(TrainingTask.Regression, 500, 5);
        var result = TrainingOracleTests.Train(rows, new() { Optimizer = new Sgd(), LearningRate = 100, Schedule = new Rising(), Epochs = 40, BatchSize = 50, L2Regularization = 0 });
        Assert.Equal(TrainingStop.Diverged, result.Summary.Stop);
        Assert.True(MeanLoss(rows, result.Parameters) < 0.5 * MeanLoss(rows, new float[6]), "it had learnt something");
    }

    [Fact]
    public void A_gradient_that_is_not_finite_ends_a_training_at_once()
    {
        SyntheticRows rows = new(TrainingTask.Regression, 100, 3);
        rows.Features[40, 1] = 3e38f;
        rows.Labels[40] = -3e38f;
        var result = TrainingOracleTests.Train(rows, new() { Epochs = 5 });
        Assert.Equal((TrainingStop.Diverged, 1), (result.Summary.Stop, result.Summary.Epochs));
        Assert.All(result.Parameters, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Early_stopping_ends_a_training_that_overfits_and_gives_the_best_weights()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 160, 60), fresh = new(TrainingTask.BinaryClassification, 160, 60);
        CollectReports(out var reports, out var collector);
        SubspaceSgdOptions options = new()
        {
            Network = NetworkSpec.Mlp(64),
            LearningRate = 0.01f,
            Epochs = 400,
            ValidationFraction = 0.5,
            EarlyStopping = new() { Patience = 3, MinimumImprovement = 0 },
            Schedule = new Constant(),
            Progress = collector,
            BatchSize = 16,
            L2Regularization = 0,
        };
        var result = TrainingOracleTests.Train(rows, options);
        double[] losses = [.. reports.GroupBy(report => report.Epoch).Select(group => group.Last().ValidationLoss)];
        int best = 1 + Array.IndexOf(losses, losses.Min());
        Assert.Equal(TrainingStop.EarlyStopping, result.Summary.Stop);
        Assert.Equal((best, best + 3, losses.Min()), (result.Summary.BestEpoch, result.Summary.Epochs, result.Summary.ValidationLoss));
        Assert.Equal(rows.Count, result.Summary.Rows + result.Summary.ValidationRows);
        Assert.InRange(result.Summary.ValidationRows, 50, 110);

        // The same training, ended at the best epoch by its length: that is where the weights come from.
        var ended = TrainingOracleTests.Train(fresh, options with { Epochs = best, EarlyStopping = null, Progress = null });
        Assert.Equal(ended.Parameters, result.Parameters);
        var last = TrainingOracleTests.Train(fresh, options with { RestoreBest = false, Progress = null });
        Assert.NotEqual(last.Parameters, result.Parameters);
        Assert.Equal(losses[^1], last.Summary.ValidationLoss);
    }

    [Fact]
    public void Validation_rows_that_are_passed_are_measured_and_not_trained_on()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 300, 4);
        SubspaceSgdOptions options = new() { Epochs = 6, RestoreBest = false, LearningRate = 0.1f };
        var all = rows.Rows();
        var alone = SubspaceSgdTraining.Run(rows.Task, all, null, 1, options);
        var measured = SubspaceSgdTraining.Run(rows.Task, all, all, 1, options);
        Assert.Equal(alone.Parameters, measured.Parameters);
        Assert.Equal((300L, double.NaN), (measured.Summary.ValidationRows, alone.Summary.ValidationLoss));
        double expected = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double score = measured.Parameters[4] + Enumerable.Range(0, 4).Sum(j => (double)rows.Features[row, j] * measured.Parameters[j]);
            expected += Math.Log(1 + Math.Exp(rows.Labels[row] == 1 ? -score : score)) / rows.Count;
        }
        Assert.Equal(expected, measured.Summary.ValidationLoss, 1e-6);
    }

    [Theory]
    [MemberData(nameof(LassoOptimizers))]
    public void The_penalty_on_absolute_weights_ends_at_the_lassos_optimum(IOptimizer optimizer, float rate)
    {
        const double L1 = 0.2;
        SyntheticRows rows = new(TrainingTask.Regression, 300, 12);
        var result = TrainingOracleTests.Train(rows, TrainingOracleTests.FullBatch(rows) with
        {
            Optimizer = optimizer,
            LearningRate = rate,
            L1Regularization = (float)L1,
            StandardizeLabels = false,
            L2Regularization = 0,
            Epochs = 4000,
        });
        double[] expected = Lasso(rows, L1);
        Assert.Contains(expected, weight => weight == 0);
        TrainingOracleTests.AssertClose([.. expected.Select(value => (float)value)], result.Parameters, 1e-3);
        Assert.Equal(expected.Select(weight => weight == 0), result.Parameters.Select(weight => weight == 0));
    }

    public static TheoryData<IOptimizer, float> LassoOptimizers => new() { { new Sgd(), 0.1f }, { new Momentum(), 0.01f }, { new Adam(), 0.01f } };

    [Theory]
    [InlineData(2e5f, 5e4f)]
    [InlineData(1e-6f, 1e-6f)]
    [InlineData(-3, 0.001f)]
    public void A_regression_does_not_depend_on_the_unit_of_its_labels(float mean, float deviation)
    {
        SyntheticRows rows = new(TrainingTask.Regression, 500, 5, weighted: true), moved = new(TrainingTask.Regression, 500, 5, weighted: true);
        double total = rows.Weights.Sum(weight => (double)weight), average = Enumerable.Range(0, 500).Sum(i => rows.Weight(i) * rows.Labels[i]) / total;
        double spread = Math.Sqrt(Enumerable.Range(0, 500).Sum(i => rows.Weight(i) * Math.Pow(rows.Labels[i] - average, 2)) / total);
        for (int i = 0; i < rows.Count; i++)
        {
            moved.Labels[i] = (float)(mean + (deviation * ((rows.Labels[i] - average) / spread)));
        }
        foreach (var network in new[] { null, NetworkSpec.Mlp(8) })
        {
            SubspaceSgdOptions options = new() { Network = network, BatchSize = 50 };
            TrainingResult a = TrainingOracleTests.Train(rows, options), b = TrainingOracleTests.Train(moved, options);
            Assert.Equal(a.Summary.Loss, b.Summary.Loss, 1e-3);
            Assert.InRange(b.Summary.Loss, 0.01, 0.4);
            if (network is null)
            {
                Assert.Equal((1f, 0f), (b.ScoreScale, b.ScoreOffset));
                TrainingOracleTests.AssertClose([.. a.Parameters.Select(value => (float)(value / spread))], [.. b.Parameters.Select((value, i) => (float)((value - (i < 5 ? 0 : mean - (deviation * average / spread))) / deviation))], 1e-2);
            }
            else
            {
                Assert.Equal((deviation, mean), (b.ScoreScale, b.ScoreOffset), (x, y) => Math.Abs(x.Item1 - y.Item1) <= 1e-3 * deviation && Math.Abs(x.Item2 - y.Item2) <= 1e-3 * deviation);
            }
        }
    }

    [Fact]
    public void A_robust_loss_keeps_its_meaning_whatever_outliers_do_to_the_labels_deviation()
    {
        SyntheticRows rows = new(TrainingTask.Regression, 1000, 4);
        float[] clean = [.. rows.Labels];
        for (int i = 0; i < rows.Count; i += 20)
        {
            rows.Labels[i] += 500;
        }
        SubspaceSgdOptions options = new() { BatchSize = 100, Epochs = 60 };
        double robust = Distance(new Huber()), least = Distance(new Squared());
        Assert.InRange(robust, 0, 0.3);
        Assert.True(least > 10, $"least squares: {least}");

        // From the rule that the clean labels follow.
        double Distance(ILoss loss)
        {
            var result = TrainingOracleTests.Train(rows, options with { Loss = loss });
            clean.CopyTo(rows.Labels, 0);
            var optimum = LinearOptimum.Of(rows, 0);
            for (int i = 0; i < rows.Count; i += 20)
            {
                rows.Labels[i] += 500;
            }
            return result.Parameters.Select((value, i) => Math.Abs(value - optimum[i])).Max();
        }
    }

    [Fact]
    public void Labels_that_are_all_the_same_are_learnt_as_they_are()
    {
        var result = SubspaceSgdTraining.Run(TrainingTask.Regression, MLNetExtensions.Trainers.Data.TrainingRows.Dense([1, 2, 3], 1, [7, 7, 7]), null, 1, new());
        Assert.Equal([0, 7], result.Parameters);
        Assert.Equal((TrainingStop.Completed, 0.0), (result.Summary.Stop, result.Summary.Loss));
    }

    [Fact]
    public void Progress_tells_where_the_training_stands()
    {
        SyntheticRows rows = new(TrainingTask.Regression, 400, 5);
        CollectReports(out var reports, out var collector);
        var result = TrainingOracleTests.Train(rows, new() { Epochs = 7, BatchSize = 100, Workers = 5, Progress = collector, Aggregator = new Mean(), MaximumGradientNorm = 0.01f });
        Assert.Equal(Enumerable.Range(1, 7), reports.Select(report => report.Epoch));
        Assert.Equal(Enumerable.Range(1, 7).Select(epoch => 4L * epoch), reports.Select(report => report.Step));
        Assert.All(reports, report =>
        {
            Assert.Equal((28L, 5), (report.Steps, report.Coefficients.Count));
            Assert.All(report.Coefficients, c => Assert.Equal(0.2, c));
            Assert.InRange(report.Agreement, 0.01, 1);
            Assert.Equal(report.GradientNorm, report.UpdateNorm, 1e-5);
        });
        Assert.Equal(result.Summary.Loss, reports[^1].Loss);
        Assert.True(reports[^1].LearningRate < reports[0].LearningRate);
    }

    private static void CollectReports(out List<TrainingProgress> reports, out IProgress<TrainingProgress> collector)
    {
        List<TrainingProgress> list = [];
        reports = list;
        collector = new Collector(list);
    }

    private static double MeanLoss(SyntheticRows rows, float[] parameters)
    {
        double sum = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double score = parameters[^1];
            for (int j = 0; j < parameters.Length - 1; j++)
            {
                score += rows.Features[row, j] * (double)parameters[j];
            }
            sum += (score - rows.Labels[row]) * (score - rows.Labels[row]) / 2;
        }
        return sum / rows.Count;
    }

    // Coordinate descent in double precision.
    private static double[] Lasso(SyntheticRows rows, double l1)
    {
        int features = rows.Features.GetLength(1);
        double[] weights = new double[features + 1], residual = [.. rows.Labels.Select(label => (double)label)];
        for (int round = 0; round < 2000; round++)
        {
            for (int j = 0; j <= features; j++)
            {
                double slope = 0, curve = 0;
                for (int i = 0; i < residual.Length; i++)
                {
                    double x = j < features ? rows.Features[i, j] : 1;
                    slope += x * (residual[i] + (x * weights[j])) / residual.Length;
                    curve += x * x / residual.Length;
                }
                double value = (j < features ? Math.Sign(slope) * Math.Max(0, Math.Abs(slope) - l1) : slope) / curve;
                for (int i = 0; i < residual.Length; i++)
                {
                    residual[i] -= (j < features ? rows.Features[i, j] : 1) * (value - weights[j]);
                }
                weights[j] = value;
            }
        }
        return weights;
    }

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    private sealed class Tenfold : IGradientAggregator
    {
        public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients) => coefficients.Fill(10);
    }

    private sealed class Watch : IGradientAggregator
    {
        public List<(double First, double Second)> Norms { get; } = [];

        public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients)
        {
            Norms.Add((gram.Norm(0), gram.Norm(1)));
            coefficients.Fill(0.5);
        }
    }

    // From nothing up to the whole rate: harmless at first, too high later.
    private sealed class Rising : ILearningRateSchedule
    {
        public float Factor(long done, long total) => MathF.Pow(10, -4 + (4f * done / total));
    }
}
