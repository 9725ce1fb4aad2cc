// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.Predictions;

namespace MLNetExtensions.Trainers.Tests.Predictions;

public sealed class PredictionGraphTests
{
    private static readonly float[][] Points = [.. Enumerable.Range(0, 40).Select(row => Enumerable.Range(0, 3).Select(i => MathF.Sin((7 * row) + (3 * i))).ToArray())];

    [Fact]
    public void A_linear_model_for_two_classes_scores_as_its_formula_says()
    {
        var linear = new LinearScore(3, 1, [2, -1, 0.5f, 0.25f]);
        var predictor = new BinaryPredictor(linear, new ScoreCalibration(1.5f, -0.5f), 0.75f, PredictionColumns.Binary("Features", "s", "p", "y"), Data.Schema, new());

        var rows = Snapshot.Of(predictor.Model.Transform(Data), ["s", "p", "y"]);

        Assert.Equal([2, -1, 0.5f], linear.WeightsOf(0));
        Assert.Equal(0.25f, linear.BiasOf(0));
        Assert.Contains(rows, row => (bool)row.Values["y"]);
        Assert.Contains(rows, row => !(bool)row.Values["y"] && (float)row.Values["s"] > 0);
        foreach (var (row, x) in rows.Zip(Points))
        {
            double score = (2 * x[0]) - x[1] + (0.5 * x[2]) + 0.25;
            Assert.Equal(score, (float)row.Values["s"], 1e-5);
            Assert.Equal(1 / (1 + Math.Exp(-((1.5 * score) - 0.5))), (float)row.Values["p"], 1e-5);
            Assert.Equal((float)row.Values["s"] > 0.75f, row.Values["y"]);
        }
    }

