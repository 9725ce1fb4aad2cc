// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>
/// The minimum-residual Krylov method beside the iteration, for affine fields: the directions that it needs, in place of gradients, and the way to its point.
/// </summary>
/// <remarks>
/// Where f has curvature, steps that are best one by one spoil the conjugacy of the later ones, and a short memory does not bring it back: at conditions of 100 and more
/// that takes two to five times the work. The Krylov method's point does not depend on our steps, so that with the way to it among the directions no residual is
/// longer than its own. Its Lanczos vectors v are those of <c>K = ∇²f = S J</c>, S = diag(I, -I); its conjugate directions d have orthonormal images J d.
/// </remarks>
internal sealed class ConjugateTrack(int primalSize, int dualSize)
{
    private const double Breakdown = 1e-13;

    private readonly int _primalSize = primalSize;
    private readonly double[] _work = new double[primalSize + dualSize];
    private SplitDirection _vector = new(primalSize, dualSize);
    private SplitDirection _lastVector = new(primalSize, dualSize);
    private JointDirection _conjugate = new(primalSize, dualSize);
    private JointDirection _last = new(primalSize, dualSize);
    private JointDirection _secondLast = new(primalSize, dualSize);
    private double _beta;
    private bool _isOn;

    /// <summary>The newest Lanczos vector.</summary>
    public SplitDirection Vector => _vector;

    /// <summary>From the present point to that of the Krylov method.</summary>
    public SplitDirection Displacement { get; } = new(primalSize, dualSize);

    /// <summary>Forgets all: the next vector is the field at the present point.</summary>
    public void Clear() => _isOn = false;

    /// <summary>Goes on by one step of the Krylov method, at one bundle.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="point">The present point.</param>
    /// <param name="field">F there.</param>
    /// <param name="scale">An estimate of the norm of J.</param>
    public void Advance(ISaddleProblem problem, ReadOnlySpan<double> point, ReadOnlySpan<double> field, double scale)
    {
        if (!_isOn || !NextVector(scale))
        {
            Start(field);
        }
        _vector.ComputeImages(problem, point);
        _vector.Measure();
        NextConjugate(scale);
        TensorPrimitives.Add(field, Displacement.PrimalImage, _work);
        TensorPrimitives.Add(_work, Displacement.DualImage, _work);
        double length = -TensorPrimitives.Dot<double>(_work, _conjugate.Image);
        Displacement.Add(_conjugate.Direction, length, length);
        Displacement.Measure();
    }

    /// <summary>Says that the present point has moved.</summary>
    public void Move(SplitDirection step) => Displacement.Add(step, -1, -1);

    public void CopyFrom(ConjugateTrack other)
    {
        _vector.CopyFrom(other._vector);
        _lastVector.CopyFrom(other._lastVector);
        _conjugate.CopyFrom(other._conjugate);
        _last.CopyFrom(other._last);
        _secondLast.CopyFrom(other._secondLast);
        Displacement.CopyFrom(other.Displacement);
        (_beta, _isOn) = (other._beta, other._isOn);
    }

    private void Start(ReadOnlySpan<double> field)
    {
        Mirror(field, _vector.Vector);
        double norm = TensorPrimitives.Norm(field);
        if (norm > 0)
        {
            TensorPrimitives.Divide(_vector.Vector, norm, _vector.Vector);
        }
        _lastVector.Clear();
        _conjugate.Clear();
        _last.Clear();
        Displacement.Clear();
        (_beta, _isOn) = (0, true);
    }

    // Lanczos: β v⁺ = K v - α v - β v⁻.
    private bool NextVector(double scale)
    {
        double[] next = _lastVector.Vector;
        TensorPrimitives.Add(_vector.PrimalImage, _vector.DualImage, _work);
        Mirror(_work, _work);
        TensorPrimitives.MultiplyAdd(next, -_beta, _work, next);
        double alpha = TensorPrimitives.Dot<double>(next, _vector.Vector);
        TensorPrimitives.MultiplyAdd(_vector.Vector, -alpha, next, next);
        _beta = TensorPrimitives.Norm<double>(next);
        if (!(_beta > Breakdown * scale))
        {
            return false;
        }
        TensorPrimitives.Divide(next, _beta, next);
        (_vector, _lastVector) = (_lastVector, _vector);
        return true;
    }

    private void NextConjugate(double scale)
    {
        (_conjugate, _last, _secondLast) = (_secondLast, _conjugate, _last);
        _conjugate.Set(_vector);

        // Twice: the first pass leaves what rounding makes of a large projection.
        for (int pass = 0; pass < 2; pass++)
        {
            _conjugate.TakeAway(_last);
            _conjugate.TakeAway(_secondLast);
        }
        if (!_conjugate.Normalize(Breakdown * scale))
        {
            _isOn = false;
        }
    }

    private void Mirror(ReadOnlySpan<double> values, Span<double> mirrored)
    {
        values[_primalSize..].CopyTo(mirrored[_primalSize..]);
        TensorPrimitives.Negate(values[.._primalSize], mirrored[.._primalSize]);
    }
}
