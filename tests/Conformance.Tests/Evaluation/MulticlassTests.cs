// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Evaluation;

public sealed class MulticlassTests
{
    private const double Tolerance = 1e-6;

    private const string RecordedTable
        = "\nConfusion table\n          ||========================\nPREDICTED ||     0 |     1 |     2 | Recall\nTRUTH     ||========================\n"
            + "        0 ||     1 |     1 |     0 | 0.5000\n        1 ||     0 |     1 |     0 | 1.0000\n        2 ||     0 |     1 |     1 | 0.5000\n"
            + "          ||========================\nPrecision ||1.0000 |0.3333 |1.0000 |\n";

    private static readonly MLContext Context = new(1);

    private static readonly ClassRow[] Recorded = [Row("a", .7f, .2f, .1f), Row("b", .1f, .6f, .3f), Row("c", .3f, .4f, .3f), Row("a", .2f, .5f, .3f), Row("c", .05f, .05f, .9f)];

    [Fact]
    public void All_metrics_are_as_recorded()
    {
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(View(Recorded), topKPredictionCount: 2);
        Assert.Equal(0.6, metrics.MicroAccuracy, Tolerance);
        Assert.Equal(0.6666666666666666, metrics.MacroAccuracy, Tolerance);
        Assert.Equal(0.7572543498538837, metrics.LogLoss, Tolerance);
        Assert.Equal(0.2821690466876826, metrics.LogLossReduction, Tolerance);
        Assert.Equal(0.6, metrics.TopKAccuracy, Tolerance);
        Assert.Equal([0.6, 0.6], metrics.TopKAccuracyForAllK);
        Assert.Equal([0.98306, 0.51083, 0.65467], metrics.PerClassLogLoss.Select(l => Math.Round(l, 5)));
        Assert.Equal(RecordedTable, metrics.ConfusionMatrix.GetFormattedConfusionTable().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Keys_out_of_range_are_missing_labels()
    {
        (uint Label, float[] Score)[] rows = [(1, [.7f, .2f, .1f]), (2, [.1f, .6f, .3f]), (3, [.3f, .4f, .3f]), (1, [.2f, .5f, .3f]), (3, [.05f, .05f, .9f])];
        IDataView data = Context.Data.LoadFromEnumerable(rows.Select(r => new NumberedClassRow { Label = r.Label, Score = r.Score, PredictedLabel = 1 }));
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(data, topKPredictionCount: 2);
        Assert.Equal((1.0 / 3, 0.25, 1), (metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.TopKAccuracy));
        Assert.Equal(1.1688526142274638, metrics.LogLoss, Tolerance);
        Assert.Equal(-0.8363340086502031, metrics.LogLossReduction, Tolerance);
        Assert.Equal([0, 1.15129, 1.20397], metrics.PerClassLogLoss.Select(l => Math.Round(l, 5)));
        Assert.Equal([[0, 0, 0], [1, 1, 0], [0, 1, 0]], metrics.ConfusionMatrix.Counts);
    }

    [Fact]
    public void Without_a_count_there_is_no_top_accuracy()
    {
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(View(Recorded));
        Assert.Equal((0, 0), (metrics.TopKPredictionCount, metrics.TopKAccuracy));
        Assert.Null(metrics.TopKAccuracyForAllK);
        Assert.Throws<IndexOutOfRangeException>(() => Context.MulticlassClassification.Evaluate(View(Recorded), topKPredictionCount: 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Context.MulticlassClassification.Evaluate(View(Recorded), topKPredictionCount: -1));
    }

    [Fact]
    public void A_class_absent_from_the_test_set_counts_for_no_mean()
    {
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(View(Recorded[..2]));
        Assert.Equal((1, 1), (metrics.MicroAccuracy, metrics.MacroAccuracy));
        Assert.Equal(0.3742306328813172, metrics.LogLossReduction, Tolerance);
        Assert.Equal(0, metrics.PerClassLogLoss[2]);
        Assert.Equal([1, 1, 0], metrics.ConfusionMatrix.PerClassRecall);
    }

    [Fact]
    public void A_label_that_no_score_is_for_counts_as_wrong_with_the_least_probability()
    {
        IDataView names = Names("a", "b", "c", "d", "e");
        IDataView data = Keyed(Context.Data.LoadFromEnumerable<ClassRow>([.. Recorded, new() { Class = "e", Predicted = "a", Score = [.8f, .1f, .1f] }]), names);
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(data);
        Assert.Equal(0.5, metrics.MicroAccuracy, Tolerance);
        Assert.Equal(0.6666666666666666, metrics.MacroAccuracy, Tolerance);
        Assert.Equal(6.387508023425435, metrics.LogLoss, 1e-5);
        Assert.Equal(3, metrics.ConfusionMatrix.NumberOfClasses);
    }

    [Fact]
    public void Rows_without_a_label_or_with_a_missing_score_do_not_count()
    {
        IDataView data = View([.. Recorded, Row(null, .1f, .1f, .8f), new ClassRow { Class = "a", Predicted = "a", Score = [.1f, float.NaN, .1f] }]);
        Assert.Equal(0.7572543498538837, Context.MulticlassClassification.Evaluate(data).LogLoss, Tolerance);
    }

    [Fact]
    public void The_first_of_equal_scores_wins()
    {
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(
            View(Row("a", .4f, .4f, .2f), Row("b", .4f, .4f, .2f), Row("c", .4f, .2f, .4f), Row("c", .33f, .33f, .33f)), topKPredictionCount: 2);
        Assert.Equal([0.25, 0.75], metrics.TopKAccuracyForAllK);
        Assert.Equal([[1, 0, 0], [1, 0, 0], [2, 0, 0]], metrics.ConfusionMatrix.Counts);
    }

    [Fact]
    public void Scores_above_one_count_as_certain()
        => Assert.Equal(0, Context.MulticlassClassification.Evaluate(View(Row("a", 7, 2, 1), Row("b", 1, 6, 3))).LogLoss, Tolerance);

    [Fact]
    public void Without_rows_all_is_zero_but_the_reduction()
    {
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(View());
        Assert.Equal((0, 0, 0, double.NaN), (metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.LogLoss, metrics.LogLossReduction));
    }

    [Fact]
    public void Slot_names_of_the_score_head_the_table_and_long_ones_are_numbered()
    {
        string Table(string first)
        {
            var definition = SchemaDefinition.Create(typeof(NumberedClassRow));
            definition["Score"].AddAnnotation(
                "SlotNames", new VBuffer<ReadOnlyMemory<char>>(3, [first.AsMemory(), "b".AsMemory(), "c".AsMemory()]), new VectorDataViewType(TextDataViewType.Instance, 3));
            IDataView data = Context.Data.LoadFromEnumerable<NumberedClassRow>([new() { Label = 0, Score = [.9f, .1f, 0] }], definition);
            return Context.MulticlassClassification.Evaluate(data).ConfusionMatrix.GetFormattedConfusionTable().ReplaceLineEndings("\n");
        }

        Assert.Contains("PREDICTED || first |     b |     c | Recall\n", Table("first"), StringComparison.Ordinal);
        Assert.Contains("PREDICTED ||     0 |     1 |     2 | Recall\n", Table("sixsix"), StringComparison.Ordinal);
        Assert.Contains("\n0. sixsix ||     1 |     0 |     0 | 1.0000\n1.      b ||", Table("sixsix"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", "Score", "PredictedLabel", "x column 'Label' not found (Parameter 'schema')")]
    [InlineData("Label", "x", "PredictedLabel", "x column 'Score' not found (Parameter 'schema')")]
    [InlineData("Label", "Score", "x", "x column 'PredictedLabel' not found (Parameter 'schema')")]
    [InlineData("Class", "Score", "PredictedLabel", "Schema mismatch for label column 'Class': expected Single or Key, got String (Parameter 'schema')")]
    [InlineData("Label", "Class", "PredictedLabel", "Schema mismatch for score column 'Class': expected vector of two or more items of type Single, got String (Parameter 'schema')")]
    public void Absent_and_wrong_columns_are_named(string label, string score, string predicted, string message)
        => Assert.Equal("ArgumentOutOfRangeException: " + message, Describe.Error(() => Context.MulticlassClassification.Evaluate(View(Recorded), label, score, predicted)));

    internal static ClassRow Row(string? name, params float[] score) => new() { Class = name, Predicted = "abc"[Array.IndexOf(score, score.Max())].ToString(), Score = score };

    private static IDataView View(params ClassRow[] rows) => Keyed(Context.Data.LoadFromEnumerable(rows), Names("a", "b", "c"));

    private static IDataView Names(params string[] names) => Context.Data.LoadFromEnumerable(names.Select(n => new ClassName { Name = n }));

    private static IDataView Keyed(IDataView data, IDataView labels)
        => Context.Transforms.Conversion.MapValueToKey("Label", "Class", keyData: labels)
            .Append(Context.Transforms.Conversion.MapValueToKey("PredictedLabel", "Predicted", keyData: Names("a", "b", "c"))).Fit(data).Transform(data);
}
