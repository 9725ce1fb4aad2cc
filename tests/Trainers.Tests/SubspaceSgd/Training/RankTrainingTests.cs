// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Layers;
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Networks.Schedules;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.Data;
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
        errors = Failures(2, rank => SubspaceSgdTraining.Run(rows.Task, rows.Rows(), null, 1, new() { Collective = rank, CheckpointPath = rank.Rank == 1 ? "state" : null }));
        Assert.Contains(errors, error => error.Message.Contains("Rank 1 has a CheckpointPath, rank 0 has none", StringComparison.Ordinal));
        errors = Failures(2, rank => SubspaceSgdTraining.Run(rows.Task, rows.Rows(), null, 1, new() { Collective = rank, Network = Hidden(3 + rank.Rank) }));
        Assert.Contains(errors, error => error.Message.Contains("Rank 1 has a model whose tensors read", StringComparison.Ordinal));
        errors = Failures(2, rank => SubspaceSgdTraining.Run(TrainingTask.MulticlassClassification, rows.Rows(), null, 2 + rank.Rank, new() { Collective = rank }));
        Assert.Contains(errors, error => error.Message.Contains("Rank 1 has 3 outputs, rank 0 has 2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 100, 3);
        var errors = Failures(3, rank => SubspaceSgdTraining.Run(
            rows.Task, rows.Rows(), null, 1, new() { Collective = rank, Progress = rank.Rank == 1 ? new Fails(new InvalidOperationException("on purpose")) : null }));
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
        Assert.All(errors, error => Assert.IsAssignableFrom<OperationCanceledException>(error));
    }

    [Fact]
    public void A_rank_that_is_cancelled_by_itself_alone_ends_the_others()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 100, 3);
        var errors = Failures(3, rank => SubspaceSgdTraining.Run(
            rows.Task, rows.Rows(), null, 1, new() { Collective = rank, Progress = rank.Rank == 1 ? new Fails(new OperationCanceledException("on purpose")) : null }));
        Assert.IsType<OperationCanceledException>(errors[1]);
        Assert.Equal(2, errors.Count(error => error is CollectiveException { Rank: 1 }));
    }

    [Fact]
    public void A_cancelled_rank_ends_the_others_at_the_next_step()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 800, 3);
        using CancellationTokenSource source = new();
        Counting[] schedules = [.. Enumerable.Range(0, 3).Select(rank => new Counting(rank == 1 ? source : null))];
        var errors = Failures(3, rank => SubspaceSgdTraining.Run(rows.Task, rows.Rows(), null, 1, new()
        {
            Collective = rank,
            BatchSize = 6,
            Schedule = schedules[rank.Rank],
            CancellationToken = rank.Rank == 1 ? source.Token : default,
        }));
        Assert.All(errors, error => Assert.IsAssignableFrom<OperationCanceledException>(error));
        Assert.All(schedules, schedule => Assert.Equal(Counting.Last, schedule.Steps));
    }

    [Fact]
    public void A_rank_that_is_cancelled_while_it_reads_a_window_reads_no_further()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 4000, 3);
        var all = rows.Rows();
        foreach (var aggregator in new IGradientAggregator[] { new AdaptiveConsensus(), new SubspaceNewton() })
        {
            using CancellationTokenSource source = new();
            CancellingCursor? read = null;
            StreamedRows streamed = new(3, rows.Count, false, 4000, features => features ? read = new CancellingCursor(all.Open(features), 50, source) : all.Open(features));
            var errors = Failures(2, rank => SubspaceSgdTraining.Run(rows.Task, rank.Rank == 1 ? streamed : all, null, 1, new()
            {
                Collective = rank,
                Aggregator = aggregator,
                CancellationToken = rank.Rank == 1 ? source.Token : default,
            }));
            Assert.All(errors, error => Assert.IsAssignableFrom<OperationCanceledException>(error));
            Assert.Equal(50, read!.Rows);
        }
    }

    [Fact]
    public void A_rank_that_comes_to_other_weights_is_named()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 300, 3);
        var errors = Failures(3, rank => SubspaceSgdTraining.Run(rows.Task, rows.Rows(), null, 1, new() { Collective = rank, Schedule = new Skewed(rank.Rank == 2 ? 1.001f : 1) }));
        Assert.All(errors, error => Assert.Contains("Rank 2 has other weights than rank 0 after epoch 1.", error.Message, StringComparison.Ordinal));
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
        Assert.All(errors, error => Assert.IsAssignableFrom<OperationCanceledException>(error));
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
        Assert.True(Task.WhenAll(tasks).ContinueWith(_ => { }, TaskScheduler.Default).Wait(TimeSpan.FromMinutes(1)), "A rank waits for ever.");
        return [.. tasks.Select(task => task.GetAwaiter().GetResult())];
    }

    private static NetworkSpec Hidden(int size) => NetworkSpec.Of((inputs, outputs) => new Sequential(new Dense(inputs, size), new Dense(size, outputs)));

    private sealed class Fails(Exception error) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => throw error;
    }

    private sealed class Counting(CancellationTokenSource? source) : ILearningRateSchedule
    {
        // Between two looks at the loss.
        public const int Last = 27;

        public int Steps { get; private set; }

        public float Factor(long done, long total)
        {
            if (++Steps == Last)
            {
                source?.Cancel();
            }
            return 1;
        }
    }

    private sealed class Skewed(float factor) : ILearningRateSchedule
    {
        public float Factor(long done, long total) => factor;
    }

    private sealed class CancellingCursor(IRowCursor rows, int last, CancellationTokenSource source) : IRowCursor
    {
        public int Rows { get; private set; }

        public float Label => rows.Label;

        public float Weight => rows.Weight;

        public bool MoveNext()
        {
            if (++Rows == last)
            {
                source.Cancel();
            }
            return rows.MoveNext();
        }

        public void CopyTo(TrainingRowsBuilder destination) => rows.CopyTo(destination);

        public void Dispose() => rows.Dispose();
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
