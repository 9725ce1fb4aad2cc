// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd;

/// <summary>Trainers on several ranks, which here are threads: each fits its own shard.</summary>
public sealed class RanksTests
{
    private const int Ranks = 4;
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly SubspaceSgdOptions Options = new() { Workers = Ranks, BatchSize = 64, Epochs = 5 };

    [Fact]
    public void Ranks_train_the_classifier_that_so_many_workers_train_in_one_process()
    {
        var alone = Ml.BinaryClassification.Trainers.SubspaceSgd(Options).Fit(Rows.Draw(1001));

        var fitted = OnRanks(options => Ml.BinaryClassification.Trainers.SubspaceSgd(options).Fit(Shard(options)));

        Assert.All(fitted, model => Assert.Equal(fitted[0].Weights, model.Weights));
        AreNear(alone.Weights!, fitted[0].Weights!);
        Assert.Equal(alone.Bias!.Value, fitted[0].Bias!.Value, 1e-6);
        Assert.Equal((1001, Ranks, alone.Summary.Steps), (fitted[0].Summary.Rows, fitted[0].Summary.Workers, fitted[0].Summary.Steps));
    }

    [Fact]
    public void Ranks_calibrate_all_rows_together()
    {
        var hinge = Options with { Loss = new SmoothedHinge() };
        var rows = Rows.Draw(1001);
        var alone = Ml.BinaryClassification.Trainers.SubspaceSgd(hinge).Fit(rows);

        var fitted = OnRanks(options => Ml.BinaryClassification.Trainers.SubspaceSgd(options with { Loss = hinge.Loss }).Fit(Shard(options)));

        float[][] probabilities = [.. fitted.Select(model => model.Transform(rows).Column<float>("Probability"))];
        Assert.All(probabilities, values => Assert.Equal(probabilities[0], values));
        AreNear(alone.Transform(rows).Column<float>("Probability"), probabilities[0]);
    }

    [Fact]
    public void Ranks_train_the_network_that_so_many_workers_train_in_one_process()
    {
        var deep = Options with { LabelColumnName = "Class", Network = NetworkSpec.Mlp(8) };
        var rows = Rows.Draw(1001);
        var alone = Ml.MulticlassClassification.Trainers.SubspaceSgd(deep).Fit(rows);

        var fitted = OnRanks(options => Ml.MulticlassClassification.Trainers.SubspaceSgd(options with { LabelColumnName = "Class", Network = deep.Network }).Fit(Shard(options)));

        float[][] scores = [.. fitted.Select(model => model.Transform(rows).Column<float[]>("Score").SelectMany(row => row).ToArray())];
        Assert.All(scores, values => Assert.Equal(scores[0], values));
        AreNear(alone.Transform(rows).Column<float[]>("Score").SelectMany(row => row), scores[0]);
    }

    [Fact]
    public void Ranks_whose_keys_stand_for_other_classes_are_refused_on_every_rank()
    {
        string[] messages = OnRanks(options =>
        {
            // On rank 2 the mapping has met the classes in another order.
            var order = options.Collective!.Rank == 2 ? new[] { "b", "a", "c" } : ["a", "b", "c"];
            var keys = Ml.Data.LoadFromEnumerable(order.Select(name => new Name { Value = name }));
            var rows = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(row => new NamedRow { Features = [row % 3, 1], Name = "abc"[row % 3].ToString() }));
            var mapped = Ml.Transforms.Conversion.MapValueToKey("Class", "Name", keyData: keys).Fit(rows).Transform(rows);
            return Assert.Throws<ArgumentException>(() => Ml.MulticlassClassification.Trainers.SubspaceSgd(options with { LabelColumnName = "Class" }).Fit(mapped)).Message;
        });

        Assert.All(messages, message => Assert.Contains("rank 2", message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others()
    {
        Exception[] failures = OnRanks(options => Assert.ThrowsAny<Exception>(() =>
            Ml.BinaryClassification.Trainers.SubspaceSgd(options.Collective!.Rank == 1 ? options with { LabelColumnName = "Nothing" } : options).Fit(Shard(options))));

        Assert.Contains("'Nothing'", Assert.IsType<ArgumentException>(failures[1]).Message, StringComparison.Ordinal);
        Assert.All(failures.Where((_, rank) => rank != 1), failure => Assert.Contains("'Nothing'", failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rank_that_is_cancelled_while_it_reads_ends_the_others_as_cancelled()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Exception[] failures = OnRanks(options => Assert.ThrowsAny<Exception>(() =>
            Ml.BinaryClassification.Trainers.SubspaceSgd(options with { CancellationToken = options.Collective!.Rank == 1 ? source.Token : default }).Fit(Shard(options))));

        Assert.All(failures, failure => Assert.IsAssignableFrom<OperationCanceledException>(failure));
    }

    private static MemoryDataView Shard(SubspaceSgdOptions options) => Rows.Draw(1001, rank: options.Collective!.Rank, ranks: options.Collective.Size);

    private static T[] OnRanks<T>(Func<SubspaceSgdOptions, T> run)
    {
        var members = InProcessCollective.Create(Ranks);
        var results = new T[Ranks];
        var failures = new Exception?[Ranks];
        var threads = Enumerable.Range(0, Ranks).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = run(Options with { Collective = members[rank] });
            }
            catch (Exception failure)
            {
                failures[rank] = failure;
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "a rank waits for ever"));
        Assert.All(failures, Assert.Null);
        return results;
    }

    private static void AreNear(IEnumerable<float> expected, IEnumerable<float> actual)
    {
        foreach (var (first, second) in expected.Zip(actual))
        {
            Assert.Equal(first, second, 1e-6 * Math.Max(1, Math.Abs(first)));
        }
    }

    private sealed class Name
    {
        public string Value { get; set; } = "";
    }

    private sealed class NamedRow
    {
        [Microsoft.ML.Data.VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = "";
    }
}
