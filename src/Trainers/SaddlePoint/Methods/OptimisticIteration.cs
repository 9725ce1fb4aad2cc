// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary><c>z - η (2 F(z) - F(the last z))</c>.</summary>
internal sealed class OptimisticIteration(FieldPoint at, double[] lastField, double step) : ISaddleIteration
{
    public ReadOnlySpan<double> Point => at.Values;

    public double Residual => at.Residual;

    public void Advance()
    {
        at.Move(-2 * step, at.Field);
        at.Move(step, lastField);
        at.Field.CopyTo(lastField, 0);
        at.Evaluate();
    }

    public void Refresh() => at.Refresh();

    public InfeasibilityCertificate? FindCertificate() => null;

    public ISaddleIteration Fork(ISaddleProblem problem, bool isChanged)
    {
        FieldPoint copy = new(at, problem, isChanged);
        // What the field of another problem was at the last point is not known: the first step is a plain one.
        return new OptimisticIteration(copy, isChanged ? [.. copy.Field] : [.. lastField], step);
    }
}
