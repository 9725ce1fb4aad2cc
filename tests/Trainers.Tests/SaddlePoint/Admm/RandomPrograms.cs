// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

/// <summary>Small programs whose matrices are drawn, feasible by construction.</summary>
internal static class RandomPrograms
{
    public static QuadraticProgram Draw(int seed, int variables, int rows, double scale = 1)
    {
        Random random = new(seed);
        double[,] root = Matrix(random, variables, variables), constraints = Matrix(random, rows, variables), hessian = new double[variables, variables];
        for (int i = 0; i < variables; i++)
        {
            for (int j = 0; j < variables; j++)
            {
                for (int k = 0; k < variables; k++)
                {
                    hessian[i, j] += root[k, i] * root[k, j];
                }
            }
            hessian[i, i] += 0.1;
        }
        double[] inside = Numbers(random, variables), lower = new double[rows], upper = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double size = i % 2 == 0 ? 1 : scale, value = 0;
            for (int j = 0; j < variables; j++)
            {
                constraints[i, j] *= size;
                value += constraints[i, j] * inside[j];
            }
            // An equality, a two-sided bound, a lower and an upper one by turns.
            lower[i] = i % 4 == 3 ? double.NegativeInfinity : i % 4 == 0 ? value : value - (size * random.NextDouble());
            upper[i] = i % 4 == 2 ? double.PositiveInfinity : i % 4 == 0 ? value : value + (size * random.NextDouble());
        }
        double[] linear = [.. Numbers(random, variables).Select(value => 5 * value)];
        return new QuadraticProgram(SparseMatrix.FromDense(hessian), linear, SparseMatrix.FromDense(constraints), lower, upper, constant: 3);
    }

    public static double[,] Matrix(Random random, int rows, int columns)
    {
        double[,] matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                matrix[i, j] = Number(random);
            }
        }
        return matrix;
    }

    public static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Number(random))];

    private static double Number(Random random) => (2 * random.NextDouble()) - 1;
}
