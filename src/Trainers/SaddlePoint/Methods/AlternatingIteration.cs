// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>x moves first; then y, by the gradient at the new x or at one that lies as far beyond it: alternating descent-ascent, or the primal-dual hybrid gradient method.</summary>
/// <remarks>
/// Each step asks for F's part of y and then for that of x, half a bundle each, or a whole one where they cannot be had apart. So the residual is that of <c>(Fx(x⁺, y⁺), Fy(x⁺, y))</c>: exact where f is
/// bilinear, and else an estimate until <see cref="Refresh"/>. Beyond, an affine <c>Fy(2x⁺ - x) = 2 Fy(x⁺) - Fy(x)</c> gives <c>Fy(x⁺)</c> without another product.
/// </remarks>
internal sealed class AlternatingIteration : ISaddleIteration
{
    private readonly FieldPoint _at;
    private readonly IPartialField _parts;
    private readonly double[] _probe, _beyond;
    private readonly double _primalStep, _dualStep;
    private readonly bool _isExtrapolated;

    public AlternatingIteration(FieldPoint at, double primalStep, double dualStep, bool isExtrapolated)
    {
        _at = at;
        _parts = at.Problem as IPartialField ?? new CountedProblem(at.Problem, 0);
        _primalStep = primalStep;
        _dualStep = dualStep;
        _isExtrapolated = isExtrapolated;
        _probe = isExtrapolated ? new double[at.Values.Length] : at.Values;
        _beyond = isExtrapolated ? new double[at.Problem.DualSize] : [];
    }

    public ReadOnlySpan<double> Point => _at.Values;

    public double Residual => _at.Residual;

    public void Advance()
    {
        if (_isExtrapolated)
        {
            _at.Values.CopyTo(_probe, 0);
            TensorPrimitives.MultiplyAdd(_at.PrimalField, -2 * _primalStep, _at.Primal, _probe.AsSpan(0, _at.Primal.Length));
        }
        TensorPrimitives.MultiplyAdd(_at.PrimalField, -_primalStep, _at.Primal, _at.Primal);
        if (_isExtrapolated)
        {
            _parts.DualField(_probe, _beyond);
            TensorPrimitives.MultiplyAdd(_beyond, -_dualStep, _at.Dual, _at.Dual);
            TensorPrimitives.Add(_at.DualField, _beyond, _at.DualField);
            TensorPrimitives.Multiply(_at.DualField, 0.5, _at.DualField);
        }
        else
        {
            _parts.DualField(_probe, _at.DualField);
            TensorPrimitives.MultiplyAdd(_at.DualField, -_dualStep, _at.Dual, _at.Dual);
        }
        _parts.PrimalField(_at.Values, _at.PrimalField);
        _at.Estimate(TensorPrimitives.Norm<double>(_at.Field));
    }

    public void Refresh() => _at.Refresh();

    public InfeasibilityCertificate? FindCertificate() => null;

    public ISaddleIteration Fork(ISaddleProblem problem, bool isChanged) =>
        new AlternatingIteration(new FieldPoint(_at, problem, isChanged), _primalStep, _dualStep, _isExtrapolated);
}
