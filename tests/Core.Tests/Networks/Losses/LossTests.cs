// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Core.Tests.Networks.Losses;

/// <summary>Values against the definitions in double precision, derivatives against differences of the definitions.</summary>
public sealed class LossTests
{
    // Float arithmetic on sums of a few terms.
    private const double Relative = 2e-6;

    private static readonly Dictionary<string, (ILoss Loss, Func<double, double, double> Definition, bool Classifies)> Elementwise = new()
    {
        ["squared"] = (new Squared(), (s, t) => (s - t) * (s - t) / 2, false),
        ["huber"] = (new Huber { Delta = 0.7f }, (s, t) => Math.Abs(s - t) <= 0.7f ? (s - t) * (s - t) / 2 : 0.7f * (Math.Abs(s - t) - 0.7f / 2), false),
        ["logistic"] = (new Logistic(), (s, t) => (Math.Max(s, 0) + LogOnePlus(Math.Exp(-Math.Abs(s)))) - (t * s), true),
        ["hinge"] = (new Hinge(), (s, t) => Math.Max(0, 1 - (((2 * t) - 1) * s)), true),
        ["smoothed hinge"] = (new SmoothedHinge { Smoothing = 0.5f }, (s, t) => Rounded(1 - (((2 * t) - 1) * s), 0.5), true),
    };

