// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.Tests.SubspaceSgd.Collectives;
using static MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation.Vectors;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

public sealed class SubspaceNewtonTests
{
    private static readonly SubspaceNewton Undamped = new() { Damping = 0 };

    [Theory]
    [InlineData(1, 5)]
    [InlineData(4, 12)]
    [InlineData(8, 30)]
    [InlineData(40, 60)]
    public void The_update_minimises_a_quadratic_loss_over_the_span_of_the_gradients(int workers, int length)
    {
        double[][] gradients = Vectors.Random(workers, length, (ulong)length);
        var (basis, hessian) = (Matrix<double>.Build.DenseOfColumnArrays(gradients), Curvature(length, seed: 1));
        var mean = Vector<double>.Build.Dense(Mean(gradients));

        double[] found = Sum(gradients, Coefficients(Undamped, gradients, hessian));

        var expected = basis * (basis.TransposeThisAndMultiply(hessian) * basis).QR().Solve(basis.TransposeThisAndMultiply(mean));
        Equal(expected.ToArray(), found, 1e-6);
    }

    [Fact]
    public void Gradients_that_span_everything_give_Newtons_step()
    {
        double[][] gradients = Vectors.Random(6, 6, 2);
        var hessian = Curvature(6, seed: 2);

        Equal(hessian.Solve(Vector<double>.Build.Dense(Mean(gradients))).ToArray(), Sum(gradients, Coefficients(Undamped, gradients, hessian)), 1e-4);
    }

    [Fact]
    public void Gradients_that_depend_on_each_other_are_no_trouble()
    {
        double[] gradient = Vectors.Random(1, 9, 3)[0];
        double[][] gradients = [gradient, Scale(gradient, 2), new double[9], gradient];
        var hessian = Curvature(9, seed: 3);

        double[] coefficients = Coefficients(Undamped, gradients, hessian);

        // Along one line the best step is <g, mean> / <g, H g>.
        double step = Dot(gradient, gradient) / Dot(gradient, [.. hessian * Vector<double>.Build.Dense(gradient)]);
        Equal(Scale(gradient, step), Sum(gradients, coefficients), 1e-6);
        Assert.Equal(0, coefficients[2]);
    }

    [Fact]
    public void Damping_minimises_with_a_penalty_on_the_length_of_the_step()
    {
        double[][] gradients = Vectors.Random(5, 20, 4);
        var hessian = Curvature(20, seed: 4);
        var basis = Matrix<double>.Build.DenseOfColumnArrays(gradients);
        double curvature = (basis.TransposeThisAndMultiply(hessian) * basis).Trace() / basis.TransposeThisAndMultiply(basis).Trace();
        var damped = hessian + (0.5 * curvature * Matrix<double>.Build.DenseIdentity(20));

        Equal(
            Sum(gradients, Coefficients(Undamped, gradients, damped)),
            Sum(gradients, Coefficients(new SubspaceNewton { Damping = 0.5 }, gradients, hessian)), 1e-6);
    }

