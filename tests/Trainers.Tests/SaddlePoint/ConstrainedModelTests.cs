// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>The fitted model within ML.NET: its evaluator agrees, groups of every type serve, and real data take few passes.</summary>
public sealed class ConstrainedModelTests
{
    private static readonly MLContext Ml = new(seed: 1);

    [Fact]
    public void The_evaluator_finds_the_recall_that_the_summary_says()
    {
        var rows = Rows.Draw(800);

        using var fitted = Ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new() { Constraints = [Constraint.MinRecall(0.98)] }).Fit(rows);
        var metrics = Ml.BinaryClassification.Evaluate(fitted.Transform(rows));

        Assert.Equal(fitted.Summary.Constraints[0].Achieved, metrics.PositiveRecall, 1e-9);
        Assert.InRange(metrics.PositiveRecall, 0.98, 0.99);
        Assert.InRange(metrics.LogLoss, 0, 0.6);
    }

    [Fact]
    public void The_short_form_takes_constraints()
    {
        using var fitted = Ml.BinaryClassification.Trainers.ConstrainedLogisticRegression("Label", "Features", null, Constraint.MaxFalsePositiveRate(0.01)).Fit(Rows.Draw(400));

        Assert.InRange(fitted.Summary.Constraints[0].Achieved, 0, 0.01);
        Assert.Equal(0, fitted.Threshold);
        Assert.Equal(1.5f, fitted.WithThreshold(1.5f).Threshold);
    }

    [Fact]
    public void Groups_are_keys_text_or_booleans()
    {
        var rows = Rows.Draw(400)
            .With("Text", TextDataViewType.Instance, row => (row % 3 == 0 ? "True" : "False").AsMemory())
            .With("Flag", BooleanDataViewType.Instance, row => row % 3 == 0);
        var keyed = Ml.Transforms.Conversion.MapValueToKey("Key", "Text", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(rows).Transform(rows);

        var models = new[] { "Text", "Flag", "Key" }.Select(column => Ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(
            new ConstrainedLogisticRegressionOptions { GroupColumnName = column, Constraints = [Constraint.MinRecall(0.97, "True"), Constraint.EqualOpportunity(0.1)] }).Fit(keyed).Model).ToArray();

        Assert.All(models, model => Assert.Equal(["False", "True"], model.Summary.Groups.Select(group => group.Name)));
        Assert.All(models, model => Assert.Equal(models[0].Weights, model.Weights));
        Assert.InRange(models[0].Summary.Groups[1].Recall, 0.97, 1);
    }

    [Fact]
    public void Held_out_views_are_measured()
    {
        using var fitted = Ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new() { Constraints = [Constraint.MinRecall(0.95)] }).Fit(Rows.Draw(400), Rows.Draw(300, seed: 2));
        var metrics = Ml.BinaryClassification.Evaluate(fitted.Transform(Rows.Draw(300, seed: 2)));

        Assert.Equal(300, fitted.Summary.HeldOutRows);
        Assert.Equal(metrics.PositiveRecall, fitted.Summary.Constraints[0].HeldOut, 1e-9);
    }

    [Fact]
    public void Held_out_rows_may_have_groups_that_training_did_not_see()
    {
        var trainer = Ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new ConstrainedLogisticRegressionOptions { GroupColumnName = "Text", Constraints = [Constraint.DemographicParity(0.1)] });

        using var fitted = trainer.Fit(WithText(Rows.Draw(400), row => row % 2 == 0 ? "a" : "c"), WithText(Rows.Draw(300, seed: 2), row => row % 3 == 0 ? "b" : row % 3 == 1 ? "c" : "a"));
        using var alike = trainer.Fit(WithText(Rows.Draw(400), row => row % 2 == 0 ? "a" : "c"), WithText(Rows.Draw(300, seed: 2), row => row % 3 == 0 ? "z" : row % 3 == 1 ? "c" : "a"));

        Assert.Equal(["a", "c"], fitted.Summary.Groups.Select(group => group.Name));
        Assert.InRange(fitted.Summary.Constraints[0].HeldOut, 0, 0.5);
        Assert.Equal(fitted.Summary.Constraints[0].HeldOut, alike.Summary.Constraints[0].HeldOut);

        static MemoryDataView WithText(MemoryDataView rows, Func<int, string> text) => rows.With("Text", TextDataViewType.Instance, row => text(row).AsMemory());
    }

    [Fact]
    public void Progress_tells_the_rates()
    {
        List<ConstrainedProgress> seen = [];

        using var fitted = Ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new() { Constraints = [Constraint.MinRecall(0.95)], Progress = new Told(seen) }).Fit(Rows.Draw(400));

        Assert.Equal(fitted.Summary.Solves, seen[^1].Solve);
        Assert.Equal(fitted.Summary.Passes, seen[^1].Passes);
        Assert.Equal(fitted.Summary.Constraints[0].Achieved, seen[^1].Achieved[0], 1e-9);
    }

    [RealDataFact]
    public void Adults_are_found_as_asked_in_few_passes()
    {
        var rows = A9a.Load("a9a");

        using var fitted = Ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new() { Constraints = [Constraint.MinRecall(0.95)] }).Fit(rows);
        var metrics = Ml.BinaryClassification.Evaluate(fitted.Transform(rows));

        Assert.InRange(metrics.PositiveRecall, 0.95, 0.952);
        Assert.InRange(fitted.Summary.Passes, 1, 600);
        Assert.True(fitted.Summary.Constraints[0].Surrogates[0].Multiplier > 0);
        Assert.Equal(SaddleStatus.Converged, fitted.Summary.Status);
    }

    private sealed class Told(List<ConstrainedProgress> seen) : IProgress<ConstrainedProgress>
    {
        public void Report(ConstrainedProgress value) => seen.Add(value);
    }
}
