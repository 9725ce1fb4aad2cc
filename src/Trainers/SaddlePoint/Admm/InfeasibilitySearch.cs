// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>Looks in the change of x and y over one step, which tends to such a direction where a program has no solution (Banjac et al. 2019), for a certificate.</summary>
internal sealed class InfeasibilitySearch(QuadraticProgram program, double tolerance)
{
    private readonly double[] _columns = new double[program.Variables], _rows = new double[program.Rows];

    /// <summary>Looks at changes, which it scales.</summary>
    public ProgramCertificate? Find(Span<double> dx, Span<double> dy) => Normalize(dy) && Contradiction(dy) is { } contradiction ? contradiction : Normalize(dx) ? Descent(dx) : null;

    private ProgramCertificate? Contradiction(ReadOnlySpan<double> dy)
    {
        program.Constraints.MultiplyTransposed(dy, _columns);
        double violation = Math.Abs(TensorPrimitives.MaxMagnitude<double>(_columns)), slope = 0;
        for (int i = 0; i < dy.Length; i++)
        {
            double bound = dy[i] > 0 ? program.UpperSpan[i] : program.LowerSpan[i];
            if (double.IsInfinity(bound))
            {
                violation = Math.Max(violation, Math.Abs(dy[i]));
            }
            else
            {
                slope += dy[i] * bound;
            }
        }
        return Judge(false, dy, slope, violation);
    }

    private ProgramCertificate? Descent(ReadOnlySpan<double> dx)
    {
        program.Hessian.Multiply(dx, _columns);
        program.Constraints.Multiply(dx, _rows);
        double violation = Math.Abs(TensorPrimitives.MaxMagnitude<double>(_columns));
        for (int i = 0; i < _rows.Length; i++)
        {
            violation = double.IsFinite(program.UpperSpan[i]) ? Math.Max(violation, _rows[i]) : violation;
            violation = double.IsFinite(program.LowerSpan[i]) ? Math.Max(violation, -_rows[i]) : violation;
        }
        return Judge(true, dx, TensorPrimitives.Dot(dx, program.LinearSpan), violation);
    }

    private ProgramCertificate? Judge(bool isUnbounded, ReadOnlySpan<double> direction, double slope, double violation) =>
        slope < 0 && violation <= -slope * tolerance ? new ProgramCertificate(isUnbounded, Array.AsReadOnly(direction.ToArray()), slope, violation) : null;

    private static bool Normalize(Span<double> direction)
    {
        double size = direction.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude<double>(direction));
        if (!(size > 0) || !double.IsFinite(size))
        {
            return false;
        }
        TensorPrimitives.Divide(direction, size, direction);
        return true;
    }
}
