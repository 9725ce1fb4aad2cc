// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Problems;

public sealed class SaddleProblemTests
{
    public static TheoryData<string> Problems { get; } = ["game", "sparse game", "quadratic", "no curvature in y", "smooth", "smooth with products"];

    [Theory]
    [MemberData(nameof(Problems))]
    public void Images_are_what_differences_of_the_field_say(string name)
    {
        Random random = new(31);
        ISaddleProblem problem = Problem(name, random);
        int size = problem.PrimalSize + problem.DualSize;
        double[] point = SaddleExamples.Vector(size, random), direction = SaddleExamples.Vector(size, random);
        double[] primal = new double[size], dual = new double[size];
        problem.Images(point, direction, primal, dual);

        Verify(primal, [.. direction.Take(problem.PrimalSize), .. new double[problem.DualSize]]);
        Verify(dual, [.. new double[problem.PrimalSize], .. direction.Skip(problem.PrimalSize)]);

        void Verify(double[] image, double[] half)
        {
            const double Step = 1e-5;
            double[] ahead = new double[size], behind = new double[size];
            problem.Field([.. point.Zip(half, (p, d) => p + (Step * d))], ahead);
            problem.Field([.. point.Zip(half, (p, d) => p - (Step * d))], behind);
            Assert.All(image.Select((value, i) => value - ((ahead[i] - behind[i]) / (2 * Step))), error => Assert.InRange(error, -2e-7, 2e-7));
            Assert.Contains(image, value => Math.Abs(value) > 1e-2);
        }
    }

    [Fact]
    public void Documented_examples_have_the_solutions_that_they_name()
    {
        var game = SaddleSolver.Solve(new BilinearSaddle(new double[,] { { 2 } }, b: [-4], c: [6]));
        var saddle = SaddleSolver.Solve(new QuadraticSaddle(new double[,] { { 2 } }, new double[,] { { 2 } }, new double[,] { { 2 } }, b: [-4]));

        Assert.Equal([SaddleStatus.Converged, SaddleStatus.Converged], [game.Status, saddle.Status]);
        Assert.Equal([-3, 2, 1, 1], [Math.Round(game.Primal[0], 7), Math.Round(game.Dual[0], 7), Math.Round(saddle.Primal[0], 7), Math.Round(saddle.Dual[0], 7)]);
    }

    [Fact]
    public void Fields_are_the_gradients_of_f()
    {
        Random random = new(32);
        double[,] h = SaddleExamples.Symmetric(4, 0.1, 1, random).ToArray(), a = SaddleExamples.Coupling(4, 3, 5, random).ToArray(), g = SaddleExamples.Symmetric(3, 0.1, 1, random).ToArray();
        double[] b = SaddleExamples.Vector(4, random), c = SaddleExamples.Vector(3, random), z = SaddleExamples.Vector(7, random), field = new double[7];
        new QuadraticSaddle(h, a, g, b, c).Field(z, field);

        for (int i = 0; i < 7; i++)
        {
            double[] ahead = [.. z], behind = [.. z];
            ahead[i] += 1e-5;
            behind[i] -= 1e-5;
            double slope = (Value(ahead) - Value(behind)) / 2e-5;
            Assert.Equal(i < 4 ? slope : -slope, field[i], 1e-8);
        }

        double Value(double[] point)
        {
            double value = 0;
            for (int i = 0; i < 4; i++)
            {
                value += b[i] * point[i];
                for (int j = 0; j < 4; j++)
                {
                    value += h[i, j] * point[i] * point[j] / 2;
                }
                for (int j = 0; j < 3; j++)
                {
                    value += a[i, j] * point[i] * point[4 + j];
                }
            }
            for (int i = 0; i < 3; i++)
            {
                value += c[i] * point[4 + i];
                for (int j = 0; j < 3; j++)
                {
                    value -= g[i, j] * point[4 + i] * point[4 + j] / 2;
                }
            }
            return value;
        }
    }

