// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>Solves the lasso by the alternating direction method of multipliers, with subspace acceleration; it ends by the duality gap, so that its precision is known.</summary>
/// <remarks>Coordinate descent needs less work on most lasso problems. This shows what acceleration does for a nonsmooth problem, and how little the choice of ρ then matters.</remarks>
public static class LassoSolver
{
    /// <summary>Solves a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">How, and when to stop; null for the defaults.</param>
    /// <returns>x, and why the solver ended; not to reach the tolerance is a result, not an exception.</returns>
    /// <exception cref="ArgumentException">D has more than 46 340 rows and columns.</exception>
    public static LassoResult Solve(LassoProblem problem, LassoOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new LassoOptions();
        if (Math.Min(problem.Data.Rows, problem.Data.Columns) > DenseCholesky.LargestSize)
        {
            throw new ArgumentException(
                $"D is {problem.Data.Rows} by {problem.Data.Columns}; the solver's matrix is dense, which allows {DenseCholesky.LargestSize} rows or columns at most.", nameof(problem));
        }
        LassoMap map = new(problem, options.Rho, options.Relaxation);
        int size = problem.Data.Columns;
        FixedPointSubspace subspace = new(map, size, options.Memory, options.SplitDisplacement);
        double[] coefficients = new double[size], residual = new double[problem.Data.Rows], correlation = new double[size], ones = new double[size];
        ones.AsSpan().Fill(1);
        subspace.Begin(coefficients, ones);
        while (true)
        {
            for (int i = 0; i < size; i++)
            {
                coefficients[i] = map.Shrunk(subspace.Point[i] + subspace.Displacement[i]);
            }
            (double objective, double gap) = Measure();
            double relative = objective > 0 ? gap / objective : 0;
            options.Progress?.Report((subspace.Evaluations, relative));
            SaddleStatus? end = !double.IsFinite(subspace.Norm + objective) ? SaddleStatus.NonFinite
                : relative <= options.RelativeGap ? SaddleStatus.Converged
                : options.CancellationToken.IsCancellationRequested ? SaddleStatus.Cancelled
                : subspace.Evaluations >= options.MaxIterations ? SaddleStatus.Budget : null;
            if (end is { } status)
            {
                return new LassoResult(status, Array.AsReadOnly(coefficients), objective, gap, subspace.Evaluations, subspace.Rejected);
            }
            subspace.Advance();
        }

        // The dual objective is ½ ‖b‖² - ½ ‖θ - b‖² over ‖D'θ‖∞ <= μ; the residual, shortened until it is allowed, is such a θ.
        (double Objective, double Gap) Measure()
        {
            problem.Data.Multiply(coefficients, residual);
            TensorPrimitives.Subtract(problem.TargetsSpan, residual, residual);
            problem.Data.MultiplyTransposed(residual, correlation);
            double square = TensorPrimitives.SumOfSquares<double>(residual), share = Math.Min(1, problem.Penalty / Math.Abs(TensorPrimitives.MaxMagnitude<double>(correlation)));
            double objective = (0.5 * square) + (problem.Penalty * TensorPrimitives.SumOfMagnitudes<double>(coefficients));
            double dual = (share * TensorPrimitives.Dot<double>(residual, problem.TargetsSpan)) - (0.5 * share * share * square);
            return (objective, objective - dual);
        }
    }
}
