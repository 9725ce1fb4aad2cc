// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

public sealed class RankTrainingTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(2, 4)]
    [InlineData(4, 8)]
    public void Ranks_with_every_rth_row_train_like_as_many_workers_in_one_process(int ranks, int workers)
    {
        SyntheticRows rows = new(TrainingTask.MulticlassClassification, 403, 7, weighted: true);
        foreach (var network in new[] { null, NetworkSpec.Mlp(9) })
        {
            SubspaceSgdOptions options = new() { Workers = workers, Network = network, Epochs = 4, BatchSize = 48, ValidationFraction = 0.25, ClassWeights = [1, 2, 0.5f] };
            var alone = TrainingOracleTests.Train(rows, options);
            var together = OnRanks(rows, ranks, _ => options);
            foreach (var result in together)
            {
                Assert.Equal(together[0].Parameters, result.Parameters);
                Assert.Equal(together[0].Summary, result.Summary);
                TrainingOracleTests.AssertClose(alone.Parameters, result.Parameters, 1e-4);
                Assert.Equal(alone.Summary.ValidationLoss, result.Summary.ValidationLoss, 1e-4);
                Assert.Equal((alone.Summary.Rows, alone.Summary.ValidationRows, alone.Summary.Steps), (result.Summary.Rows, result.Summary.ValidationRows, result.Summary.Steps));
            }
        }
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(4, 8)]
    public void Workers_have_the_same_numbers_on_ranks_as_in_one_process(int ranks, int workers)
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 400, 7);
        IGradientAggregator[] ordered = [new Adasum(), new AdaptiveConsensus { Assignment = MomentumAssignment.OfficialGather }];
        foreach (var aggregator in ordered)
        {
            // Sgd: Adam would make much of the last digits, which the order of additions changes.
            SubspaceSgdOptions options = new() { Workers = workers, Epochs = 3, BatchSize = 80, Aggregator = aggregator, Optimizer = new Sgd(), LearningRate = 0.1f };
            var alone = TrainingOracleTests.Train(rows, options);
            var together = OnRanks(rows, ranks, _ => options);
            TrainingOracleTests.AssertClose(alone.Parameters, together[0].Parameters, 1e-6);
        }
    }

    [Fact]
    public void Ranks_may_have_unequal_numbers_of_rows()
    {
        SyntheticRows rows = new(TrainingTask.Regression, 100, 3);
        var results = OnRanks(rows, 2, _ => new() { Epochs = 2000, BatchSize = 100, Aggregator = new Mean(), LearningRate = 0.05f, L2Regularization = 0.1f }, (row, rank) => (row < 90) == (rank == 0));
        Assert.Equal(100, results[0].Summary.Rows);
        TrainingOracleTests.AssertClose([.. LinearOptimum.Of(rows, 0.1).Select(value => (float)value)], results[0].Parameters, 2e-4);
    }

    [Fact]
    public void What_differs_between_ranks_is_named_on_all_of_them()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 100, 3), wide = new(TrainingTask.BinaryClassification, 100, 4);
        var errors = Failures(3, rank => SubspaceSgdTraining.Run(rows.Task, (rank.Rank == 2 ? wide : rows).Rows(), null, 1, new() { Collective = rank }));
        Assert.Contains(errors, error => error.Message.Contains("Rank 2 has 4 features, rank 0 has 3", StringComparison.Ordinal));
        errors = Failures(2, rank => SubspaceSgdTraining.Run(rows.Task, rows.Rows(), null, 1, new() { Collective = rank, Seed = rank.Rank }));
        Assert.Contains(errors, error => error.Message.Contains("same options", StringComparison.Ordinal));
        errors = Failures(2, rank => SubspaceSgdTraining.Run(TrainingTask.MulticlassClassification, rows.Rows(), null, 2 + rank.Rank, new() { Collective = rank }));
        Assert.Contains(errors, error => error.Message.Contains("Rank 1 has 3 outputs, rank 0 has 2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 100, 3);
        var errors = Failures(3, rank => SubspaceSgdTraining.Run(
            rows.Task, rows.Rows(), null, 1, new() { Collective = rank, Progress = rank.Rank == 1 ? new Fails() : null }));
        Assert.All(errors, error => Assert.Contains("on purpose", error.Message, StringComparison.Ordinal));
        Assert.Equal(2, errors.Count(error => error is CollectiveException { Rank: 1 }));
    }

    [Fact]
    public void Classes_are_counted_over_all_ranks()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 100, 3);
        var results = OnRanks(rows, 2, _ => new() { Epochs = 2 }, (row, rank) => rows.Labels[row] == rank);
        Assert.Equal(100, results[1].Summary.Rows);
    }

    [Fact]
    public void Ranks_are_cancelled_together()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 100, 3);
        using CancellationTokenSource source = new();
        source.Cancel();
        var errors = Failures(3, rank => SubspaceSgdTraining.Run(rows.Task, rows.Rows(), null, 1, new() { Collective = rank, CancellationToken = rank.Rank == 1 ? source.Token : default }));
        Assert.All(errors, error => Assert.IsType<OperationCanceledException>(error));
    }

    [Fact]
    public void Ranks_go_on_from_the_newest_checkpoint_that_one_of_them_has()
    {
        using TemporaryFolder folder = new();
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 200, 4);
        SubspaceSgdOptions options = new() { Epochs = 8, BatchSize = 32, Aggregator = new AdaptiveConsensus(), ValidationFraction = 0.2 };
        var whole = OnRanks(rows, 2, _ => options);
        using CancellationTokenSource source = new();
        var errors = Failures(2, rank => SubspaceSgdTraining.Run(rows.Task, rows.Rows(row => row % 2 == rank.Rank), null, 1, options with
        {
            Collective = rank,
            CheckpointPath = folder.File("state"),
            CancellationToken = source.Token,
            Progress = new CancelsAt(5, source),
        }));
        Assert.All(errors, error => Assert.IsType<OperationCanceledException>(error));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        File.Delete(folder.File("state.0"));
        var resumed = OnRanks(rows, 2, _ => options with { CheckpointPath = folder.File("state") });
        Assert.Equal(whole[0].Parameters, resumed[0].Parameters);
        Assert.Equal(whole[0].Parameters, resumed[1].Parameters);
        Assert.Equal(whole[0].Summary, resumed[1].Summary);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static TrainingResult[] OnRanks(SyntheticRows rows, int ranks, Func<int, SubspaceSgdOptions> options, Func<int, int, bool>? belongs = null) =>
        Run(ranks, rank => SubspaceSgdTraining.Run(
            rows.Task, rows.Rows(row => belongs is null ? row % ranks == rank.Rank : belongs(row, rank.Rank)), null, rows.Outputs, options(rank.Rank) with { Collective = rank, Threads = 1 }));

    private static Exception[] Failures(int ranks, Func<ICollective, TrainingResult> train) => Run(ranks, rank => Record.Exception(() => train(rank)) ?? throw new InvalidOperationException("It did not fail."));

    private static T[] Run<T>(int ranks, Func<ICollective, T> body)
    {
        var members = InProcessCollective.Create(ranks);
        Task<T>[] tasks = [.. members.Select(member => Task.Factory.StartNew(() => body(member), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        return [.. tasks.Select(task => task.GetAwaiter().GetResult())];
    }

    private sealed class Fails : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => throw new InvalidOperationException("on purpose");
    }

    private sealed class CancelsAt(int epoch, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Epoch == epoch)
            {
                source.Cancel();
            }
        }
    }
}