    [Fact]
    public void Halves_of_the_field_are_the_field()
    {
        Random random = new(33);
        foreach (IPartialField problem in new IPartialField[] { SaddleExamples.Quadratic(7, 5, 3, 0.1, 1, random), SaddleExamples.Bilinear(7, 5, 3, random) })
        {
            double[] point = SaddleExamples.Vector(12, random), whole = new double[12], halves = new double[12];
            problem.Field(point, whole);
            problem.PrimalField(point, halves.AsSpan(0, 7));
            problem.DualField(point, halves.AsSpan(7));
            Assert.Equal(whole, halves);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_change_no_bit(int threads)
    {
        static SaddleResult Dense(int threads)
        {
            Random random = new(34);
            double[] b = SaddleExamples.Vector(400, random), c = SaddleExamples.Vector(330, random);
            double[,] a = new double[400, 330];
            for (int i = 0; i < a.Length; i++)
            {
                a[i / 330, i % 330] = SaddleExamples.Normal(random);
            }
            return SaddleSolver.Solve(new QuadraticSaddle(null, a, null, b, c) { Threads = threads }, new() { MaxBundles = 25 });
        }
        static SaddleResult Sparse(int threads)
        {
            Random random = new(35);
            List<(int, int, double)> entries = [.. Enumerable.Range(0, 12_000 * 10).Select(i => (i / 10, random.Next(9000), SaddleExamples.Normal(random)))];
            BilinearSaddle game = new(SparseMatrix.FromEntries(12_000, 9000, entries), SaddleExamples.Vector(12_000, random), SaddleExamples.Vector(9000, random)) { Threads = threads };
            return SaddleSolver.Solve(game, new() { Start = SaddleExamples.Vector(21_000, random), MaxBundles = 5 });
        }

        Assert.Equal(Dense(1).Primal, Dense(threads).Primal);
        Assert.Equal(Sparse(1).Dual, Sparse(threads).Dual);
        Assert.Equal(9000, Sparse(1).Dual.Distinct().Count());
    }

    [Fact]
    public void Bad_matrices_and_vectors_are_named()
    {
        double[,] a = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
        Assert.Contains("2 numbers were given; 3 are needed", Assert.Throws<ArgumentException>("b", () => new BilinearSaddle(a, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("Entry 1 is NaN", Assert.Throws<ArgumentException>("c", () => new BilinearSaddle(a, null, [1, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains("(1, 0) is", Assert.Throws<ArgumentException>("matrix", () => new BilinearSaddle(new double[,] { { 1 }, { double.PositiveInfinity } })).Message, StringComparison.Ordinal);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>("matrix", () => new BilinearSaddle(new double[0, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("not symmetric", Assert.Throws<ArgumentException>("h", () => new QuadraticSaddle(new double[,] { { 1, 2, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }, a, null)).Message, StringComparison.Ordinal);
        Assert.Contains("not symmetric", Assert.Throws<ArgumentException>("g", () => new QuadraticSaddle(null, SparseMatrix.FromDense(a), SparseMatrix.FromDense(new double[,] { { 1, 2 }, { 0, 1 } }))).Message, StringComparison.Ordinal);
        Assert.Contains("as many as A says, 3", Assert.Throws<ArgumentException>("h", () => new QuadraticSaddle(new double[,] { { 1, 0 }, { 0, 1 } }, a, null)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BilinearSaddle(a) { Threads = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmoothSaddle(0, 1, (_, _, _, _) => { }));
    }

    private static ISaddleProblem Problem(string name, Random random) => name switch
    {
        "game" => SaddleExamples.Bilinear(9, 7, 4, random),
        "sparse game" => new BilinearSaddle(SparseMatrix.FromDense(SaddleExamples.Coupling(9, 7, 4, random).ToArray()), SaddleExamples.Vector(9, random)),
        "quadratic" => SaddleExamples.Quadratic(9, 7, 4, 0.1, 1, random),
        "no curvature in y" => new QuadraticSaddle(SaddleExamples.Symmetric(9, 0.1, 1, random).ToArray(), SaddleExamples.Coupling(9, 7, 4, random).ToArray(), null),
        _ => SmoothExample.Make(9, 7, random, name == "smooth with products"),
    };
}
