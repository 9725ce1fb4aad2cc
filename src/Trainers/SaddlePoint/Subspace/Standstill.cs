// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>Notices that the residual no longer falls, and looks then whether any step could reduce it: whether <c>J' F = S J S F</c> is zero, S = diag(I, -I).</summary>
/// <remarks>J is S times the symmetric ∇²f, so that one bundle of images tells. Where it is not zero, its opposite is a direction of descent.</remarks>
internal sealed class Standstill(int primalSize, int dualSize)
{
    // A residual that falls by less than this part over so many steps stands still.
    private const int Window = 25;
    private const double Progress = 1e-3;

    // ‖J'F‖ / (‖J‖ ‖F‖) at which F counts as stationary; images of differences are less exact.
    private const double AffineSlope = 1e-9;
    private const double Slope = 1e-5;

    // F counts as zero where rounding could make it, over ‖J‖ ‖z‖ and over the first one.
    private const double Rounding = 1e-11;

    private double _best = double.PositiveInfinity;
    private double _first;
    private int _since;
    private bool _isTested;

    /// <summary>The direction in which the residual falls fastest, to be used in the next step, where it stood still.</summary>
    public SplitDirection Descent { get; } = new(primalSize, dualSize);

    public bool HasDescent { get; private set; }

    public InfeasibilityCertificate? Certificate { get; private set; }

    /// <summary>Notes the residual at the start.</summary>
    public void Begin(double residual) => (_best, _first) = (residual, residual);

    /// <summary>Notes the residual after a step.</summary>
    public void Step(double residual)
    {
        HasDescent = _isTested = false;
        if (residual < (1 - Progress) * _best)
        {
            (_best, _since) = (residual, 0);
            return;
        }
        _since++;
    }

    /// <summary>Has the next test done though the residual has not stood still for long.</summary>
    public void Suspect(bool isSuspect) => _since = isSuspect ? Window : _since;

    /// <summary>Looks for a certificate where the residual stands still.</summary>
    public void Test(ISaddleProblem problem, ReadOnlySpan<double> point, ReadOnlySpan<double> field, double scale)
    {
        if (_isTested || _since < Window)
        {
            return;
        }
        (_isTested, _since) = (true, 0);
        double norm = TensorPrimitives.Norm(field);
        if (!(norm > Rounding * Math.Max(_first, scale * TensorPrimitives.Norm(point))))
        {
            return;
        }
        field.CopyTo(Descent.Vector);
        TensorPrimitives.Negate<double>(Descent.Dual, Descent.Dual);
        Descent.ComputeImages(problem, point);
        TensorPrimitives.Add(Descent.PrimalImage, Descent.DualImage, Descent.Vector);
        TensorPrimitives.Negate<double>(Descent.Dual, Descent.Dual);
        double slope = TensorPrimitives.Norm<double>(Descent.Vector) / (Math.Max(scale, double.Epsilon) * norm);
        if (slope <= (problem.IsAffine ? AffineSlope : Slope))
        {
            double[] direction = field.ToArray();
            TensorPrimitives.Divide(direction, norm, direction);
            Certificate = new InfeasibilityCertificate(norm, slope, Array.AsReadOnly(direction));
        }
        HasDescent = double.IsFinite(slope);
        Descent.Normalize();
    }

    public void CopyFrom(Standstill other)
    {
        Descent.CopyFrom(other.Descent);
        (_best, _first, _since, _isTested, HasDescent, Certificate) = (other._best, other._first, other._since, other._isTested, other.HasDescent, other.Certificate);
    }
}