    [Fact]
    public void Renaming_workers_renames_the_coefficients()
    {
        double[][] gradients = Vectors.Random(5, 20, 5), renamed = [gradients[3], gradients[0], gradients[4], gradients[1], gradients[2]];
        var hessian = Curvature(20, seed: 5);
        double[] coefficients = Coefficients(new SubspaceNewton(), gradients, hessian);

        Equal([coefficients[3], coefficients[0], coefficients[4], coefficients[1], coefficients[2]], Coefficients(new SubspaceNewton(), renamed, hessian), 1e-8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Without_a_minimum_the_mean_is_taken(double curvature)
    {
        GradientCombiner combiner = new([7], 3, new SubspaceNewton(), AggregationGranularity.Model);
        double[][] gradients = GradientCombinerTests.Fill(combiner, 3, 7, seed: 6);
        combiner.Share();
        combiner.Curvature!.Values.Clear();
        for (int i = 0; i < 3; i++)
        {
            combiner.Curvature[i, i] = curvature;
        }

        var combination = combiner.Combine();

        // What is not finite ends a training; what has no minimum does not.
        Assert.Equal((double.IsFinite(curvature), double.IsFinite(curvature)), (combination.IsFinite, combination.FellBack));
        Equal(double.IsFinite(curvature) ? Mean(gradients) : new double[7], [.. combiner.Update.ToArray().Select(value => (double)value)], 1e-6);
    }

    [Fact]
    public void An_indefinite_curvature_gives_the_minimum_along_the_mean_or_none()
    {
        double[][] gradients = [[1, 0], [0, 1]];

        // Along the mean (1, 1) / 2: its square is 1/2, its curvature (1 + 2 + 2 + 1) / 4.
        Equal([1 / 6.0, 1 / 6.0], Coefficients(new SubspaceNewton(), gradients, Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 2, 1 } })));
        Assert.All(
            Coefficients(new SubspaceNewton(), gradients, Matrix<double>.Build.DenseOfArray(new double[,] { { 1, -2 }, { -2, 1 } })), c => Assert.True(double.IsNaN(c)));
    }

    [Theory]
    [InlineData(16, 6)]
    [InlineData(40, 3)]
    public void More_workers_than_parameters_are_no_trouble_where_curvature_has_the_rounding_of_floats(int workers, int length)
    {
        for (ulong draw = 0; draw < 50; draw++)
        {
            GradientCombiner combiner = new([length], workers, new SubspaceNewton { Damping = 0 }, AggregationGranularity.Model);
            double[][] gradients = GradientCombinerTests.Fill(combiner, workers, length, draw);
            var hessian = Curvature(length, draw);
            combiner.Share();
            Terms(gradients, hessian).CopyTo(combiner.Curvature!.Values);
            RandomStream random = new(draw, 1);
            double[] lengths = [.. Enumerable.Range(0, workers).Select(i => Math.Sqrt(combiner.Curvature[i, i]))];
            for (int i = 0; i < workers; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    combiner.Curvature[i, j] = combiner.Curvature[j, i] += 1e-7 * lengths[i] * lengths[j] * random.NextNormal();
                }
            }

            Assert.False(combiner.Combine().FellBack);

            double[] expected = [.. hessian.Solve(Vector<double>.Build.Dense(Mean(gradients)))];
            Equal(expected, [.. combiner.Update.ToArray().Select(value => (double)value)], 0.02);
        }
    }

    [Fact]
    public void Every_rank_gets_every_gradient_and_curvature_adds_up_over_ranks()
    {
        const int Workers = 6, Length = 31;
        double[][] gradients = Vectors.Random(Workers, Length, 7);
        var hessian = Curvature(Length, seed: 7);
        double[] expected = Sum(gradients, Coefficients(new SubspaceNewton(), gradients, hessian));

        var updates = Ranks.Run(3, ranks =>
        {
            GradientCombiner combiner = new([Length], 2, new SubspaceNewton(), AggregationGranularity.Model, ranks);
            for (int step = 0; step < 2; step++)
            {
                for (int local = 0; local < 2; local++)
                {
                    float[] own = [.. gradients[(local * ranks.Size) + ranks.Rank].Select(value => (float)value)];
                    own.CopyTo(combiner.Gradient(local));
                }
                combiner.Share();
                double[][] shared = [.. Enumerable.Range(0, Workers).Select(w => combiner.SharedGradient(w).ToArray().Select(value => (double)value).ToArray())];
                for (int worker = 0; worker < Workers; worker++)
                {
                    Equal(gradients[worker], shared[worker], 1e-6);
                }
                // A third of the curvature comes from each rank.
                Terms(shared, hessian / 3).CopyTo(combiner.Curvature!.Values);
                Assert.False(combiner.Combine().FellBack);
            }
            return combiner.Update.ToArray().Select(value => (double)value).ToArray();
        });

        Assert.All(updates, update => Equal(expected, update, 1e-5));
        Assert.All(updates, update => Assert.Equal(updates[0], update));
    }

    [Fact]
    public void It_is_for_whole_models_and_says_what_it_needs()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new GradientCombiner([5, 5], 2, new SubspaceNewton(), AggregationGranularity.ParameterTensor));
        Assert.Contains("Set Granularity to Model", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Vectors.Coefficients(new SubspaceNewton(), [[1]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubspaceNewton { Damping = -1 });
    }

    private static double[] Coefficients(SubspaceNewton aggregator, double[][] gradients, Matrix<double> hessian)
    {
        GramMatrix products = Gram(gradients), curvature = new(gradients.Length);
        Terms(gradients, hessian).CopyTo(curvature.Values);
        GramMatrix gram = new(gradients.Length) { Curvature = curvature };
        products.Values.CopyTo(gram.Values);
        double[] coefficients = new double[gradients.Length];
        aggregator.Combine(gram, [], coefficients);
        return coefficients;
    }

    private static double[] Terms(double[][] gradients, Matrix<double> hessian) =>
        [.. gradients.SelectMany(a => gradients.Select(b => Vector<double>.Build.Dense(a) * (hessian * Vector<double>.Build.Dense(b))))];

    private static Matrix<double> Curvature(int length, ulong seed)
    {
        RandomStream random = new(seed);
        var root = Matrix<double>.Build.Dense(length, length, (_, _) => random.NextNormal());
        return (root.TransposeThisAndMultiply(root) / length) + (0.1 * Matrix<double>.Build.DenseIdentity(length));
    }
}
