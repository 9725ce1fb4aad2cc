// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SaddlePoint.Admm;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

/// <summary>The solution of a strictly convex program by trying every set of rows at their bounds.</summary>
internal static class BruteForceProgram
{
    public static (double[] Primal, double Objective) Solve(QuadraticProgram program)
    {
        int choices = (int)Math.Pow(3, program.Rows);
        (double[] Primal, double Objective)? best = null;
        for (int choice = 0; choice < choices; choice++)
        {
            if (Candidate(program, choice) is { } point && program.Objective(point) is var objective && (best is null || objective < best.Value.Objective))
            {
                best = (point, objective);
            }
        }
        return best!.Value;
    }

    // The least point of the rows chosen, if it satisfies all; the least of those is the solution.
    private static double[]? Candidate(QuadraticProgram program, int choice)
    {
        List<(int Row, double Bound)> active = [];
        for (int row = 0; row < program.Rows; row++, choice /= 3)
        {
            double bound = (choice % 3) switch { 1 => program.Lower[row], 2 => program.Upper[row], _ => double.NaN };
            if (double.IsInfinity(bound))
            {
                return null;
            }
            if (!double.IsNaN(bound))
            {
                active.Add((row, bound));
            }
        }
        int n = program.Variables;
        if (active.Count > n)
        {
            return null;
        }
        Matrix<double> matrix = Matrix<double>.Build.Dense(n + active.Count, n + active.Count);
        Vector<double> right = Vector<double>.Build.Dense(n + active.Count);
        foreach ((int row, int column, double value) in program.Hessian.Entries())
        {
            matrix[row, column] = value;
        }
        for (int i = 0; i < n; i++)
        {
            right[i] = -program.Linear[i];
        }
        foreach ((int row, int column, double value) in program.Constraints.Entries())
        {
            int place = active.FindIndex(entry => entry.Row == row);
            if (place >= 0)
            {
                matrix[n + place, column] = matrix[column, n + place] = value;
                right[n + place] = active[place].Bound;
            }
        }
        double[] point = matrix.Solve(right).AsArray()[..n];
        double[] values = new double[program.Rows];
        program.Constraints.Multiply(point, values);
        return values.Select((value, row) => value >= program.Lower[row] - 1e-9 && value <= program.Upper[row] + 1e-9).All(met => met) ? point : null;
    }
}
