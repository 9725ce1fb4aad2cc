// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>Solves convex quadratic programs by the alternating direction method of multipliers, with subspace acceleration.</summary>
/// <remarks>
/// The method is that of Stellato, Banjac, Goulart, Bemporad and Boyd, OSQP: an operator splitting solver for quadratic programs (2020), written from its formulas: each step solves a system with the
/// one matrix <c>P + σI + A' ρ A</c>, dense here, which is factored anew when ρ changes. Steps are displacements of a map that expands no distances; acceleration goes to the point of
/// least displacement in the subspace of the last steps (Choukroun, Zibulevsky, Kisilev 2020 combine subspaces and ADMM), and falls back to the plain step where that fails. Nothing depends on time, threads or chance.
/// Numbers too large for double precision end it with <see cref="SaddleStatus.NonFinite"/>.
/// </remarks>
public static class AdmmSolver
{
    /// <summary>Solves a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="options">How, and when to stop; null for the defaults.</param>
    /// <returns>x and y, and why the solver ended; not to reach the tolerance is a result, not an exception.</returns>
    /// <exception cref="ArgumentException">P has a negative eigenvalue, there are more than 46 340 variables, or a start has another length or is not finite.</exception>
    /// <example>
    /// <code>
    /// AdmmResult plain = AdmmSolver.Solve(program, new AdmmOptions { Memory = 0 });
    /// AdmmResult result = AdmmSolver.Solve(program, new AdmmOptions { StartPrimal = plain.Primal, StartDual = plain.Dual });
    /// Console.WriteLine($"{result.Status}: {result.Objective} after {result.Iterations} steps");
    /// </code>
    /// </example>
    public static AdmmResult Solve(QuadraticProgram program, AdmmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        options ??= new AdmmOptions();
        CheckStart(options.StartPrimal, program.Variables, "x", nameof(options));
        CheckStart(options.StartDual, program.Rows, "y", nameof(options));
        if (program.Variables > DenseCholesky.LargestSize)
        {
            throw new ArgumentException($"The program has {program.Variables} variables; the solver's matrix is dense, which allows {DenseCholesky.LargestSize} at most.", nameof(program));
        }
        if (!ConvexityTest.Passes(program.Hessian))
        {
            throw new ArgumentException("P has a negative eigenvalue, so the program is not convex; a P that is positive semidefinite is needed.", nameof(program));
        }
        return new AdmmIteration(new ScaledProgram(program, options.ScalingRounds), options).Run();
    }

    private static void CheckStart(IReadOnlyList<double>? start, int size, string name, string parameter)
    {
        if (start is not null && (start.Count != size || !start.All(double.IsFinite)))
        {
            throw new ArgumentException($"The start of {name} must be {size} finite numbers; {start.Count} were given.", parameter);
        }
    }
}
