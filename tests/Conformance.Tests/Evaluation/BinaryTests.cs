// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Evaluation;

public sealed class BinaryTests
{
    private const double Tolerance = 1e-6;
    private static readonly MLContext Context = new(1);

    private static readonly IDataView Recorded = View((true, 2f), (false, -1.5f), (true, -0.3f), (false, 0.4f), (true, 0.4f), (true, 3f), (false, -2f), (false, 0.1f));

    [Fact]
    public void All_metrics_are_as_recorded()
    {
        CalibratedBinaryClassificationMetrics metrics = Context.BinaryClassification.Evaluate(Recorded);
        Assert.Equal(0.625, metrics.Accuracy, Tolerance);
        Assert.Equal(0.84375, metrics.AreaUnderRocCurve, Tolerance);
        Assert.Equal(0.8354166666666666, metrics.AreaUnderPrecisionRecallCurve, Tolerance);
        Assert.Equal(0.6666666666666665, metrics.F1Score, Tolerance);
        Assert.Equal(0.6, metrics.PositivePrecision, Tolerance);
        Assert.Equal(0.75, metrics.PositiveRecall, Tolerance);
        Assert.Equal(0.6666666666666666, metrics.NegativePrecision, Tolerance);
        Assert.Equal(0.5, metrics.NegativeRecall, Tolerance);
        Assert.Equal(0.6363437450208734, metrics.LogLoss, Tolerance);
        Assert.Equal(0.36365625497912657, metrics.LogLossReduction, Tolerance);
        Assert.Equal(1, metrics.Entropy, Tolerance);
    }

    [Fact]
    public void The_confusion_table_is_as_recorded()
    {
        ConfusionMatrix confusion = Context.BinaryClassification.Evaluate(Recorded).ConfusionMatrix;
        Assert.Equal(
            "TEST POSITIVE RATIO:\t0.5000 (4.0/(4.0+4.0))\nConfusion table\n          ||======================\nPREDICTED || positive | negative | Recall\n"
                + "TRUTH     ||======================\n positive ||        3 |        1 | 0.7500\n negative ||        2 |        2 | 0.5000\n"
                + "          ||======================\nPrecision ||   0.6000 |   0.6667 |\n",
            confusion.GetFormattedConfusionTable().ReplaceLineEndings("\n"));
        Assert.Equal([[3, 1], [2, 2]], confusion.Counts);
        Assert.Equal(2, confusion.GetCountForClassPair(0, 1));
        Assert.Equal(2, confusion.NumberOfClasses);
        Assert.Throws<ArgumentOutOfRangeException>(() => confusion.GetCountForClassPair(2, 0));
    }

    [Fact]
    public void Without_probabilities_the_rest_is_the_same()
    {
        BinaryClassificationMetrics metrics = Context.BinaryClassification.EvaluateNonCalibrated(Recorded);
        Assert.Equal((0.625, 0.84375), (metrics.Accuracy, metrics.AreaUnderRocCurve));
    }

    [Fact]
    public void One_class_alone_has_no_area()
    {
        Assert.Equal("ArgumentOutOfRangeException: AUC is not defined when there is no positive class in the data (Parameter 'PosSample')", Describe.Error(() => Context.BinaryClassification.Evaluate(View())));
        Assert.Equal(
            "ArgumentOutOfRangeException: AUC is not defined when there is no negative class in the data (Parameter 'NegSample')",
            Describe.Error(() => Context.BinaryClassification.EvaluateNonCalibrated(View((true, 1f)))));
    }

    [Fact]
    public void Rows_whose_score_is_no_finite_number_do_not_count()
    {
        BinaryClassificationMetrics metrics = Context.BinaryClassification.EvaluateNonCalibrated(View((true, 1f), (false, -1f), (true, float.NaN), (false, 2f), (true, float.PositiveInfinity)));
        Assert.Equal([[1, 0], [1, 1]], metrics.ConfusionMatrix.Counts);
        Assert.Equal(0.5, metrics.AreaUnderRocCurve, Tolerance);
        Assert.Equal(0.25, metrics.AreaUnderPrecisionRecallCurve, Tolerance);
    }

