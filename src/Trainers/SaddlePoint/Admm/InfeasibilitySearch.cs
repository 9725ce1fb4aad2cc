// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>Looks in the change of x and y over one step, which tends to such a direction where a program has no solution (Banjac et al. 2019), for a certificate.</summary>
internal sealed class InfeasibilitySearch(QuadraticProgram program, double tolerance)
{
    // A slope that is smaller than this, over the sizes of its terms, is rounding.
    private const double Rounding = 1e-12;
    private readonly double[] _columns = new double[program.Variables], _rows = new double[program.Rows];

    /// <summary>Looks at changes, which it scales.</summary>
    public ProgramCertificate? Find(Span<double> dx, Span<double> dy) => Contradiction(dy) ?? Descent(dx);

    private ProgramCertificate? Contradiction(Span<double> dy)
    {
        // A multiplier of a bound that is not there would make the slope infinite.
        for (int i = 0; i < dy.Length; i++)
        {
            dy[i] = double.IsInfinity(Bound(i, dy[i])) ? 0 : dy[i];
        }
        if (!Normalize(dy))
        {
            return null;
        }
        program.Constraints.MultiplyTransposed(dy, _columns);
        for (int i = 0; i < dy.Length; i++)
        {
            _rows[i] = dy[i] == 0 ? 0 : dy[i] * Bound(i, dy[i]);
        }
        return Judge(false, dy, _rows, Largest(_columns));
    }

    private ProgramCertificate? Descent(Span<double> dx)
    {
        if (!Normalize(dx))
        {
            return null;
        }
        program.Hessian.Multiply(dx, _columns);
        program.Constraints.Multiply(dx, _rows);
        double violation = Largest(_columns);
        for (int i = 0; i < _rows.Length; i++)
        {
            violation = double.IsFinite(program.UpperSpan[i]) ? Math.Max(violation, _rows[i]) : violation;
            violation = double.IsFinite(program.LowerSpan[i]) ? Math.Max(violation, -_rows[i]) : violation;
        }
        TensorPrimitives.Multiply(dx, program.LinearSpan, _columns);
        return Judge(true, dx, _columns, violation);
    }

    // A solution would be of size slope / violation at least. One as large as the bounds or costs that make up the slope is nothing unusual, so it must be larger than they are too.
    private ProgramCertificate? Judge(bool isUnbounded, ReadOnlySpan<double> direction, ReadOnlySpan<double> terms, double violation)
    {
        double slope = TensorPrimitives.Sum(terms), sizes = TensorPrimitives.SumOfMagnitudes(terms);
        return double.IsFinite(sizes) && slope < -Rounding * sizes && violation * Math.Max(1, Largest(terms)) <= -slope * tolerance
            ? new ProgramCertificate(isUnbounded, Array.AsReadOnly(direction.ToArray()), slope, violation) : null;
    }

    private double Bound(int row, double multiplier) => multiplier > 0 ? program.UpperSpan[row] : program.LowerSpan[row];

    private static bool Normalize(Span<double> direction)
    {
        double size = Largest(direction);
        if (!(size > 0) || !double.IsFinite(size))
        {
            return false;
        }
        TensorPrimitives.Divide(direction, size, direction);
        return true;
    }

    private static double Largest(ReadOnlySpan<double> values) => values.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(values));
}
