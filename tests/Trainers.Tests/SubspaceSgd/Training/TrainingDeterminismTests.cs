// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Security.Cryptography;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Networks.Layers;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

public sealed class TrainingDeterminismTests
{
    private static readonly NetworkSpec RandomNetwork = NetworkSpec.Of((inputs, outputs) => new Sequential(
        new Dense(inputs, 48), new Activation(48, new Relu()), new Dropout(48, 0.3f), new Dense(48, outputs)));

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        SyntheticRows rows = new(TrainingTask.MulticlassClassification, 1000, 40);
        // The wide one has gradients long enough to be combined by several threads.
        foreach (var network in new[] { null, RandomNetwork, NetworkSpec.Mlp(900) })
        {
            foreach (int workers in new[] { 1, 3, 8 })
            {
                SubspaceSgdOptions options = new() { Network = network, Workers = workers, Epochs = 2, BatchSize = 200, ValidationFraction = 0.3, Threads = 1, AlwaysThreads = true };
                var one = TrainingOracleTests.Train(rows, options);
                foreach (int threads in new[] { 2, 3, 7 })
                {
                    var many = TrainingOracleTests.Train(rows, options with { Threads = threads });
                    Assert.Equal(one.Parameters, many.Parameters);
                    Assert.Equal(one.Summary, many.Summary);
                }
            }
        }
    }

    [Fact]
    public void Workers_are_executed_by_several_threads()
    {
        SyntheticRows rows = new(TrainingTask.Regression, 64, 3);
        ConcurrentDictionary<int, bool> threads = [];
        var network = NetworkSpec.Of((inputs, outputs) => new Sequential(new Meeting(inputs, threads), new Dense(inputs, outputs)));
        TrainingOracleTests.Train(rows, new() { Network = network, Workers = 8, Threads = 2, AlwaysThreads = true, Epochs = 3, BatchSize = 32 });
        Assert.Equal(2, threads.Count);
    }

    [Fact]
    public void The_seed_changes_the_result_and_nothing_else_does()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 300, 5);
        SubspaceSgdOptions options = new() { Epochs = 2, BatchSize = 32 };
        float[] first = TrainingOracleTests.Train(rows, options).Parameters;
        Assert.Equal(first, TrainingOracleTests.Train(rows, options).Parameters);
        Assert.NotEqual(first, TrainingOracleTests.Train(rows, options with { Seed = 2 }).Parameters);
        Assert.NotEqual(first, TrainingOracleTests.Train(rows, options with { Workers = 3 }).Parameters);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 2)]
    [InlineData(7, 3)]
    public void A_training_that_goes_on_from_a_checkpoint_ends_with_the_same_bits(int stoppedAfter, int checkpointEpochs)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("state");
        SyntheticRows rows = new(TrainingTask.MulticlassClassification, 400, 8, weighted: true);
        SubspaceSgdOptions options = new()
        {
            Network = RandomNetwork,
            Epochs = 9,
            BatchSize = 64,
            GradientAccumulation = 2,
            ValidationFraction = 0.2,
            EarlyStopping = new() { Patience = 8 },
            Aggregator = new AdaptiveConsensus(),
            L1Regularization = 1e-3f,
            CheckpointEpochs = checkpointEpochs,
        };
        var whole = TrainingOracleTests.Train(rows, options);

        using CancellationTokenSource source = new();
        var interrupted = options with { CheckpointPath = path, CancellationToken = source.Token, Progress = new CancelAfter(stoppedAfter + 1, source) };
        Assert.ThrowsAny<OperationCanceledException>(() => TrainingOracleTests.Train(rows, interrupted));
        Assert.Equal(stoppedAfter >= checkpointEpochs, File.Exists(path));
        var resumed = TrainingOracleTests.Train(rows, options with { CheckpointPath = path });
        Assert.Equal(whole.Parameters, resumed.Parameters);
        Assert.Equal(whole.Summary, resumed.Summary);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_checkpoint_of_another_training_or_a_damaged_one_is_refused()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("state");
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 200, 5);
        using CancellationTokenSource source = new();
        SubspaceSgdOptions options = new() { Epochs = 5, CheckpointPath = path };
        Assert.ThrowsAny<OperationCanceledException>(() => TrainingOracleTests.Train(rows, options with { CancellationToken = source.Token, Progress = new CancelAfter(3, source) }));
        byte[] good = File.ReadAllBytes(path);

        Assert.Contains("another training", Assert.Throws<ArgumentException>(() => TrainingOracleTests.Train(rows, options with { Seed = 7 })).Message, StringComparison.Ordinal);
        rows.Labels[0] = 1 - rows.Labels[0];
        Assert.Contains("another training", Assert.Throws<ArgumentException>(() => TrainingOracleTests.Train(rows, options)).Message, StringComparison.Ordinal);
        rows.Labels[0] = 1 - rows.Labels[0];
        for (int length = 0; length < good.Length; length += 1 + (length / 7))
        {
            File.WriteAllBytes(path, good[..length]);
            Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => TrainingOracleTests.Train(rows, options)).Message, StringComparison.Ordinal);
            byte[] flipped = [.. good];
            flipped[length] ^= 4;
            File.WriteAllBytes(path, flipped);
            Assert.Throws<InvalidDataException>(() => TrainingOracleTests.Train(rows, options));
        }
        byte[] longer = [.. good[..^SHA256.HashSizeInBytes], 0, 0, 0, 0];
        File.WriteAllBytes(path, [.. longer, .. SHA256.HashData(longer)]);
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => TrainingOracleTests.Train(rows, options)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, good);
        // Left by a process that was killed.
        File.WriteAllText(path + ".tmp", "stale");
        TrainingOracleTests.Train(rows, options);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_checkpoint_is_refused_where_what_it_remembers_or_reads_differs()
    {
        using TemporaryFolder folder = new();
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 200, 5);
        var all = rows.Rows();
        Refused(new() { Network = Hidden(3) }, all, new() { Network = Hidden(4) }, all);
        Refused(new() { Aggregator = new Remembering(2) }, all, new() { Aggregator = new Remembering(3) }, all);
        Refused(new(), all, new(), new StreamedRows(5, 200, false, 50, all.Open));

        void Refused(SubspaceSgdOptions first, TrainingData firstRows, SubspaceSgdOptions second, TrainingData secondRows)
        {
            string path = folder.File("state");
            using CancellationTokenSource source = new();
            Assert.ThrowsAny<OperationCanceledException>(() => SubspaceSgdTraining.Run(
                rows.Task, firstRows, null, 1, first with { CheckpointPath = path, CancellationToken = source.Token, Progress = new CancelAfter(3, source) }));
            Assert.Contains(
                "another training",
                Assert.Throws<ArgumentException>(() => SubspaceSgdTraining.Run(rows.Task, secondRows, null, 1, second with { CheckpointPath = path })).Message, StringComparison.Ordinal);
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_after_the_first_allocate_nothing(bool network)
    {
        SyntheticRows rows = new(TrainingTask.MulticlassClassification, 1024, 6);
        SubspaceSgdOptions options = new() { Network = network ? RandomNetwork : null, BatchSize = 16, Threads = 1 };
        // Less than the smallest object for each of the 64 steps of an epoch.
        long few = Allocated(options with { Epochs = 3 }), many = Allocated(options with { Epochs = 43 });
        Assert.InRange(many - few, 0, 40 * 64 * 20);

        long Allocated(SubspaceSgdOptions chosen)
        {
            TrainingOracleTests.Train(rows, chosen);
            long before = GC.GetAllocatedBytesForCurrentThread();
            TrainingOracleTests.Train(rows, chosen);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    // Passes its input on, but the first thread waits until it has seen a second.
    private sealed class Meeting(int size, ConcurrentDictionary<int, bool> threads) : ILayer
    {
        public int Inputs => size;

        public int Outputs => size;

        public IReadOnlyList<ParameterTensor> Parameters => [];

        public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
        {
            threads[Environment.CurrentManagedThreadId] = true;
            if (pass.IsTraining)
            {
                SpinWait.SpinUntil(() => threads.Count > 1, TimeSpan.FromSeconds(20));
            }
            return input;
        }

        public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient) => outputGradient;

        public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters) => input;
    }

    private static NetworkSpec Hidden(int size) => NetworkSpec.Of((inputs, outputs) => new Sequential(new Dense(inputs, size), new Dense(size, outputs)));

    private sealed class Remembering(int length) : IGradientAggregator
    {
        public int StateLength(int workers) => length;

        public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients) => coefficients.Fill(1.0 / coefficients.Length);
    }

    private sealed class CancelAfter(int epoch, CancellationTokenSource source) : IProgress<TrainingProgress>
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
