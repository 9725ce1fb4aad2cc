// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Auc;

/// <summary>What users read from a fitted model, and what they make of it.</summary>
public sealed class AucSaddleModelTests
{
    private static readonly Dictionary<string, object?> Defaults = new()
    {
        [nameof(AucSaddleOptions.FeatureColumnName)] = "Features",
        [nameof(AucSaddleOptions.LabelColumnName)] = "Label",
        [nameof(AucSaddleOptions.ExampleWeightColumnName)] = null,
        [nameof(AucSaddleOptions.ScoreColumnName)] = "Score",
        [nameof(AucSaddleOptions.ProbabilityColumnName)] = "Probability",
        [nameof(AucSaddleOptions.PredictedLabelColumnName)] = "PredictedLabel",
        [nameof(AucSaddleOptions.L2Regularization)] = 1e-4,
        [nameof(AucSaddleOptions.Tolerance)] = 1e-8,
        [nameof(AucSaddleOptions.MaxPasses)] = 2_000,
        [nameof(AucSaddleOptions.Memory)] = 5,
        [nameof(AucSaddleOptions.ValidationFraction)] = 0.0,
        [nameof(AucSaddleOptions.Threads)] = 0,
        [nameof(AucSaddleOptions.Seed)] = 1,
        [nameof(AucSaddleOptions.Scoring)] = new OnnxScoringOptions(),
        [nameof(AucSaddleOptions.Progress)] = null,
        [nameof(AucSaddleOptions.CancellationToken)] = CancellationToken.None,
    };

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Defaults_are_those_that_the_documentation_states()
    {
        AucSaddleOptions options = new();

        foreach (var property in typeof(AucSaddleOptions).GetProperties())
        {
            Assert.Equal(Defaults[property.Name]?.ToString(), property.GetValue(options)?.ToString());
        }
    }

    [Fact]
    public void Weights_and_bias_give_scores_probabilities_and_labels()
    {
        var data = Rows.Draw(300);
        using var fitted = _ml.BinaryClassification.Trainers.AucSaddle().Fit(data);

        var scored = fitted.Transform(data);

        float[][] points = data.Column<float[]>("Features");
        float[] scores = scored.Column<float>("Score");
        for (int row = 0; row < 300; row++)
        {
            Assert.Equal(points[row].Select((x, j) => x * fitted.Weights[j]).Sum() + fitted.Bias, scores[row], 1e-4f);
        }
        Assert.Equal(scores.Select(score => 1 / (1 + MathF.Exp(-score))), scored.Column<float>("Probability"), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(scores.Select(score => score > 0), scored.Column<bool>("PredictedLabel"));
        Assert.Equal(_ml.BinaryClassification.Evaluate(scored).AreaUnderRocCurve, fitted.Summary.AreaUnderRocCurve, 1e-9);
        Assert.Equal((300, 0, SaddleStatus.Converged), (fitted.Summary.Rows, fitted.Summary.ValidationRows, fitted.Summary.Status));
        Assert.Equal(double.NaN, fitted.Summary.ValidationAreaUnderRocCurve);
    }

    [Fact]
    public void Another_threshold_moves_labels_only()
    {
        var data = Rows.Draw(300);
        using var fitted = _ml.BinaryClassification.Trainers.AucSaddle().Fit(data);
        using var moved = fitted.WithThreshold(1.5f);

        var scored = moved.Transform(data);

        Assert.Equal((0f, 1.5f), (fitted.Threshold, moved.Threshold));
        Assert.Equal(fitted.Transform(data).Column<float>("Score"), scored.Column<float>("Score"));
        Assert.Equal(scored.Column<float>("Score").Select(score => score > 1.5f), scored.Column<bool>("PredictedLabel"));
    }

    [Fact]
    public void An_exported_model_runs()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "auc.onnx");
        using var fitted = _ml.BinaryClassification.Trainers.AucSaddle().Fit(Rows.Draw(300));

        fitted.ExportOnnx(path);

        using var session = OnnxSession.Open(path);
        Assert.Equal(["features"], session.Inputs.Select(input => input.Name));
        Assert.Equal(["score", "probability", "predicted_label"], session.Outputs.Select(output => output.Name));
    }

    // Logistic regressions reach 0.902: the squared loss of pairs, which this minimises, ranks these rows slightly worse.
    [RealDataFact]
    public void Defaults_rank_a9a_nearly_as_logistic_regressions()
    {
        using var fitted = _ml.BinaryClassification.Trainers.AucSaddle().Fit(A9a.Load("a9a"));

        double area = _ml.BinaryClassification.Evaluate(fitted.Transform(A9a.Load("a9a.t"))).AreaUnderRocCurve;

        Assert.True(area >= 0.8985, $"{area}");
        Assert.Equal(SaddleStatus.Converged, fitted.Summary.Status);
    }
}
