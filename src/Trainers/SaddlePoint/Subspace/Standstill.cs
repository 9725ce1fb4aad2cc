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

    // ‖J'F‖ / (‖J‖ ‖F‖) at which F counts as stationary: a solution would be as many times further away than F is long, over ‖J‖.
    private const double Slope = 1e-12;

    // F is no longer but rounding below this part of ‖J‖ ‖z‖, and too near to that for a certificate below the other.
    private const double Rounding = 1e-14;
    private const double NearRounding = 1e-11;

    private double _best = double.PositiveInfinity;
    private int _since;
    private bool _isTested;

    /// <summary>The direction in which the residual falls fastest, to be used in the next step, where it stood still.</summary>
    public SplitDirection Descent { get; } = new(primalSize, dualSize);

    public bool HasDescent { get; private set; }

    public InfeasibilityCertificate? Certificate { get; private set; }

    /// <summary>Whether the residual stands still because it is as small as rounding lets it be.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Notes the residual at the start.</summary>
    public void Begin(double residual) => _best = residual;

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
    public void Suspect() => _since = Window;

    /// <summary>Looks whether F, where it stands still, is stationary: a certificate where it is affine, a direction of descent where it is not.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="point">The present point.</param>
    /// <param name="field">Room for F there, which is computed anew.</param>
    /// <param name="scale">An estimate of the norm of J.</param>
    public void Test(ISaddleProblem problem, ReadOnlySpan<double> point, Span<double> field, double scale)
    {
        if (_isTested || _since < Window)
        {
            return;
        }
        (_isTested, _since) = (true, 0);
        problem.Field(point, field);
        double norm = TensorPrimitives.Norm<double>(field), rounding = scale * TensorPrimitives.Norm(point);
        IsExhausted = norm <= Rounding * rounding;
        if (!(norm > NearRounding * rounding))
        {
            return;
        }
        field.CopyTo(Descent.Vector);
        TensorPrimitives.Negate<double>(Descent.Dual, Descent.Dual);
        Descent.ComputeImages(problem, point);
        TensorPrimitives.Add(Descent.PrimalImage, Descent.DualImage, Descent.Vector);
        TensorPrimitives.Negate<double>(Descent.Dual, Descent.Dual);
        double slope = TensorPrimitives.Norm<double>(Descent.Vector) / (Math.Max(scale, double.Epsilon) * norm);

        // A field that is not affine can be stationary here and zero elsewhere.
        if (problem.IsAffine && slope <= Slope)
        {
            double[] direction = field.ToArray();
            TensorPrimitives.Divide(direction, norm, direction);
            Certificate = new InfeasibilityCertificate(norm, slope, Array.AsReadOnly(direction));
        }
        HasDescent = double.IsFinite(slope) && slope > 0;
        Descent.Normalize();
    }

    public void CopyFrom(Standstill other)
    {
        Descent.CopyFrom(other.Descent);
        (_best, _since, _isTested) = (other._best, other._since, other._isTested);
        (HasDescent, IsExhausted, Certificate) = (other.HasDescent, other.IsExhausted, other.Certificate);
    }
}