    [Fact]
    public void Another_threshold_changes_labels_alone()
    {
        var predictor = new BinaryPredictor(new LinearScore(3, 1, [2, -1, 0.5f, 0.25f]), ScoreCalibration.LogOdds, 0, PredictionColumns.Binary("Features", "s", "p", "y"), Data.Schema, new());
        var moved = predictor.WithThreshold(0.5f);

        var before = Snapshot.Of(predictor.Model.Transform(Data), ["s", "p", "y"]);
        var after = Snapshot.Of(moved.Model.Transform(Data), ["s", "p", "y"]);

        Assert.Equal(0, predictor.Threshold);
        Assert.Equal(0.5f, moved.Threshold);
        Assert.Equal(before.Select(row => (row.Values["s"], row.Values["p"])), after.Select(row => (row.Values["s"], row.Values["p"])));
        Assert.Equal(before.Select(row => (float)row.Values["s"] > 0.5f), after.Select(row => (bool)row.Values["y"]));
        Assert.NotEqual(before.Select(row => row.Values["y"]), after.Select(row => row.Values["y"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.WithThreshold(float.NaN));
        Assert.DoesNotContain(true, Snapshot.Of(predictor.WithThreshold(float.PositiveInfinity).Model.Transform(Data), ["y"]).Select(row => (bool)row.Values["y"]));
    }

    [Theory]
    [InlineData(nameof(ClassLink.None))]
    [InlineData(nameof(ClassLink.Softmax))]
    [InlineData(nameof(ClassLink.OneVersusRest))]
    public void Many_classes_score_as_their_formulas_say(string link)
    {
        var linear = new LinearScore(3, 2, [1, 2, 3, 4, 5, 6, 0.1f, -0.1f]);
        var columns = PredictionColumns.Multiclass("Features", "s", "y", ClassValues.Of("no", "yes"));
        var model = new OnnxModelTransformer(PredictionGraph.Multiclass(linear, Enum.Parse<ClassLink>(link)), columns, Data.Schema);

        var rows = Snapshot.Of(model.Transform(Data), ["s", "y"]);

        Assert.Equal([2, 4, 6], linear.WeightsOf(1));
        Assert.Equal(-0.1f, linear.BiasOf(1));
        Assert.Equal(2, rows.Select(row => row.Values["y"]).Distinct().Count());
        foreach (var (row, x) in rows.Zip(Points))
        {
            double a = x[0] + (3 * x[1]) + (5 * x[2]) + 0.1, b = (2 * x[0]) + (4 * x[1]) + (6 * x[2]) - 0.1;
            double[] expected = link switch
            {
                nameof(ClassLink.Softmax) => Normal(Math.Exp(a), Math.Exp(b)),
                nameof(ClassLink.OneVersusRest) => Normal(1 / (1 + Math.Exp(-a)), 1 / (1 + Math.Exp(-b))),
                _ => [a, b],
            };
            float[] scores = (float[])row.Values["s"];
            Assert.Equal(expected[0], scores[0], 1e-5);
            Assert.Equal(expected[1], scores[1], 1e-5);
            Assert.Equal(a > b ? 1u : 2u, row.Values["y"]);
        }
    }

    [Fact]
    public void Probabilities_of_extreme_scores_are_exact()
    {
        float[] scores = [0, 20, -20, 80, -80, 200, -200, float.NaN];
        var rows = Column(scores);
        var binary = new BinaryPredictor(new LinearScore(1, 1, [1, 0]), ScoreCalibration.LogOdds, 0, PredictionColumns.Binary("Features", "s", "p", "y"), rows.Schema, new());
        // The second class scores the opposite of the first.
        var columns = PredictionColumns.Multiclass("Features", "s", "y", ClassValues.Of("a", "b"));
        var rest = new OnnxModelTransformer(PredictionGraph.Multiclass(new LinearScore(1, 2, [1, -1, 0, 0]), ClassLink.OneVersusRest), columns, rows.Schema);
        var low = new OnnxModelTransformer(PredictionGraph.Multiclass(new LinearScore(1, 2, [0, 0, -200, -201]), ClassLink.OneVersusRest), columns, rows.Schema);

        float[] found = binary.Model.Transform(rows).Column<float>("p");

        for (int i = 0; i < 7; i++)
        {
            // In double, without cancellation; a float ends at 1e-45.
            double expected = scores[i] >= 0 ? 1 / (1 + Math.Exp(-scores[i])) : Math.Exp(scores[i]) / (1 + Math.Exp(scores[i]));
            Assert.InRange(found[i], (expected * (1 - 1e-5)) - 1e-44, (expected * (1 + 1e-5)) + 1e-44);
            float[] each = rest.Transform(rows).Column<float[]>("s")[i];
            Assert.Equal(expected, each[0], 1e-6);
            Assert.Equal(1 - expected, each[1], 1e-6);
        }
        Assert.Equal(float.NaN, found[7]);
        // Both far below zero: exp(-200) to exp(-201).
        Assert.Equal(1 / (1 + Math.Exp(-1)), low.Transform(rows).Column<float[]>("s")[0][0], 1e-5);
    }

    [Fact]
    public void Rows_that_are_not_numbers_have_no_class_in_both_faces()
    {
        var rows = Column([1, float.NaN, -1]);
        var columns = PredictionColumns.Multiclass("Features", "s", "y", ClassValues.Of("a", "b"));
        var model = new OnnxModelTransformer(PredictionGraph.Multiclass(new LinearScore(1, 2, [1, -1, 0, 0]), ClassLink.Softmax), columns, rows.Schema);
        using var stream = new MemoryStream();
        var context = new MLContext();
        context.Model.Save(model, rows.Schema, stream);
        stream.Position = 0;

        Assert.Equal([1u, 0u, 2u], model.Transform(rows).Column<uint>("y"));
        Assert.Equal([1u, 0u, 2u], new MLContext().Model.Load(stream, out _).Transform(rows).Column<uint>("y"));
        Assert.All(model.Transform(rows).Column<float[]>("s")[1], score => Assert.Equal(float.NaN, score));
    }

    [Fact]
    public void A_rescaled_linear_model_stays_linear()
    {
        var linear = Assert.IsType<LinearScore>(RescaledScore.Of(new LinearScore(2, 1, [1, 2, 3]), 2, 0.5f));

        Assert.Equal([2f, 4f], linear.WeightsOf(0));
        Assert.Equal(6.5f, linear.BiasOf(0));
    }

    [Fact]
    public void What_is_promised_before_fitting_is_what_the_graphs_have()
    {
        var linear = new LinearScore(3, 1, [1, 2, 3, 4]);
        Agree(PredictionGraph.BinarySignature, PredictionGraph.Binary(linear, new ScoreCalibration(2, 1), 0));
        Agree(PredictionGraph.MulticlassSignature, PredictionGraph.Multiclass(linear, ClassLink.OneVersusRest));
        Agree(PredictionGraph.RegressionSignature, PredictionGraph.Scores(linear));

        static void Agree(OnnxSignature promised, OnnxModelSource model)
        {
            var read = OnnxSignature.Read(model);
            Assert.Equal(read.Inputs.Select(input => (input.Name, input.ElementType)), promised.Inputs.Select(input => (input.Name, input.ElementType)));
            Assert.Equal(read.Outputs.Select(output => (output.Name, output.ElementType)), promised.Outputs.Select(output => (output.Name, output.ElementType)));
        }
    }

    [Fact]
    public void Parameters_of_another_length_are_refused() =>
        Assert.Contains("8 parameters; 7", Assert.Throws<ArgumentException>(() => new LinearScore(3, 2, new float[7])).Message, StringComparison.Ordinal);

    private static MemoryDataView Column(float[] values) => new MemoryDataView(values.Length).With(
        "Features", new VectorDataViewType(NumberDataViewType.Single, 1), (int row, ref VBuffer<float> value) => value = new VBuffer<float>(1, [values[row]]));

    private static double[] Normal(double a, double b) => [a / (a + b), b / (a + b)];

    private static MemoryDataView Data { get; } = new MemoryDataView(Points.Length).With(
        "Features", new VectorDataViewType(NumberDataViewType.Single, 3), (int row, ref VBuffer<float> value) => value = new VBuffer<float>(3, [.. Points[row]]));
}
