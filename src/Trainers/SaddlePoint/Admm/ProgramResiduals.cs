// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>How far x, z and y are from a solution, in a program's own units.</summary>
internal sealed class ProgramResiduals(QuadraticProgram program)
{
    private readonly double[] _rows = new double[program.Rows], _hessian = new double[program.Variables], _transposed = new double[program.Variables];

    public double Primal { get; private set; }

    public double Dual { get; private set; }

    public double Gap { get; private set; }

    /// <summary>The largest of the terms whose difference is the primal residual.</summary>
    public double PrimalScale { get; private set; }

    public double DualScale { get; private set; }

    public double GapScale { get; private set; }

    public void Compute(ReadOnlySpan<double> x, ReadOnlySpan<double> z, ReadOnlySpan<double> y)
    {
        program.Constraints.Multiply(x, _rows);
        program.Hessian.Multiply(x, _hessian);
        program.Constraints.MultiplyTransposed(y, _transposed);
        PrimalScale = Math.Max(Largest(_rows), Largest(z));
        DualScale = Math.Max(Math.Max(Largest(_hessian), Largest(_transposed)), Largest(program.LinearSpan));
        double quadratic = TensorPrimitives.Dot(x, _hessian), linear = TensorPrimitives.Dot(x, program.LinearSpan), support = Support(y);
        Gap = Math.Abs(quadratic + linear + support);
        GapScale = Math.Max(Math.Max(Math.Abs(quadratic), Math.Abs(linear)), Math.Abs(support));
        TensorPrimitives.Subtract(_rows, z, _rows);
        Primal = Largest(_rows);
        TensorPrimitives.Add(_hessian, _transposed, _hessian);
        TensorPrimitives.Add(_hessian, program.LinearSpan, _hessian);
        Dual = Largest(_hessian);
    }

    public bool AreWithin(double absolute, double relative) =>
        Primal <= absolute + (relative * PrimalScale) && Dual <= absolute + (relative * DualScale) && Gap <= absolute + (relative * GapScale);

    /// <summary>The largest value of y'z over z between the bounds.</summary>
    private double Support(ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            sum += y[i] > 0 ? y[i] * program.UpperSpan[i] : y[i] < 0 ? y[i] * program.LowerSpan[i] : 0;
        }
        return sum;
    }

    private static double Largest(ReadOnlySpan<double> values) => values.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(values));
}
