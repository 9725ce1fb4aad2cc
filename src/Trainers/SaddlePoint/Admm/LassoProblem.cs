// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>The lasso: <c>minimise ½ ‖Dx - b‖² + μ ‖x‖₁</c>.</summary>
/// <example>
/// <code>
/// var problem = new LassoProblem(SparseMatrix.FromDense(new double[,] { { 1, 0 }, { 0, 2 } }), [3, 1], penalty: 1);
/// LassoResult result = LassoSolver.Solve(problem);   // result.Coefficients: 2, 0.25
/// </code>
/// </example>
public sealed class LassoProblem
{
    private readonly double[] _targets;

    /// <summary>A problem of copies of what is given.</summary>
    /// <param name="data">D, a row for each observation.</param>
    /// <param name="targets">b.</param>
    /// <param name="penalty">μ, positive.</param>
    /// <exception cref="ArgumentException">D is empty, b isn't as long as a column of D or not finite, or μ is not positive.</exception>
    public LassoProblem(SparseMatrix data, IReadOnlyList<double> targets, double penalty)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(targets);
        if (data.Rows == 0 || data.Columns == 0 || targets.Count != data.Rows)
        {
            throw new ArgumentException($"D is {data.Rows} by {data.Columns} and b has {targets.Count} numbers; D must not be empty, and b needs a number for each of its rows.");
        }
        Data = data;
        _targets = [.. targets];
        int bad = Array.FindIndex(_targets, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException($"b holds {_targets[bad]} at {bad}; all must be finite.", nameof(targets));
        }
        Penalty = penalty > 0 && double.IsFinite(penalty) ? penalty : throw new ArgumentException($"The penalty is {penalty}; it must be positive and finite.", nameof(penalty));
    }

    /// <summary>D.</summary>
    public SparseMatrix Data { get; }

    /// <summary>b.</summary>
    public IReadOnlyList<double> Targets => Array.AsReadOnly(_targets);

    /// <summary>μ.</summary>
    public double Penalty { get; }

    internal ReadOnlySpan<double> TargetsSpan => _targets;
}
