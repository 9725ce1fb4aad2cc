// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Networks.Schedules;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

public sealed class TrainingOracleTests
{
    // Single-precision gradients of a few hundred rows stop the descent about here.
    private const double OptimumTolerance = 2e-4;

    // Sums in another order.
    private const double RoundingTolerance = 2e-5;

    [Theory]
    [InlineData(TrainingTask.Regression, false, 0, 1)]
    [InlineData(TrainingTask.Regression, true, 0.1, 1)]
    [InlineData(TrainingTask.Regression, true, 0.1, 0.1)]
    [InlineData(TrainingTask.BinaryClassification, false, 0.01, 1)]
    [InlineData(TrainingTask.BinaryClassification, true, 0.03, 1)]
    [InlineData(TrainingTask.BinaryClassification, true, 0.03, 0.1)]
    public void A_linear_model_comes_to_the_optimum_that_Newtons_method_finds(TrainingTask task, bool weighted, double l2, double density)
    {
        SyntheticRows rows = new(task, 400, 6, density: density, weighted: weighted);
        var result = Train(rows, FullBatch(rows) with { L2Regularization = (float)l2, Epochs = 3000, LearningRate = 0.05f });
        AssertClose([.. LinearOptimum.Of(rows, l2).Select(value => (float)value)], result.Parameters, OptimumTolerance);
    }

    [Theory]
    [InlineData(TrainingTask.Regression, 1.0)]
    [InlineData(TrainingTask.BinaryClassification, 0.1)]
    [InlineData(TrainingTask.MulticlassClassification, 1.0)]
    [InlineData(TrainingTask.MulticlassClassification, 0.1)]
    public void The_mean_over_workers_trains_like_one_worker_on_the_whole_batch(TrainingTask task, double density)
    {
        SyntheticRows rows = new(task, 203, 9, density: density, weighted: true);
        foreach (var network in new[] { null, NetworkSpec.Mlp(7) })
        {
            var options = FullBatch(rows) with { Workers = 1, Optimizer = new Sgd(), Epochs = 25, LearningRate = 0.3f, L2Regularization = 0.01f, Network = network };
            var one = Train(rows, options);
            foreach (int workers in new[] { 2, 7, 32 })
            {
                AssertClose(one.Parameters, Train(rows, options with { Workers = workers }).Parameters, RoundingTolerance);
            }
            AssertClose(one.Parameters, Train(rows, options with { Workers = 4, BatchSize = 51, GradientAccumulation = 4 }).Parameters, RoundingTolerance);
        }
    }

    [Fact]
    public void Rows_that_stand_twice_weigh_twice()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 100, 4);
        float[] twice = [.. Enumerable.Range(0, 100).Select(i => i % 3 == 0 ? 2f : 1f)];
        var weighted = TrainingRows.Dense(Flat(rows, i => true), 4, rows.Labels, twice);
        int[] repeated = [.. Enumerable.Range(0, 100).SelectMany(i => Enumerable.Repeat(i, (int)twice[i]))];
        var plain = TrainingRows.Dense(
            [.. repeated.SelectMany(i => Enumerable.Range(0, 4).Select(j => rows.Features[i, j]))], 4, [.. repeated.Select(i => rows.Labels[i])]);
        var options = FullBatch(rows) with { BatchSize = null, Workers = 2, Epochs = 40 };
        var a = SubspaceSgdTraining.Run(rows.Task, weighted, null, 1, options with { BatchSize = (int)weighted.Count });
        var b = SubspaceSgdTraining.Run(rows.Task, plain, null, 1, options with { BatchSize = (int)plain.Count });
        AssertClose(a.Parameters, b.Parameters, RoundingTolerance);
        Assert.Equal(a.Summary.Loss, b.Summary.Loss, RoundingTolerance);
    }

    [Fact]
    public void Multiplying_all_weights_by_a_constant_changes_nothing()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 300, 5, weighted: true), heavy = new(TrainingTask.BinaryClassification, 300, 5, weighted: true);
        for (int i = 0; i < heavy.Count; i++)
        {
            heavy.Weights[i] *= 1024;
        }
        SubspaceSgdOptions options = new() { Epochs = 4, BatchSize = 32, L2Regularization = 0.1f, L1Regularization = 0.01f };
        TrainingResult a = Train(rows, options), b = Train(heavy, options);
        Assert.Equal(a.Parameters, b.Parameters);
        Assert.Equal(a.Summary, b.Summary);
    }

    [Fact]
    public void Class_weights_are_weights_of_the_classes_rows()
    {
        SyntheticRows plain = new(TrainingTask.MulticlassClassification, 150, 5, weighted: true), weighted = new(TrainingTask.MulticlassClassification, 150, 5, weighted: true);
        float[] weights = [0.5f, 1, 3];
        for (int i = 0; i < weighted.Count; i++)
        {
            plain.Weights[i] = 1;
            weighted.Weights[i] = weights[(int)weighted.Labels[i]];
        }
        SubspaceSgdOptions options = new() { Epochs = 5, BatchSize = 32 };
        Assert.Equal(Train(weighted, options).Parameters, Train(plain, options with { ClassWeights = weights }).Parameters);
    }

    [Fact]
    public void Dense_and_sparse_rows_train_the_same_model()
    {
        foreach (var task in Enum.GetValues<TrainingTask>())
        {
            SyntheticRows rows = new(task, 200, 20, density: 0.15);
            float[] flat = Flat(rows, _ => true);
            var sparse = rows.Rows();
            Assert.False(sparse.IsDense);
            // One row of ones makes the block dense; it has no weight.
            var dense = TrainingRows.Dense(
                [.. flat, .. Enumerable.Repeat(1f, 20 * 300)], 20, [.. rows.Labels, .. new float[300]], [.. Enumerable.Repeat(1f, 200), .. new float[300]]);
            Assert.True(dense.IsDense);
            SubspaceSgdOptions options = new() { Epochs = 30, Workers = 2, Aggregator = new Mean(), Optimizer = new Sgd(), LearningRate = 0.2f };
            AssertClose(
                SubspaceSgdTraining.Run(task, sparse, null, rows.Outputs, options with { BatchSize = 200 }).Parameters,
                SubspaceSgdTraining.Run(task, dense, null, rows.Outputs, options with { BatchSize = 500 }).Parameters, RoundingTolerance);
        }
    }

    internal static SubspaceSgdOptions FullBatch(SyntheticRows rows) => new() { Workers = 4, BatchSize = rows.Count, Aggregator = new Mean(), Optimizer = new Adam(), Schedule = new LinearDecay() };

    internal static TrainingResult Train(SyntheticRows rows, SubspaceSgdOptions options) => SubspaceSgdTraining.Run(rows.Task, rows.Rows(), null, rows.Outputs, options);

    internal static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.True(largest <= tolerance, $"largest difference {largest:G3}: {string.Join(' ', expected.Take(8))} and {string.Join(' ', actual.Take(8))}");
    }

    private static float[] Flat(SyntheticRows rows, Func<int, bool> chosen) =>
        [.. Enumerable.Range(0, rows.Count).Where(chosen).SelectMany(i => Enumerable.Range(0, rows.Features.GetLength(1)).Select(j => rows.Features[i, j]))];
}
