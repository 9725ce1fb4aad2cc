// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Models;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

public sealed class StreamedTrainingTests
{
    [Theory]
    [InlineData(1, 100, 0, 1)]
    [InlineData(3, 100, 0.3, 1)]
    [InlineData(4, 17, 0.2, 3)]
    [InlineData(5, 1, 0, 2)]
    [InlineData(2, 5000, 0.1, 1)]
    public void Windows_give_every_worker_its_shard_once_in_an_epoch_and_never_more_rows_than_asked(int workers, long windowRows, double heldOut, int accumulation)
    {
        // A row's label is its number.
        const int Count = 1003;
        var all = TrainingRows.Dense([.. Enumerable.Range(0, Count).Select(i => i + 1f)], 1, [.. Enumerable.Range(0, Count).Select(i => (float)i)]);
        StreamedRows streamed = new(1, Count, false, windowRows, all.Open);
        RowAssignment assignment = new(workers, 0, 1, heldOut, 9);
        var census = RowCensus.Take(streamed, TrainingTask.Regression, 1, new TargetCoding(TrainingTask.Regression, 1, new Squared(), null), assignment, default);
        TrainingPlan plan = new(census.Shards, 20, accumulation);
        StreamedShards shards = new(streamed, assignment, census, 9);
        List<string> orders = [];
        for (int epoch = 0; epoch < 3; epoch++)
        {
            List<float>[] taken = [.. Enumerable.Range(0, workers).Select(_ => new List<float>())];
            long next = 0;
            foreach (var window in shards.Epoch(epoch, plan))
            {
                Assert.Equal(next, window.First);
                Assert.True(window.Rows.Count <= Math.Max(windowRows, plan.RowsOf(0)) + (2 * workers), $"{window.Rows.Count} rows");
                next = window.End;
                for (int worker = 0; worker < workers; worker++)
                {
                    Assert.Equal(plan.RowsBefore(worker, window.End) - plan.RowsBefore(worker, window.First), window.Orders[worker].Length);
                    foreach (int row in window.Orders[worker])
                    {
                        Assert.Equal(window.Rows.Labels[row] + 1, window.Rows[row].Values[0]);
                        taken[worker].Add(window.Rows.Labels[row]);
                    }
                }
            }
            Assert.Equal(plan.MiniBatches, next);
            for (int worker = 0; worker < workers; worker++)
            {
                Assert.Equal(Enumerable.Range(0, Count).Where(row => assignment.WorkerOf(row) == worker).Select(row => (float)row), taken[worker].Order());
            }
            orders.Add(string.Join(' ', taken[0]));
        }
        Assert.Equal(3, orders.Distinct().Count());
        float[] kept = [.. shards.HeldOut().SelectMany(part => part.Numbers.Select(number => part.Rows.Labels[number]))];
        Assert.Equal(Enumerable.Range(0, Count).Where(row => assignment.WorkerOf(row) < 0).Select(row => (float)row), kept);
    }

    [Fact]
    public void A_streamed_training_comes_to_the_same_optimum_and_validation_loss()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 600, 5, weighted: true);
        var all = rows.Rows();
        StreamedRows streamed = new(5, all.Count, false, 150, all.Open);
        SubspaceSgdOptions options = new() { Aggregator = new Mean(), Epochs = 150, BatchSize = 60, L2Regularization = 0.05f, LearningRate = 0.05f, ValidationFraction = 0.2, RestoreBest = false };
        TrainingResult cached = SubspaceSgdTraining.Run(rows.Task, all, null, 1, options), read = SubspaceSgdTraining.Run(rows.Task, streamed, null, 1, options);
        TrainingOracleTests.AssertClose(cached.Parameters, read.Parameters, 5e-3);
        Assert.Equal(cached.Summary.ValidationLoss, read.Summary.ValidationLoss, 1e-4);
        Assert.Equal((cached.Summary.Rows, cached.Summary.ValidationRows, cached.Summary.Steps), (read.Summary.Rows, read.Summary.ValidationRows, read.Summary.Steps));
        Assert.Equal(read.Parameters, SubspaceSgdTraining.Run(rows.Task, streamed, null, 1, options with { Threads = 3 }).Parameters);
    }

    [Fact]
    public void Rows_that_come_in_another_order_later_are_refused()
    {
        SyntheticRows rows = new(TrainingTask.Regression, 200, 3), turned = new(TrainingTask.Regression, 200, 3);
        (turned.Labels[20], turned.Labels[21]) = (rows.Labels[21], rows.Labels[20]);
        TrainingRows all = rows.Rows(), others = turned.Rows();
        int passes = 0;
        StreamedRows streamed = new(3, 200, false, 50, features => (passes++ < 3 ? all : others).Open(features));
        Assert.Contains(
            "the order of its rows",
            Assert.Throws<InvalidOperationException>(() => SubspaceSgdTraining.Run(rows.Task, streamed, null, 1, new() { ValidationFraction = 0.3 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_goes_bad_later_is_named_by_its_row_and_column_in_the_data()
    {
        Changing[] rows = [.. Enumerable.Range(0, 200).Select(i => new Changing { Features = [i % 7, 1], Label = i })];
        var view = new MLContext(1).Data.LoadFromEnumerable(rows);
        var data = TrainingRowsReader.Read(view, new TrainingColumns("Features", "Label", LabelKind.Number, null), 500, default);
        Assert.IsType<StreamedRows>(data);
        rows[160].Features = [float.NaN, 1];
        Assert.Contains(
            "Row 160 has NaN as feature 0 (column 'Features')",
            Assert.Throws<ArgumentException>(() => SubspaceSgdTraining.Run(TrainingTask.Regression, data, null, 1, new())).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Row 160 has NaN as feature 0 (column 'Features')",
            Assert.Throws<ArgumentException>(() => SubspaceSgdTraining.Run(TrainingTask.Regression, TrainingRows.Dense([1, 2, 3, 4, 0, 1], 2, [1, 2, 3]), data, 1, new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_changes_between_passes_is_refused()
    {
        SyntheticRows rows = new(TrainingTask.Regression, 200, 3);
        var all = rows.Rows();
        var fewer = rows.Rows(row => row < 150);
        int passes = 0;
        StreamedRows streamed = new(3, 200, false, 50, features => (passes++ < 3 ? all : fewer).Open(features));
        Assert.Contains(
            "had 200 rows at first, and 150 later",
            Assert.Throws<InvalidOperationException>(() => SubspaceSgdTraining.Run(rows.Task, streamed, null, 1, new())).Message, StringComparison.Ordinal);
    }

    private sealed class Changing
    {
        [Microsoft.ML.Data.VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
