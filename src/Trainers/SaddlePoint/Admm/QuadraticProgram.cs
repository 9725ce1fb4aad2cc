// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>The convex quadratic program <c>minimise ½ x'Px + q'x + r subject to l &lt;= Ax &lt;= u</c>; a linear program where P is zero.</summary>
/// <remarks>
/// Equalities are rows with l = u, bounds of variables are rows of their own, and infinities stand for what has no bound. It is a saddle-point problem: the Lagrangian
/// <c>½ x'Px + q'x + y'(Ax - z)</c> is least in x and in z between l and u, and greatest in the multipliers y.
/// </remarks>
/// <example>
/// <code>
/// // minimise (x1 - 1)² + (x2 - 2)² subject to x1 + x2 = 1, x1 >= 0.25
/// var program = new QuadraticProgram(
///     SparseMatrix.FromDense(new double[,] { { 2, 0 }, { 0, 2 } }), [-2, -4],
///     SparseMatrix.FromDense(new double[,] { { 1, 1 }, { 1, 0 } }), [1, 0.25], [1, double.PositiveInfinity], constant: 5);
/// AdmmResult result = AdmmSolver.Solve(program);   // result.Primal: 0.25, 0.75; result.Dual: 2.5, -1
/// </code>
/// </example>
public sealed class QuadraticProgram
{
    private readonly double[] _linear, _lower, _upper;

    /// <summary>A program of copies of what is given.</summary>
    /// <param name="hessian">P, symmetric and positive semidefinite, both triangles of it. Whether it is semidefinite shows when the program is solved.</param>
    /// <param name="linear">q.</param>
    /// <param name="constraints">A; it may have no rows.</param>
    /// <param name="lower">l; negative infinity where there is no bound.</param>
    /// <param name="upper">u; infinity where there is no bound.</param>
    /// <param name="constant">r.</param>
    /// <exception cref="ArgumentException">Sizes don't fit, a value is not finite where it must be, P is not symmetric, or a row's bounds contradict each other.</exception>
    public QuadraticProgram(SparseMatrix hessian, IReadOnlyList<double> linear, SparseMatrix constraints, IReadOnlyList<double> lower, IReadOnlyList<double> upper, double constant = 0)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(linear);
        ArgumentNullException.ThrowIfNull(constraints);
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(upper);
        Hessian = hessian;
        Constraints = constraints;
        Constant = double.IsFinite(constant) ? constant : throw new ArgumentException($"The constant is {constant}; it must be finite.", nameof(constant));
        _linear = [.. linear];
        _lower = [.. lower];
        _upper = [.. upper];
        CheckSizes();
        CheckSymmetry();
        CheckNumbers();
    }

    private QuadraticProgram(ScaledProgram scaled) => (Hessian, _linear, Constraints, _lower, _upper) = (scaled.Hessian, scaled.Linear, scaled.Constraints, scaled.Lower, scaled.Upper);

    /// <summary>P.</summary>
    public SparseMatrix Hessian { get; }

    /// <summary>q.</summary>
    public IReadOnlyList<double> Linear => Array.AsReadOnly(_linear);

    /// <summary>A.</summary>
    public SparseMatrix Constraints { get; }

    /// <summary>l.</summary>
    public IReadOnlyList<double> Lower => Array.AsReadOnly(_lower);

    /// <summary>u.</summary>
    public IReadOnlyList<double> Upper => Array.AsReadOnly(_upper);

    /// <summary>r.</summary>
    public double Constant { get; }

    /// <summary>The number of variables.</summary>
    public int Variables => _linear.Length;

    /// <summary>The number of rows of A.</summary>
    public int Rows => _lower.Length;

    internal ReadOnlySpan<double> LinearSpan => _linear;

    internal ReadOnlySpan<double> LowerSpan => _lower;

    internal ReadOnlySpan<double> UpperSpan => _upper;

    /// <summary>The program in scaled units; it was checked in its own, and rounding may have made it a little less symmetric.</summary>
    internal static QuadraticProgram Of(ScaledProgram scaled) => new(scaled);

    /// <summary>The objective at a point.</summary>
    /// <exception cref="ArgumentException">The point has another length.</exception>
    public double Objective(ReadOnlySpan<double> point)
    {
        double[] image = new double[Variables];
        Hessian.Multiply(point, image);
        double sum = 0;
        for (int i = 0; i < image.Length; i++)
        {
            sum += point[i] * ((0.5 * image[i]) + _linear[i]);
        }
        return sum + Constant;
    }

    private void CheckSizes()
    {
        if (Variables == 0 || Hessian.Rows != Variables || Hessian.Columns != Variables || Constraints.Columns != Variables || Constraints.Rows != _lower.Length || _upper.Length != _lower.Length)
        {
            throw new ArgumentException(
                $"P is {Hessian.Rows} by {Hessian.Columns}, q has {Variables} numbers, A is {Constraints.Rows} by {Constraints.Columns}, l has {_lower.Length} and u {_upper.Length}. " +
                "For n variables, at least one, and m rows P must be n by n, q n long, A m by n, l and u m long.");
        }
    }

    private void CheckSymmetry()
    {
        var values = Hessian.Entries().ToDictionary(entry => (entry.Row, entry.Column), entry => entry.Value);
        foreach (((int row, int column), double value) in values)
        {
            double mirrored = values.GetValueOrDefault((column, row));
            if (Math.Abs(value - mirrored) > 1e-12 * (Math.Abs(value) + Math.Abs(mirrored)))
            {
                throw new ArgumentException($"P is not symmetric: it holds {value} at row {row}, column {column} and {mirrored} at row {column}, column {row}. Give both triangles.");
            }
        }
    }

    private void CheckNumbers()
    {
        int bad = Array.FindIndex(_linear, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException($"q holds {_linear[bad]} at {bad}; all must be finite.");
        }
        for (int row = 0; row < Rows; row++)
        {
            if (!(_lower[row] <= _upper[row]) || double.IsPositiveInfinity(_lower[row]) || double.IsNegativeInfinity(_upper[row]))
            {
                throw new ArgumentException($"Row {row} of A is to lie between {_lower[row]} and {_upper[row]}; the lower bound must not be above the upper one, and neither may be NaN or exclude every number.");
            }
        }
    }
}
