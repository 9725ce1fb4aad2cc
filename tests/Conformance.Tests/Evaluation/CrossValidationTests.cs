// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Evaluation;

public sealed class CrossValidationTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Binary = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => BinaryRow.Of(i % 2 == 0, (i % 7) - 3f)));
    private static readonly IDataView Numbers = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new NumberRow { Label = i, Score = i + .5f }));
    private static readonly IEstimator<ITransformer> Copy = Context.Transforms.CopyColumns("X", "Score");

    [Fact]
    public void Each_row_is_held_out_once()
    {
        var folds = Context.Regression.CrossValidate(Numbers, Copy, 4);
        Assert.Equal([0, 1, 2, 3], folds.Select(f => f.Fold));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (float)i), folds.SelectMany(f => f.ScoredHoldOutSet.GetColumn<float>("Label")).Order());
        Assert.All(folds, f => Assert.Equal(0.5, f.Metrics.MeanAbsoluteError, 1e-6));
        Assert.All(folds, f => Assert.Contains(f.ScoredHoldOutSet.Schema, c => c.Name == "X"));
        Assert.All(folds, f => Assert.Equal("ColumnCopyingTransformer", f.Model.GetType().Name));
    }

    [Fact]
    public void A_seed_repeats_the_folds()
    {
        static string Accuracies() => string.Join(' ', new MLContext().BinaryClassification.CrossValidateNonCalibrated(Binary, Copy, 3, seed: 4).Select(f => f.Metrics.Accuracy));
        Assert.Equal(Accuracies(), Accuracies());
    }

    [Fact]
    public void Calibrated_metrics_come_from_the_calibrated_form()
        => Assert.All(Context.BinaryClassification.CrossValidate(Binary, Copy, 3), f => Assert.True(f.Metrics.LogLoss > 0 && f.Metrics.ConfusionMatrix.NumberOfClasses == 2));

    [Fact]
    public void Several_classes_are_validated()
    {
        IDataView data = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 90).Select(i => MulticlassTests.Row("abc"[i % 3].ToString(), .5f, .3f, .2f)));
        var pipeline = Context.Transforms.Conversion.MapValueToKey("Label", "Class").Append(Context.Transforms.Conversion.MapValueToKey("PredictedLabel", "Predicted"));
        Assert.All(Context.MulticlassClassification.CrossValidate(data, pipeline, 2), f => Assert.InRange(f.Metrics.MicroAccuracy, 0.05, 0.7));
    }

    [Fact]
    public void What_cannot_be_validated_is_refused()
    {
        Assert.Equal("ArgumentOutOfRangeException: Must be more than 1 (Parameter 'numFolds')", Describe.Error(() => Context.Regression.CrossValidate(Numbers, Copy, 1)));
        Assert.Equal("ArgumentOutOfRangeException: zz column 'Label' not found (Parameter 'schema')", Describe.Error(() => Context.Regression.CrossValidate(Numbers, Copy, 2, "zz")));
        Assert.Equal(
            "ArgumentOutOfRangeException: Could not find SamplingKeyColumn column 'zz' (Parameter 'samplingKeyColumn')",
            Describe.Error(() => Context.Regression.CrossValidate(Numbers, Copy, 2, samplingKeyColumnName: "zz")));
        Assert.Throws<ArgumentNullException>(() => Context.Regression.CrossValidate(Numbers, null, 2));
    }
}
