// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary><c>z - η F(z)</c>.</summary>
internal sealed class DescentAscentIteration(FieldPoint at, double step) : ISaddleIteration
{
    public ReadOnlySpan<double> Point => at.Values;

    public double Residual => at.Residual;

    public void Advance()
    {
        at.Move(-step, at.Field);
        at.Evaluate();
    }

    public void Refresh() => at.Refresh();

    public InfeasibilityCertificate? FindCertificate() => null;

    public ISaddleIteration Fork(ISaddleProblem problem, bool isChanged) => new DescentAscentIteration(new FieldPoint(at, problem, isChanged), step);
}
