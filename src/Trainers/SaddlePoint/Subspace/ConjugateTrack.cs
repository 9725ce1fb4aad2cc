// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>
/// The minimum-residual Krylov method (Paige and Saunders) beside the iteration, for affine fields: the directions that it needs, in place of gradients, and the way to its point.
/// </summary>
/// <remarks>
/// Where f has curvature, steps that are best one by one spoil the conjugacy of the later ones, and a short memory does not bring it back: at conditions of 100 and more
/// that takes two to five times the work. The Krylov method's point does not depend on our steps, so that with the way to it among the directions no residual is
/// longer than its own. Its Lanczos vectors v are those of <c>K = ∇²f = S J</c>, S = diag(I, -I), begun with -S F. Rotations turn their tridiagonal matrix upright; with
/// directions d that are made orthogonal by their images instead, it stood still at a condition of 10 000.
/// </remarks>
internal sealed class ConjugateTrack(int primalSize, int dualSize)
{
    private const double Breakdown = 1e-13;

    private readonly int _primalSize = primalSize;
    private readonly double[] _work = new double[primalSize + dualSize];
    private SplitDirection _vector = new(primalSize, dualSize);
    private SplitDirection _neighbour = new(primalSize, dualSize);
    private SplitDirection _conjugate = new(primalSize, dualSize);
    private SplitDirection _last = new(primalSize, dualSize);
    private SplitDirection _secondLast = new(primalSize, dualSize);
    private double _beta, _remaining, _cosine, _sine, _superdiagonal, _farSuperdiagonal;
    private bool _isOn;

    /// <summary>The newest Lanczos vector.</summary>
    public SplitDirection Vector => _vector;

    /// <summary>From the present point to that of the Krylov method.</summary>
    public SplitDirection Displacement { get; } = new(primalSize, dualSize);

    /// <summary>The image of all of it. Its halves by themselves are no directions: a half that is a small difference of large ones has an image of rounding errors.</summary>
    public double[] DisplacementImage { get; } = new double[primalSize + dualSize];

    /// <summary>Forgets all: the next vector is the field at the present point.</summary>
    public void Clear() => _isOn = false;

    /// <summary>Goes on by one step of the Krylov method, at one bundle.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="point">The present point.</param>
    /// <param name="field">F there.</param>
    /// <param name="scale">An estimate of the norm of J.</param>
    public void Advance(ISaddleProblem problem, ReadOnlySpan<double> point, ReadOnlySpan<double> field, double scale)
    {
        if (_isOn)
        {
            // The vector after the last was left beside it.
            TensorPrimitives.Divide(_neighbour.Vector, _beta, _neighbour.Vector);
            (_vector, _neighbour) = (_neighbour, _vector);
        }
        else
        {
            Start(field);
        }
        _vector.ComputeImages(problem, point);
        _vector.Measure();

        // A new column of the tridiagonal matrix, and what earlier rotations make of it.
        double alpha = NextVector();
        double near = (_cosine * _superdiagonal) + (_sine * alpha), far = _farSuperdiagonal, corner = (_sine * _superdiagonal) - (_cosine * alpha);
        (_farSuperdiagonal, _superdiagonal) = (_sine * _beta, -_cosine * _beta);
        double pivot = double.Hypot(corner, _beta);
        _isOn = _beta > Breakdown * scale && double.IsFinite(pivot);
        if (pivot > Breakdown * scale)
        {
            Move(far, near, pivot, corner);
        }
        Displacement.Measure();
        TensorPrimitives.Add(Displacement.PrimalImage, Displacement.DualImage, DisplacementImage);
    }

    /// <summary>Says that the present point has moved.</summary>
    public void Move(SplitDirection step) => Displacement.Add(step, -1, -1);

    public void CopyFrom(ConjugateTrack other)
    {
        _vector.CopyFrom(other._vector);
        _neighbour.CopyFrom(other._neighbour);
        _last.CopyFrom(other._last);
        _secondLast.CopyFrom(other._secondLast);
        Displacement.CopyFrom(other.Displacement);
        (_beta, _remaining, _cosine, _sine) = (other._beta, other._remaining, other._cosine, other._sine);
        (_superdiagonal, _farSuperdiagonal, _isOn) = (other._superdiagonal, other._farSuperdiagonal, other._isOn);
    }

    private void Start(ReadOnlySpan<double> field)
    {
        _remaining = TensorPrimitives.Norm(field);
        field.CopyTo(_vector.Vector);
        TensorPrimitives.Negate<double>(_vector.Primal, _vector.Primal);
        TensorPrimitives.Divide(_vector.Vector, _remaining > 0 ? _remaining : 1, _vector.Vector);
        _neighbour.Clear();
        _last.Clear();
        _secondLast.Clear();
        Displacement.Clear();
        (_beta, _cosine, _sine, _superdiagonal, _farSuperdiagonal) = (0, -1, 0, 0, 0);
    }

    // Lanczos: β v⁺ = K v - α v - β v⁻, which takes v⁻'s place.
    private double NextVector()
    {
        double[] next = _neighbour.Vector;
        TensorPrimitives.Add(_vector.PrimalImage, _vector.DualImage, _work);
        TensorPrimitives.Negate<double>(_work.AsSpan(_primalSize), _work.AsSpan(_primalSize));
        TensorPrimitives.MultiplyAdd(next, -_beta, _work, next);
        double alpha = TensorPrimitives.Dot<double>(next, _vector.Vector);
        TensorPrimitives.MultiplyAdd(_vector.Vector, -alpha, next, next);
        _beta = TensorPrimitives.Norm<double>(next);
        return alpha;
    }

    // d = (v - near d⁻ - far d⁻⁻) / pivot, and the step along it that the rotation says.
    private void Move(double far, double near, double pivot, double corner)
    {
        (_cosine, _sine) = (corner / pivot, _beta / pivot);
        _conjugate.CopyFrom(_vector);
        _conjugate.Add(_secondLast, -far, -far);
        _conjugate.Add(_last, -near, -near);
        _conjugate.Divide(pivot);
        Displacement.Add(_conjugate, _cosine * _remaining, _cosine * _remaining);
        _remaining *= _sine;
        (_last, _secondLast, _conjugate) = (_conjugate, _last, _secondLast);
    }
}