    public static TheoryData<string, int, int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, bool>();
            foreach (string name in Elementwise.Keys)
            {
                cases.Add(name, 37, 1, true);
                cases.Add(name, 37, 1, false);
                cases.Add(name, 9, 11, true);
                cases.Add(name, 5, 3, false);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Elementwise_losses_are_what_they_say(string name, int rows, int columns, bool weighted)
    {
        var (loss, definition, classifies) = Elementwise[name];
        var (scores, targets, weights) = Batch(rows, columns, columns, weighted, classifies ? 2 : 0);
        var gradient = new DenseMatrix(0, columns);

        double sum = loss.Evaluate(scores, targets, weights, gradient);

        Assert.Equal(columns, loss.TargetColumns(columns));
        double expected = 0, size = 0;
        for (int i = 0; i < rows; i++)
        {
            double weight = weighted ? weights[i] : 1;
            for (int j = 0; j < columns; j++)
            {
                double score = scores[i, j], target = targets[i, j];
                double value = weight * definition(score, target);
                expected += value;
                size += Math.Abs(value);
                double slope = weight * (definition(score + 1e-6, target) - definition(score - 1e-6, target)) / 2e-6;
                Assert.Equal(slope, gradient[i, j], 1e-4 * weight);
            }
        }
        Assert.Equal(expected, sum, Relative * size);
        Assert.Equal(sum, loss.Evaluate(scores, targets, weights, null), 1e-12 * size);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Second_derivatives_are_differences_of_first_ones(string name, int rows, int columns, bool weighted)
    {
        if (Elementwise[name].Loss is ICurvedLoss loss)
        {
            // The steps must not cross the seams of piecewise losses: one in 16 values may.
            var (scores, targets, weights) = Batch(rows, columns, columns, weighted, Elementwise[name].Classifies ? 2 : 0);
            CompareCurvature(loss, scores, targets, weights, allowed: rows * columns / 16);
        }
        else
        {
            Assert.Equal("hinge", name);
        }
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(10, false)]
    [InlineData(700, true)]
    public void Cross_entropy_is_what_it_says(int classes, bool weighted)
    {
        var loss = new SoftmaxCrossEntropy();
        var (scores, targets, weights) = Batch(13, classes, 1, weighted, classes);
        var gradient = new DenseMatrix(0, classes);

        double sum = loss.Evaluate(scores, targets, weights, gradient);

        Assert.Equal(1, loss.TargetColumns(classes));
        double expected = 0;
        for (int i = 0; i < scores.Rows; i++)
        {
            double weight = weighted ? weights[i] : 1;
            double[] exponentials = [.. scores.Row(i).ToArray().Select(score => Math.Exp(score))];
            double total = exponentials.Sum();
            expected += weight * (Math.Log(total) - scores[i, (int)targets[i, 0]]);
            for (int j = 0; j < classes; j++)
            {
                Assert.Equal(weight * ((exponentials[j] / total) - (j == targets[i, 0] ? 1 : 0)), gradient[i, j], 1e-6 * weight);
            }
        }
        Assert.Equal(expected, sum, Relative * expected);
        Assert.Equal(sum, loss.Evaluate(scores, targets, weights, null), Relative * expected);
        CompareCurvature(loss, scores, targets, weights, allowed: 0);
    }

    [Theory]
    [InlineData(40f, 0f, 40.0, 1.0)]
    [InlineData(-40f, 1f, 40.0, -1.0)]
    [InlineData(30f, 1f, 9.357622968839e-14, -9.357622968839e-14)]
    [InlineData(-30f, 0f, 9.357622968839e-14, 9.357622968839e-14)]
    [InlineData(3e38f, 0f, 3e38, 1.0)]
    [InlineData(3e38f, 1f, 0.0, 0.0)]
    [InlineData(0f, 1f, 0.693147180559945, -0.5)]
    [InlineData(1e-3f, 0f, 0.693647305559940, 0.500249999979167)]
    public void The_logistic_loss_keeps_its_relative_accuracy(float score, float target, double loss, double derivative)
    {
        var gradient = new DenseMatrix(1, 1);

        double sum = new Logistic().Evaluate(Single(score), Single(target), [], gradient);

        Assert.Equal(loss, sum, 1e-6 * Math.Abs(loss));
        Assert.Equal(derivative, gradient[0, 0], 1e-6 * Math.Abs(derivative));
    }

    [Fact]
    public void Cross_entropy_is_finite_for_large_scores()
    {
        var scores = new DenseMatrix(2, 3);
        ((float[])[1e38f, 0, -1e38f, -1000, -1001, -1002]).CopyTo(scores.Values);
        var targets = new DenseMatrix(2, 1);
        targets[0, 0] = 0;
        targets[1, 0] = 2;
        var gradient = new DenseMatrix(2, 3);

        double sum = new SoftmaxCrossEntropy().Evaluate(scores, targets, [], gradient);

        Assert.Equal(2 + Math.Log(1 + Math.Exp(-1) + Math.Exp(-2)), sum, 1e-6);
        Assert.All(gradient.Values.ToArray(), value => Assert.True(Math.Abs(value) <= 1));
    }

    [Fact]
    public void A_score_that_is_no_number_makes_every_loss_so()
    {
        foreach (var (loss, _, _) in Elementwise.Values.Append((new SoftmaxCrossEntropy(), (_, _) => 0, true)))
        {
            Assert.True(double.IsNaN(loss.Evaluate(Single(float.NaN), Single(0), [], new DenseMatrix(1, 1))), loss.ToString());
        }
    }

    [Fact]
    public void Rows_of_weight_zero_count_for_nothing()
    {
        var (scores, targets, _) = Batch(10, 3, 1, false, 3);
        float[] weights = new float[10];
        var curved = new DenseMatrix(10, 3);

        Assert.Equal(0, new SoftmaxCrossEntropy().Evaluate(scores, targets, weights, curved));
        Assert.All(curved.Values.ToArray(), value => Assert.Equal(0, value));
        new SoftmaxCrossEntropy().MultiplyBySecondDerivative(scores, targets, weights, scores, curved);
        Assert.All(curved.Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var scores = new DenseMatrix(2, 3);
        Assert.StartsWith("Targets are 2 x 2; 2 x 3 belong to", Assert.Throws<ArgumentException>(() => new Squared().Evaluate(scores, new DenseMatrix(2, 2), [], null)).Message, StringComparison.Ordinal);
        Assert.StartsWith("There are 1 weights for 2 rows", Assert.Throws<ArgumentException>(() => new Squared().Evaluate(scores, scores, [1f], null)).Message, StringComparison.Ordinal);
        Assert.StartsWith("The gradient has 2 columns", Assert.Throws<ArgumentException>(() => new Squared().Evaluate(scores, scores, [], new DenseMatrix(2, 2))).Message, StringComparison.Ordinal);
        foreach (float target in (float[])[3, -1, 0.5f, float.NaN, 1e20f])
        {
            var targets = new DenseMatrix(2, 1);
            targets[1, 0] = target;
            Assert.StartsWith("Row 1 has the target", Assert.Throws<ArgumentException>(() => new SoftmaxCrossEntropy().Evaluate(scores, targets, [], null)).Message, StringComparison.Ordinal);
        }
        Assert.Equal((1f, 1f), (new Huber().Delta, new SmoothedHinge().Smoothing));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Huber { Delta = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmoothedHinge { Smoothing = float.NaN });
    }

    private static void CompareCurvature(ICurvedLoss loss, DenseMatrix scores, DenseMatrix targets, float[] weights, int allowed)
    {
        const float Step = 1e-2f;
        var random = new RandomStream(11);
        var directions = new DenseMatrix(scores.Rows, scores.Columns);
        random.FillNormal(directions.Values, 1);
        var product = new DenseMatrix(0, scores.Columns);
        loss.MultiplyBySecondDerivative(scores, targets, weights, directions, product);

        float[] high = Gradient(Step), low = Gradient(-Step);
        int differing = 0;
        for (int i = 0; i < high.Length; i++)
        {
            double slope = ((double)high[i] - low[i]) / (2 * Step);
            // The rule's error is Step² times a third derivative; float gradients leave 1e-5 in the quotient.
            differing += Math.Abs(slope - product.Values[i]) <= 5e-4 ? 0 : 1;
        }
        Assert.InRange(differing, 0, allowed);

        float[] Gradient(float step)
        {
            var moved = new DenseMatrix(scores.Rows, scores.Columns);
            for (int i = 0; i < moved.Values.Length; i++)
            {
                moved.Values[i] = scores.Values[i] + (step * directions.Values[i]);
            }
            var gradient = new DenseMatrix(0, scores.Columns);
            loss.Evaluate(moved, targets, weights, gradient);
            return gradient.Values.ToArray();
        }
    }

    private static (DenseMatrix Scores, DenseMatrix Targets, float[] Weights) Batch(int rows, int columns, int targetColumns, bool weighted, int classes)
    {
        var random = new RandomStream(3, (ulong)rows, (ulong)columns);
        var scores = new DenseMatrix(rows, columns);
        random.FillNormal(scores.Values, 1.5f);
        var targets = new DenseMatrix(rows, targetColumns);
        foreach (ref float target in targets.Values)
        {
            target = classes > 0 ? random.Next(classes) : (float)random.NextNormal();
        }
        float[] weights = new float[weighted ? rows : 0];
        random.FillUniform(weights, 0.1f, 3);
        return (scores, targets, weights);
    }

    private static DenseMatrix Single(float value)
    {
        var matrix = new DenseMatrix(1, 1);
        matrix[0, 0] = value;
        return matrix;
    }

    private static double LogOnePlus(double e) => e < 1e-5 ? e - (e * e / 2) : Math.Log(1 + e);

    private static double Rounded(double missing, double smoothing) =>
        missing <= 0 ? 0 : missing <= smoothing ? missing * missing / (2 * smoothing) : missing - (smoothing / 2);
}
