// SPDX-License-Identifier: MIT
using MathNet.Numerics;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd;

/// <summary>What users read from a fitted model, and what they make of it.</summary>
public sealed class FittedModelTests : IDisposable
{
    private static readonly MemoryDataView Data = Rows.Draw(300);
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_and_bias_give_the_scores_of_two_classes()
    {
        var fitted = _ml.BinaryClassification.Trainers.SubspaceSgd().Fit(Data);

        var scored = fitted.Transform(Data);

        Assert.Equal(5, fitted.Weights!.Count);
        AreNear(Scores(Data, fitted.Weights, fitted.Bias!.Value), scored.Column<float>("Score"), 1e-4);
        AreNear(scored.Column<float>("Score").Select(score => 1 / (1 + Math.Exp(-score))), scored.Column<float>("Probability"), 1e-5);
        Assert.Equal(scored.Column<float>("Score").Select(score => score > 0), scored.Column<bool>("PredictedLabel"));
        Assert.True(_ml.BinaryClassification.Evaluate(scored).AreaUnderRocCurve > 0.97);
    }

    [Fact]
    public void Weights_and_bias_give_the_numbers_of_a_regression()
    {
        var fitted = _ml.Regression.Trainers.SubspaceSgd(labelColumnName: "Number").Fit(Data);

        var scored = fitted.Transform(Data);

        AreNear(Scores(Data, fitted.Weights!, fitted.Bias!.Value), scored.Column<float>("Score"), 1e-4);
        Assert.Equal(300, fitted.Summary.Rows);
        double fit = _ml.Regression.Evaluate(scored, "Number").RSquared;
        Assert.True(fit > 0.99, $"{fit}");
        Assert.Equal(TrainingStop.Completed, fitted.Summary.Stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_of_any_unit_are_predicted_in_that_unit(bool deep)
    {
        float[] numbers = Data.Column<float>("Number");
        var prices = Rows.Of([.. Data.Column<float[]>("Features")], _ => true, number: row => 200_000 + (50_000 * numbers[row]));
        var trainer = _ml.Regression.Trainers.SubspaceSgd(new SubspaceSgdOptions { LabelColumnName = "Number", Network = deep ? NetworkSpec.Mlp(16) : null, BatchSize = 32, LearningRate = 0.02f });

        float[] plain = trainer.Fit(Data).Transform(Data).Column<float>("Score");
        var scored = trainer.Fit(prices).Transform(prices);

        Assert.True(_ml.Regression.Evaluate(scored, "Number").RSquared > 0.95);
        AreNear(plain.Select(score => 4 + (double)score), [.. scored.Column<float>("Score").Select(price => price / 50_000)], 1e-3);
    }

    [Fact]
    public void Weights_and_biases_give_the_probabilities_of_many_classes()
    {
        var fitted = _ml.MulticlassClassification.Trainers.SubspaceSgd(labelColumnName: "Class").Fit(Data);

        float[][] scores = fitted.Transform(Data).Column<float[]>("Score");

        double[][] logits = [.. fitted.Weights!.Zip(fitted.Biases!, (weights, bias) => Scores(Data, weights, bias).ToArray())];
        Assert.Equal(3, fitted.Weights!.Count);
        for (int row = 0; row < scores.Length; row++)
        {
            double[] powers = [.. logits.Select(logit => Math.Exp(logit[row]))];
            AreNear(powers.Select(power => power / powers.Sum()), scores[row], 1e-5);
        }
    }

    [Fact]
    public void Rows_that_are_too_many_to_keep_are_streamed_and_train_as_well()
    {
        var options = new SubspaceSgdOptions { LabelColumnName = "Number", MaxCacheBytes = 2_000 };

        var fitted = _ml.Regression.Trainers.SubspaceSgd(options).Fit(Data);

        Assert.True(_ml.Regression.Evaluate(fitted.Transform(Data), "Number").RSquared > 0.98);
        Assert.Equal(300, fitted.Summary.Rows);
        Assert.Equal(fitted.Weights, _ml.Regression.Trainers.SubspaceSgd(options with { Threads = 1 }).Fit(Data).Weights);
    }

    [Fact]
    public void Each_class_against_the_rest_gives_probabilities_that_add_up()
    {
        var fitted = _ml.MulticlassClassification.Trainers.SubspaceSgd(new SubspaceSgdOptions { LabelColumnName = "Class", Loss = new Logistic() }).Fit(Data);

        var scored = fitted.Transform(Data);

        Assert.All(scored.Column<float[]>("Score"), scores => Assert.Equal(1, scores.Sum(), 1e-5));
        Assert.True(_ml.MulticlassClassification.Evaluate(scored, "Class").MicroAccuracy > 0.6);
    }

    [Fact]
    public void Networks_have_no_weights_to_read()
    {
        Assert.Null(_ml.BinaryClassification.Trainers.SubspaceSgd(network: NetworkSpec.Mlp(4)).Fit(Data).Weights);
        Assert.Null(_ml.MulticlassClassification.Trainers.SubspaceSgd("Class", network: NetworkSpec.Mlp(4)).Fit(Data).Biases);
        Assert.Null(_ml.Regression.Trainers.SubspaceSgd("Number", network: NetworkSpec.Mlp(4)).Fit(Data).Bias);
    }

    [Fact]
    public void A_moved_threshold_is_saved_with_the_model()
    {
        var moved = _ml.BinaryClassification.Trainers.SubspaceSgd().Fit(Data).WithThreshold(0.2f);
        using var stream = new MemoryStream();
        _ml.Model.Save(moved, Data.Schema, stream);
        stream.Position = 0;

        var scored = new MLContext().Model.Load(stream, out _).Transform(Data);

        Assert.Equal(0.2f, moved.Threshold);
        Assert.Equal(scored.Column<float>("Score").Select(score => score > 0.2f), scored.Column<bool>("PredictedLabel"));
        Assert.Contains(true, scored.Column<bool>("PredictedLabel"));
        Assert.Contains(scored.Column<float>("Score"), score => score is > 0 and < 0.2f);
    }

    [Fact]
    public void Scores_of_another_loss_are_calibrated()
    {
        var fitted = _ml.BinaryClassification.Trainers.SubspaceSgd(new SubspaceSgdOptions { Loss = new SmoothedHinge() }).Fit(Data);

        var scored = fitted.Transform(Data);
        var metrics = _ml.BinaryClassification.Evaluate(scored);

        // The log-odds are a straight line of the scores, and not the scores themselves.
        var middle = scored.Column<float>("Score").Zip(scored.Column<float>("Probability")).Where(row => row.Second is > 0.01f and < 0.99f).ToArray();
        var (offset, slope) = Fit.Line([.. middle.Select(row => (double)row.First)], [.. middle.Select(row => Math.Log(row.Second / (1 - (double)row.Second)))]);
        AreNear(middle.Select(row => 1 / (1 + Math.Exp(-(offset + (slope * row.First))))), [.. middle.Select(row => row.Second)], 1e-4);
        Assert.True(Math.Abs(slope - 1) > 0.2, $"the slope is {slope}");
        // Calibrated on these rows: the mean probability is the share of positives but for the smoothing of two rows.
        Assert.Equal(Data.Column<bool>("Label").Average(label => label ? 1 : 0), scored.Column<float>("Probability").Average(), 5e-3);
        Assert.True(metrics.LogLoss < 0.5, $"{metrics.LogLoss} bits");
    }

    [Theory]
    [InlineData(typeof(Logistic))]
    [InlineData(typeof(Hinge))]
    [InlineData(typeof(SmoothedHinge))]
    [InlineData(typeof(Squared))]
    [InlineData(typeof(Huber))]
    public void Labels_are_predicted_with_every_loss(Type loss)
    {
        var rows = Rows.Draw(1000);

        var fitted = _ml.BinaryClassification.Trainers.SubspaceSgd(new SubspaceSgdOptions { Loss = (ILoss)Activator.CreateInstance(loss)! }).Fit(rows);

        var scored = fitted.Transform(rows);
        var metrics = _ml.BinaryClassification.Evaluate(scored);
        Assert.True(metrics.Accuracy > 0.93, $"{metrics.Accuracy}");
        Assert.True(metrics.LogLoss < 0.3, $"{metrics.LogLoss} bits");
        Assert.Equal(scored.Column<float>("Score").Select(score => score > 0), scored.Column<bool>("PredictedLabel"));
        AreNear(Scores(rows, fitted.Weights!, fitted.Bias!.Value), scored.Column<float>("Score"), 1e-3);
    }

    [Fact]
    public void Calibration_uses_the_rows_that_were_held_out()
    {
        // One in ten of the rows that are held out is positive, and every other one of those that are trained on.
        var options = new SubspaceSgdOptions { Loss = new SmoothedHinge(), ValidationFraction = 0.3 };
        var assignment = new RowAssignment(1, 0, 1, 0.3, 1);
        bool[] held = [.. Enumerable.Range(0, 300).Select(row => assignment.WorkerOf(row) < 0)];
        var rows = Rows.Of([.. Data.Column<float[]>("Features")], row => held[row] ? row % 10 == 0 : row % 2 == 0);

        float[] probabilities = _ml.BinaryClassification.Trainers.SubspaceSgd(options).Fit(rows).Transform(rows).Column<float>("Probability");

        double expected = Enumerable.Range(0, 300).Where(row => held[row]).Average(row => row % 10 == 0 ? 1.0 : 0);
        Assert.Equal(expected, probabilities.Where((_, row) => held[row]).Average(), 0.02);
    }

    [Fact]
    public void Validation_rows_of_one_class_leave_calibration_to_the_rows_trained_on()
    {
        var options = new SubspaceSgdOptions { Loss = new SmoothedHinge(), RestoreBest = false };
        var positives = Rows.Of([.. Data.Column<float[]>("Features")], _ => true);

        var fitted = _ml.BinaryClassification.Trainers.SubspaceSgd(options).Fit(Data, positives);

        Assert.Equal(
            _ml.BinaryClassification.Trainers.SubspaceSgd(options).Fit(Data).Transform(Data).Column<float>("Probability"),
            fitted.Transform(Data).Column<float>("Probability"));
    }

    [Fact]
    public void Calibration_uses_the_validation_rows_where_there_are_some()
    {
        var options = new SubspaceSgdOptions { Loss = new SmoothedHinge(), RestoreBest = false };
        var validation = Rows.Draw(200, seed: 9);
        var flipped = Rows.Of([.. validation.Column<float[]>("Features")], row => row % 5 == 0);

        var fitted = _ml.BinaryClassification.Trainers.SubspaceSgd(options).Fit(Data, flipped);

        Assert.Equal(0.2, fitted.Transform(flipped).Column<float>("Probability").Average(), 1e-2);
        Assert.Equal(200, fitted.Summary.ValidationRows);
    }

    [Fact]
    public void The_exported_model_takes_raw_features_with_its_normaliser_folded_in()
    {
        var normalizer = _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Fit(Data);
        var normalized = normalizer.Transform(Data);
        var fitted = _ml.BinaryClassification.Trainers.SubspaceSgd().Fit(normalized);
        string path = _folder.File("model.onnx");

        fitted.ExportOnnx(path, new OnnxExportOptions { FoldedNormalizers = [AffineNormalizer.From("Features", normalizer)] });

        using var session = OnnxSession.Open(path);
        Assert.Equal(["features"], session.Inputs.Select(input => input.Name));
        Assert.Equal(["score", "probability", "predicted_label"], session.Outputs.Select(output => output.Name));
        var features = (TensorBuffer<float>)TensorBuffer.Create("features", TensorElementType.Float, [5], 300, batched: true);
        foreach (var (row, values) in Data.Column<float[]>("Features").Index())
        {
            values.CopyTo(features.Row(row));
        }
        var score = (TensorBuffer<float>)session.RunOnce([features], ["score"], 300)[0];
        AreNear(fitted.Transform(normalized).Column<float>("Score").Select(value => (double)value), score.Elements[..300].ToArray(), 1e-4);
    }

    private static IEnumerable<double> Scores(IDataView rows, IReadOnlyList<float> weights, float bias) =>
        rows.Column<float[]>("Features").Select(row => row.Zip(weights, (x, w) => (double)x * w).Sum() + bias);

    private static void AreNear(IEnumerable<double> expected, float[] actual, double tolerance)
    {
        foreach (var (first, second) in expected.Zip(actual))
        {
            Assert.Equal(first, second, tolerance);
        }
    }
}
