// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary><c>z - η F(z - η F(z))</c>.</summary>
internal sealed class ExtragradientIteration(FieldPoint at, double step) : ISaddleIteration
{
    private readonly double[] _trial = new double[at.Values.Length], _field = new double[at.Values.Length];

    public ReadOnlySpan<double> Point => at.Values;

    public double Residual => at.Residual;

    public void Advance()
    {
        TensorPrimitives.MultiplyAdd(at.Field, -step, at.Values, _trial);
        at.Problem.Field(_trial, _field);
        at.Move(-step, _field);
        at.Evaluate();
    }

    public void Refresh() => at.Refresh();

    public InfeasibilityCertificate? FindCertificate() => null;

    public ISaddleIteration Fork(ISaddleProblem problem, bool isChanged) => new ExtragradientIteration(new FieldPoint(at, problem, isChanged), step);
}
