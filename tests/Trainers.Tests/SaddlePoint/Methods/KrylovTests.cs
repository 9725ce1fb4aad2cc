// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

public sealed class KrylovTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void MINRES_has_the_least_residual_over_the_Krylov_space(double convexity)
    {
        var problem = AffineSaddle.Random(6, 5, convexity, seed: 5);
        var sign = Matrix<double>.Build.DiagonalOfDiagonalArray([.. Enumerable.Repeat(1.0, 6), .. Enumerable.Repeat(-1.0, 5)]);
        var symmetric = sign * problem.Matrix;
        Vector<double> residual = sign * problem.Constant;
        List<Vector<double>> basis = [];
        var iteration = new MinimumResidualKrylov().Begin(problem, new double[11]);
        for (int step = 1; step <= 8; step++)
        {
            // By Arnoldi and a dense least-squares solve: nothing of the short recurrences.
            var next = basis.Count == 0 ? residual : symmetric * basis[^1];
            foreach (var earlier in basis.Concat(basis))
            {
                next -= next.DotProduct(earlier) * earlier;
            }
            basis.Add(next.Normalize(2));
            var images = symmetric * DenseMatrix.OfColumnVectors(basis);
            double least = (residual - (images * images.QR().Solve(residual))).L2Norm();

            iteration.Advance();
            Assert.Equal(least, iteration.Residual, 10);
            iteration.Refresh();
            Assert.Equal(least, iteration.Residual, 10);
        }
    }

    [Fact]
    public void MINRES_ends_after_as_many_steps_as_there_are_variables()
    {
        var problem = AffineSaddle.Random(10, 8, convexity: 1, seed: 6);
        var result = SaddleSolver.Solve(problem, new() { Method = new MinimumResidualKrylov(), RelativeTolerance = 1e-6 });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.InRange(result.Iterations, 1, 18);
    }

    [Fact]
    public void MINRES_stays_finite_where_there_is_no_solution()
    {
        // f = y asks for y = infinity.
        AffineSaddle problem = new(DenseMatrix.OfArray(new double[,] { { 1, 0 }, { 0, 0 } }), new DenseVector([1.0, -1.0]), 1);
        var result = SaddleSolver.Solve(problem, new() { Method = new MinimumResidualKrylov(), MaxBundles = 50 });

        Assert.Equal(SaddleStatus.Budget, result.Status);
        Assert.Equal(1, result.Residual, 10);
        Assert.Equal(-1, result.Primal[0], 10);
    }

    [Fact]
    public void Anderson_combines_what_a_dense_least_squares_solve_combines()
    {
        const double Step = 0.3;
        var problem = AffineSaddle.Random(5, 4, convexity: 1, seed: 7);
        var iteration = new RestartedAnderson { Step = Step, Memory = 4 }.Begin(problem, new double[9]);
        Vector<double> at = new DenseVector(9);
        List<Vector<double>> images = [], changes = [];
        for (int step = 0; step < 12; step++)
        {
            images.Add(Alternate(at));
            changes.Add(images[^1] - at);
            at = images[^1];
            if (images.Count > 1)
            {
                var byChange = DenseMatrix.OfColumnVectors(changes.Zip(changes.Skip(1), (a, b) => b - a));
                var byImage = DenseMatrix.OfColumnVectors(images.Zip(images.Skip(1), (a, b) => b - a));
                at -= byImage * byChange.QR().Solve(changes[^1]);
            }
            if (images.Count == 5)
            {
                images.Clear();
                changes.Clear();
            }

            iteration.Advance();
            Assert.Equal(at.ToArray(), iteration.Point.ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
        }

        Vector<double> Alternate(Vector<double> z)
        {
            var moved = z.Clone();
            var field = (problem.Matrix * z) + problem.Constant;
            moved.SetSubVector(0, 5, z.SubVector(0, 5) - (Step * field.SubVector(0, 5)));
            field = (problem.Matrix * moved) + problem.Constant;
            moved.SetSubVector(5, 4, z.SubVector(5, 4) - (Step * field.SubVector(5, 4)));
            return moved;
        }
    }
}
