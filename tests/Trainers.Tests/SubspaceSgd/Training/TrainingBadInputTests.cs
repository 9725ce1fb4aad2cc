// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Layers;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

public sealed class TrainingBadInputTests
{
    private const TrainingTask Binary = TrainingTask.BinaryClassification, Many = TrainingTask.MulticlassClassification, Number = TrainingTask.Regression;

    private static readonly TrainingRows Five = TrainingRows.Dense([1, 2, 3, 4, 5], 1, [0, 1, 0, 1, 1]);

    public static TheoryData<string, Action> Refused => new()
    {
        { "There are no rows to train on.", () => Run(Binary, TrainingRows.Dense([], 3, [])) },
        { "All 2 rows to train on that have a weight are of class 1; at least two classes are needed.", () => Run(Binary, TrainingRows.Dense([1, 2], 1, [1, 1])) },
        { "All 3 rows to train on that have a weight are of class 0;", () => Run(Many, TrainingRows.Dense([1, 2, 3], 1, [0, 0, 1], [1, 1, 0]), outputs: 3) },
        { "Row 1 has the label 2; 0 or 1 is needed.", () => Run(Binary, TrainingRows.Dense([1, 2], 1, [0, 2])) },
        { "Row 0 has the label 3; the index of a class, from 0 to 2 is needed.", () => Run(Many, TrainingRows.Dense([1, 2], 1, [3, 2]), outputs: 3) },
        { "Row 1 has the label 0.5;", () => Run(Many, TrainingRows.Dense([1, 2], 1, [1, 0.5f]), outputs: 3) },
        { "All features of all rows are zero", () => Run(Number, TrainingRows.Dense([0, 0], 1, [1, 2])) },
        { "add up to 0; a positive number is needed", () => Run(Number, TrainingRows.Dense([1, 2], 1, [1, 2], [0, 0])) },
        { "There are 6 workers and 5 rows. Make Workers smaller, or null", () => Run(Binary, Five, new() { Workers = 6 }) },
        { "A batch of 6 is more than the 5 rows to train on. Make BatchSize smaller, or null", () => Run(Binary, Five, new() { BatchSize = 6 }) },
        { "A batch of 2 rows is too small for 3 workers. Make BatchSize at least", () => Run(Binary, Five, new() { Workers = 3, BatchSize = 2 }) },
        { "Early stopping needs rows to measure the loss on.", () => Run(Binary, Five, new() { EarlyStopping = new() }) },
        { "Validation rows have 2 features, rows to train on 1;", () => Run(Binary, Five, validation: TrainingRows.Dense([1, 2], 2, [1])) },
        { "Choose one.", () => Run(Binary, Five, new() { ValidationFraction = 0.5 }, Five) },
        { "Row 0 has the label 7; 0 or 1 is needed.", () => Run(Binary, Five, validation: TrainingRows.Dense([1], 1, [7])) },
        { "There are 3 class weights; there are 2 classes.", () => Run(Binary, Five, new() { ClassWeights = [1, 2, 3] }) },
        { "There are 2 class weights; regression has no classes.", () => Run(Number, Five, new() { ClassWeights = [1, 2] }) },
        { "2 outputs are asked for; BinaryClassification has 1.", () => Run(Binary, Five, outputs: 2) },
        { "1 classes can't be told apart;", () => Run(Many, Five, outputs: 1) },
        { "There are 0 rows to train on (and 5 held out). Hold out less.", () => Run(Binary, Five, new() { ValidationFraction = 1 - 1e-12 }) },
        { "There are 2000 workers; at most 1024", () => Run(Binary, new SyntheticRows(Binary, 3000, 1).Rows(), new() { Workers = 2000 }) },
        { "The loss Logistic tells classes apart;", () => Run(Number, Five, new() { Loss = new Logistic() }) },
        { "The loss Hinge tells classes apart;", () => Run(Number, Five, new() { Loss = new Hinge() }) },
        { "The loss SmoothedHinge tells classes apart;", () => Run(Number, Five, new() { Loss = new SmoothedHinge() }) },
        { "The loss SoftmaxCrossEntropy compares", () => Run(Binary, Five, new() { Loss = new SoftmaxCrossEntropy() }) },
        { "The weights of the 2 validation rows add up to 0;", () => Run(Binary, Five, validation: TrainingRows.Dense([1, 2], 1, [0, 1], [0, 0])) },
        { "are more parameters than fit", () => Run(Many, TrainingRows.Sparse([0, 1], [5], [1], 1_000_000, [0]), outputs: 3000) },
        { "CheckpointPath is '/nowhere/state', which must be a file in a folder that exists.", () => Run(Binary, Five, new() { CheckpointPath = "/nowhere/state" }) },
        // Before rows are looked at: these have labels that don't fit.
        { "SubspaceNewton chooses coefficients for the whole model. Set Granularity to Model.", () => Run(Binary, TrainingRows.Dense([1, 2], 1, [0, 2]), new() { Aggregator = new SubspaceNewton(), Granularity = AggregationGranularity.ParameterTensor }) },
        { "always give the same", () => Run(Binary, Five, new() { Network = Fickle(), Threads = 1 }) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_trained_is_refused_with_what_to_do(string message, Action train)
    {
        var error = Record.Exception(train);
        Assert.True(error is ArgumentException or InvalidOperationException, $"{error}");
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_fails_at_its_beginning_leaves_no_threads()
    {
        const int Trainings = 40, Threads = 8;
        int before = ThreadCount();
        for (int i = 0; i < Trainings; i++)
        {
            Assert.Throws<InvalidOperationException>(() => Run(Binary, Five, new() { Network = Fickle(), Threads = Threads }));
        }
        // Other tests have threads of their own.
        Assert.InRange(ThreadCount() - before, int.MinValue, Trainings * (Threads - 1) / 2);

        static int ThreadCount()
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.Threads.Count;
        }
    }

    [Fact]
    public void Few_rows_are_enough_where_numbers_are_left_to_the_trainer()
    {
        var result = SubspaceSgdTraining.Run(Binary, TrainingRows.Dense([1, 2], 1, [0, 1]), null, 1, new());
        Assert.Equal((2, 2, 2), ((int)result.Summary.Rows, result.Summary.Workers, result.Summary.BatchSize));
        Assert.Equal((1, 1), Sizes(SubspaceSgdTraining.Run(Number, TrainingRows.Dense([1], 1, [1]), null, 1, new())));
    }

    [Fact]
    public void Workers_left_open_follow_the_rows_that_are_left_to_train_on()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            SyntheticRows rows = new(Number, 5, 1);
            var summary = TrainingOracleTests.Train(rows, new() { ValidationFraction = 0.4, Seed = seed, Epochs = 1 }).Summary;
            Assert.InRange(summary.Workers, 1, summary.Rows);
            Assert.Equal(5, summary.Rows + summary.ValidationRows);
        }
    }