    [Fact]
    public void Ties_count_half_and_a_score_of_zero_is_negative()
    {
        BinaryClassificationMetrics metrics = Context.BinaryClassification.EvaluateNonCalibrated(View((true, 1f), (false, 1f), (true, 1f), (false, 1f), (true, 0f), (false, 3f)));
        Assert.Equal(2.0 / 9, metrics.AreaUnderRocCurve, Tolerance);
        Assert.Equal(0.3722222222222222, metrics.AreaUnderPrecisionRecallCurve, Tolerance);
        Assert.Equal([[2, 1], [3, 0]], metrics.ConfusionMatrix.Counts);
    }

    [Fact]
    public void The_sign_of_the_score_decides_and_not_the_predicted_label()
    {
        IDataView data = Context.Data.LoadFromEnumerable<BinaryRow>([
            new() { Label = true, Score = -1, PredictedLabel = true }, new() { Score = -2, PredictedLabel = true }, new() { Score = 3 }]);
        Assert.Equal([[0, 1], [1, 1]], Context.BinaryClassification.EvaluateNonCalibrated(data).ConfusionMatrix.Counts);
    }

    [Fact]
    public void Certain_and_wrong_is_an_infinite_loss()
    {
        IDataView data = Context.Data.LoadFromEnumerable<BinaryRow>([new() { Label = true, Score = 1, Probability = 0 }, new() { Score = -1, Probability = 1 }]);
        CalibratedBinaryClassificationMetrics metrics = Context.BinaryClassification.Evaluate(data);
        Assert.Equal((1, double.PositiveInfinity, double.NegativeInfinity), (metrics.Accuracy, metrics.LogLoss, metrics.LogLossReduction));
    }

    [Fact]
    public void Labels_may_be_numbers_of_which_the_missing_do_not_count()
    {
        IDataView data = Context.Data.LoadFromEnumerable<BinaryRow>([
            new() { Number = 1, Score = 1 }, new() { Number = 0, Score = -1 }, new() { Number = float.NaN, Score = -1 }, new() { Number = -1, Score = .5f }, new() { Number = 2, Score = .5f }]);
        BinaryClassificationMetrics metrics = Context.BinaryClassification.EvaluateNonCalibrated(data, "Number");
        Assert.Equal([[2, 0], [1, 1]], metrics.ConfusionMatrix.Counts);
        Assert.Equal(0.875, metrics.AreaUnderRocCurve, Tolerance);
    }

    [Theory]
    [InlineData("x", "Score", "Probability", "PredictedLabel", "x column 'Label' not found (Parameter 'schema')")]
    [InlineData("Label", "x", "Probability", "PredictedLabel", "x column 'Score' not found (Parameter 'schema')")]
    [InlineData("Label", "Score", "x", "PredictedLabel", "x column 'Probability' not found (Parameter 'schema')")]
    [InlineData("Label", "Score", "Probability", "x", "x column 'PredictedLabel' not found (Parameter 'schema')")]
    [InlineData("Text", "Score", "Probability", "PredictedLabel", "Schema mismatch for label column 'Text': expected Single, Double, Boolean, or a Key with cardinality 2, got String (Parameter 'schema')")]
    [InlineData("Key", "Score", "Probability", "PredictedLabel", "Schema mismatch for label column 'Key': expected Single, Double, Boolean, or a Key with cardinality 2, got Key<UInt32, 0-2> (Parameter 'schema')")]
    [InlineData("Label", "Text", "Probability", "PredictedLabel", "Schema mismatch for score column 'Text': expected Single, got String (Parameter 'schema')")]
    [InlineData("Label", "Score", "Text", "PredictedLabel", "Schema mismatch for probability column 'Text': expected Single, got String (Parameter 'schema')")]
    public void Absent_and_wrong_columns_are_named(string label, string score, string probability, string predicted, string message)
        => Assert.Equal("ArgumentOutOfRangeException: " + message, Describe.Error(() => Context.BinaryClassification.Evaluate(Recorded, label, score, probability, predicted)));

    private static IDataView View(params (bool Label, float Score)[] rows) => Context.Data.LoadFromEnumerable(rows.Select(r => BinaryRow.Of(r.Label, r.Score)));
}
