// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>A lasso problem of normal numbers over the root of the number of rows, targets from few coefficients plus noise of 0.01; and coordinate descent on it.</summary>
internal sealed class LassoDraw
{
    private readonly double[][] _columns;
    private readonly double[] _targets;

    public LassoDraw(int rows, int columns, int nonZeros, int seed)
    {
        Random random = new(seed);
        _columns = [.. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Select(_ => Normal(random) / Math.Sqrt(rows)).ToArray())];
        _targets = [.. Enumerable.Range(0, rows).Select(_ => 0.01 * Normal(random))];
        for (int k = 0; k < nonZeros; k++)
        {
            double[] column = _columns[random.Next(columns)];
            double factor = Normal(random);
            for (int i = 0; i < rows; i++)
            {
                _targets[i] += factor * column[i];
            }
        }
    }

    public LassoProblem Problem(double share) => new(
        SparseMatrix.FromEntries(_targets.Length, _columns.Length, _columns.SelectMany((column, j) => column.Select((value, i) => (i, j, value)))), _targets,
        share * _columns.Max(column => Math.Abs(Dot(column, _targets))));

    /// <summary>Cyclic coordinate descent until the duality gap is small enough.</summary>
    public (int Epochs, double Objective) CoordinateDescent(LassoProblem problem, double relativeGap)
    {
        double[] x = new double[_columns.Length], residual = [.. _targets];
        for (int epochs = 1; ; epochs++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                double square = Dot(_columns[j], _columns[j]), whole = Dot(_columns[j], residual) + (square * x[j]), next = Math.Sign(whole) * Math.Max(Math.Abs(whole) - problem.Penalty, 0) / square;
                for (int i = 0; i < residual.Length; i++)
                {
                    residual[i] -= _columns[j][i] * (next - x[j]);
                }
                x[j] = next;
            }
            double objective = (0.5 * Dot(residual, residual)) + (problem.Penalty * x.Sum(Math.Abs)), share = Math.Min(1, problem.Penalty / _columns.Max(column => Math.Abs(Dot(column, residual))));
            if (objective - (share * Dot(residual, _targets)) + (0.5 * share * share * Dot(residual, residual)) <= relativeGap * objective)
            {
                return (epochs, objective);
            }
        }
    }

    private static double Dot(double[] first, double[] second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sum += first[i] * second[i];
        }
        return sum;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