    [Theory]
    [InlineData(100, null, null, 4, 16)]
    [InlineData(5000, null, null, 4, 156)]
    [InlineData(9000, null, null, 4, 256)]
    [InlineData(5000, 300, null, 300, 300)]
    public void Sizes_left_open_follow_the_rows(int count, int? workers, int? batch, int expectedWorkers, int expectedBatch)
    {
        SyntheticRows rows = new(Number, count, 2);
        Assert.Equal((expectedWorkers, expectedBatch), Sizes(TrainingOracleTests.Train(rows, new() { Workers = workers, BatchSize = batch, Epochs = 1 })));
    }

    [Fact]
    public void An_elementwise_loss_of_many_classes_learns_each_against_the_rest()
    {
        SyntheticRows rows = new(Many, 300, 4);
        var result = TrainingOracleTests.Train(rows, TrainingOracleTests.FullBatch(rows) with { Loss = new Logistic(), Epochs = 2000, LearningRate = 0.05f, L2Regularization = 0.01f });
        for (int k = 0; k < 3; k++)
        {
            SyntheticRows one = new(Binary, 300, 4);
            Array.Copy(rows.Features, one.Features, rows.Features.Length);
            for (int i = 0; i < rows.Count; i++)
            {
                one.Labels[i] = rows.Labels[i] == k ? 1 : 0;
            }
            TrainingOracleTests.AssertClose([.. LinearOptimum.Of(one, 0.01).Select(value => (float)value)], [.. Enumerable.Range(0, 5).Select(j => result.Parameters[(j * 3) + k])], 3e-4);
        }
    }

    private static (int Workers, int BatchSize) Sizes(TrainingResult result) => (result.Summary.Workers, result.Summary.BatchSize);

    private static TrainingResult Run(TrainingTask task, TrainingData rows, SubspaceSgdOptions? options = null, TrainingData? validation = null, int outputs = 1) =>
        SubspaceSgdTraining.Run(task, rows, validation, outputs, options ?? new());

    private static NetworkSpec Fickle()
    {
        int calls = 0;
        return NetworkSpec.Of((inputs, outputs) => new Sequential(new Dense(inputs, 3 + calls++), new Dense(2 + calls, outputs)));
    }
}
