// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Layers;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd;

/// <summary>What the trainers refuse, and what they say.</summary>
public sealed class BadInputTests
{
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly MemoryDataView Good = Rows.Draw(60);

    [Fact]
    public void No_rows() => Refuse("no rows", () => Binary().Fit(Rows.Of([], _ => true)));

    [Fact]
    public void One_class()
    {
        Refuse("class", () => Binary().Fit(Rows.Of([[1, 2], [3, 4], [5, 6]], _ => true)));
        Refuse("class", () => Multiclass().Fit(Rows.Of([[1, 2], [3, 4], [5, 6]], _ => true, _ => 2)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Features_that_are_not_finite(float value)
    {
        var rows = Rows.Of([[1, 2], [3, 4], [5, value], [7, 8]], row => row % 2 == 0);

        foreach (var fit in new Action[] { () => Binary().Fit(rows), () => Multiclass().Fit(rows), () => Regression().Fit(rows) })
        {
            string message = Refuse("'Features'", fit);
            Assert.Contains("ow 2", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Labels_that_are_missing()
    {
        Assert.Contains("ow 1", Refuse("'Number'", () => Regression().Fit(Rows.Of([[1], [2], [3]], _ => true, number: row => row == 1 ? float.NaN : row))), StringComparison.Ordinal);
        Assert.Contains("ow 1", Refuse("'Class'", () => Multiclass().Fit(Rows.Of([[1], [2], [3]], _ => true, classOf: row => row == 1 ? 0u : 2u))), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_negative() =>
        Refuse("'Number'", () => Ml.BinaryClassification.Trainers.SubspaceSgd(exampleWeightColumnName: "Number").Fit(Rows.Of([[1], [2], [3]], row => row == 0, number: row => 1 - row)));

    [Fact]
    public void Features_that_are_all_zero() => Refuse("zero", () => Binary().Fit(Rows.Of([[0, 0], [0, 0], [0, 0]], row => row == 0)));

    [Fact]
    public void Features_without_a_known_length()
    {
        var rows = new MemoryDataView(3)
            .With("Features", new VectorDataViewType(NumberDataViewType.Single), (int _, ref VBuffer<float> value) => value = new VBuffer<float>(1, [1]))
            .With("Label", BooleanDataViewType.Instance, row => row == 0);

        Refuse("fixed length", () => Binary().Fit(rows));
    }

    [Fact]
    public void More_workers_than_rows() => Refuse("worker", () => Binary(new() { Workers = 61 }).Fit(Good));

    [Fact]
    public void Batches_larger_than_the_data() => Refuse("BatchSize", () => Binary(new() { BatchSize = 61 }).Fit(Good));

    [Fact]
    public void Small_data_with_the_defaults_is_no_error() => Assert.Equal(3, Binary().Fit(Rows.Of([[1], [2], [3]], row => row == 0)).Summary.Rows);

    [Fact]
    public void A_learning_rate_that_diverges_stops_with_the_last_good_weights()
    {
        var fitted = Ml.Regression.Trainers.SubspaceSgd(new SubspaceSgdOptions { LabelColumnName = "Number", LearningRate = 1e4f, Optimizer = new Networks.Optimizers.Sgd() }).Fit(Good);

        Assert.Equal(TrainingStop.Diverged, fitted.Summary.Stop);
        Assert.All(fitted.Weights!, weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void Validation_rows_of_another_length() => Refuse("features", () => Binary().Fit(Good, Rows.Draw(20, features: 4)));

    [Fact]
    public void Validation_rows_with_a_wrong_label() =>
        Refuse("'Label'", () => Binary().Fit(Good, Ml.Transforms.CopyColumns("Label", "Number").Fit(Good).Transform(Good)));

    [Fact]
    public void Validation_rows_of_other_classes()
    {
        var others = Ml.Transforms.Conversion.MapValueToKey("Class", "Label").Fit(Good).Transform(Good);

        Refuse("stand for 2 classes in the validation data and 3", () => Multiclass().Fit(Good, others));
    }

    [Fact]
    public void Early_stopping_without_validation_rows() => Refuse("validation", () => Binary(new() { EarlyStopping = new() }).Fit(Good));

    [Fact]
    public void Class_weights_that_do_not_fit_the_classes()
    {
        var options = new SubspaceSgdOptions { ClassWeights = [1, 2, 3, 4] };

        Refuse("4 weights; there are 2 classes", () => Binary(options));
        Refuse("4 weights; there are 3 classes", () => Multiclass(options).Fit(Good));
        Refuse("a regression has no classes", () => Regression(options));
    }

    [Fact]
    public void A_loss_that_does_not_fit_the_task()
    {
        var options = new SubspaceSgdOptions { Loss = new SoftmaxCrossEntropy() };

        Refuse("Use Logistic", () => Binary(options));
        Refuse("Use Squared", () => Regression(options));
    }

    [Fact]
    public void A_network_of_other_lengths()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Binary(new() { Network = NetworkSpec.Of((inputs, _) => new Dense(inputs, 7)) }).Fit(Good));

        Assert.Contains("5 values to 7; 5 to 1 are needed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_builder_that_gives_the_same_layer_again_is_refused()
    {
        ILayer? only = null;
        var spec = NetworkSpec.Of((inputs, outputs) => only ??= new Dense(inputs, outputs));

        var error = Assert.Throws<InvalidOperationException>(() => Binary(new() { Network = spec }).Fit(Good));

        Assert.Contains("new ones at each call", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_columns_of_one_name()
    {
        Refuse("'Score'", () => Binary(new() { ProbabilityColumnName = "Score" }));
        Refuse("'Score'", () => Multiclass(new() { PredictedLabelColumnName = "Score" }));
    }

    [Fact]
    public void Layers_that_can_not_be_exported_are_known_before_training()
    {
        var progress = new CancelAt(int.MaxValue, new CancellationTokenSource());

        Assert.Throws<NotSupportedException>(() => Regression(new() { Network = NetworkSpec.Of((_, _) => new Unexported()), Progress = progress }).Fit(Good));
        Assert.Equal(0, progress.Seen);
    }

    [Fact]
    public void Nothing()
    {
        Assert.Throws<ArgumentNullException>(() => Binary().Fit(null!));
        Assert.Throws<ArgumentNullException>(() => Ml.BinaryClassification.Trainers.SubspaceSgd(options: null!));
        Assert.Throws<ArgumentNullException>(() => Ml.MulticlassClassification.Trainers.SubspaceSgd(options: null!));
        Assert.Throws<ArgumentNullException>(() => Ml.Regression.Trainers.SubspaceSgd(options: null!));
    }

    [Fact]
    public void A_cancelled_training_ends()
    {
        using var source = new CancellationTokenSource();
        var progress = new CancelAt(2, source);

        Assert.Throws<OperationCanceledException>(() => Binary(new() { Epochs = 100_000, Progress = progress, CancellationToken = source.Token }).Fit(Good));
        Assert.Equal(2, progress.Seen);
    }

    private static string Refuse(string says, Action action)
    {
        string message = Assert.ThrowsAny<ArgumentException>(action).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        return message;
    }

    private static SubspaceSgdBinaryTrainer Binary(SubspaceSgdOptions? options = null) => Ml.BinaryClassification.Trainers.SubspaceSgd(options ?? new());

    private static SubspaceSgdMulticlassTrainer Multiclass(SubspaceSgdOptions? options = null) =>
        Ml.MulticlassClassification.Trainers.SubspaceSgd((options ?? new()) with { LabelColumnName = "Class" });

    private static SubspaceSgdRegressionTrainer Regression(SubspaceSgdOptions? options = null) =>
        Ml.Regression.Trainers.SubspaceSgd((options ?? new()) with { LabelColumnName = "Number" });

    // Its score is the first feature.
    private sealed class Unexported : ILayer
    {
        private readonly DenseMatrix _output = new(0, 1);

        public int Inputs => 5;

        public int Outputs => 1;

        public IReadOnlyList<ParameterTensor> Parameters => [new("unused", [1], Initialization.Zero)];

        public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
        {
            _output.Resize(input.Rows);
            for (int row = 0; row < input.Rows; row++)
            {
                _output[row, 0] = input.Row(row)[0];
            }
            return _output;
        }

        public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient) => null;

        public string Export(Onnx.OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters) => throw new NotSupportedException("This layer has no ONNX form.");
    }

    private sealed class CancelAt(int epoch, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public int Seen { get; private set; }

        public void Report(TrainingProgress value)
        {
            Seen = value.Epoch;
            if (value.Epoch == epoch)
            {
                source.Cancel();
            }
        }
    }
}
