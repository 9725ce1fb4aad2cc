// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>Lanczos' process for S K, and a QR factorisation of its tridiagonal matrix by Givens' rotations, both by short recurrences.</summary>
internal sealed class MinimumResidualIteration : ISaddleIteration
{
    // A Lanczos vector this short beside the matrix's norm is rounding errors: the Krylov space is exhausted, and another begins.
    private const double Exhausted = 1e-14;

    // A residual that was computed may be this many times what the recurrence says before the recurrence is given up.
    private const double Drift = 1.1;

    private readonly FieldPoint _at;
    private readonly double[] _primalImage, _dualImage, _basis;
    private double[] _vector, _lastVector, _direction, _lastDirection, _spare;
    private double _length, _lastLength, _remaining, _norm;
    private double _cosine, _sine, _superdiagonal, _farSuperdiagonal;
    private bool _begins = true;

    public MinimumResidualIteration(FieldPoint at)
    {
        _at = at;
        int size = at.Values.Length;
        _primalImage = new double[size];
        _dualImage = new double[size];
        _basis = new double[size];
        _vector = new double[size];
        _lastVector = new double[size];
        _direction = new double[size];
        _lastDirection = new double[size];
        _spare = new double[size];
    }

    public ReadOnlySpan<double> Point => _at.Values;

    public double Residual => _at.Residual;

    public void Advance()
    {
        if (_begins)
        {
            Begin();
        }
        // The next row of the tridiagonal matrix: diagonal, and the length of the vector after it.
        double length = _length;
        TensorPrimitives.Divide(_vector, length, _basis);
        Multiply(_basis, _spare);
        if (_lastLength > 0)
        {
            TensorPrimitives.MultiplyAdd(_lastVector, -length / _lastLength, _spare, _spare);
        }
        double diagonal = TensorPrimitives.Dot<double>(_basis, _spare);
        TensorPrimitives.MultiplyAdd(_vector, -diagonal / length, _spare, _spare);
        (_lastVector, _vector, _spare) = (_vector, _spare, _lastVector);
        (_lastLength, _length) = (length, TensorPrimitives.Norm<double>(_vector));
        _norm = Math.Max(_norm, Math.Sqrt((diagonal * diagonal) + (_length * _length)));

        // Its column of R, and the rotation that removes what lies below it.
        double far = _farSuperdiagonal, near = (_cosine * _superdiagonal) + (_sine * diagonal), corner = (_sine * _superdiagonal) - (_cosine * diagonal);
        _farSuperdiagonal = _sine * _length;
        _superdiagonal = -_cosine * _length;
        double pivot = Math.Sqrt((corner * corner) + (_length * _length));
        if (pivot <= Exhausted * _norm)
        {
            // Singular, and nothing is left to reduce within this space.
            _begins = true;
            _at.Estimate(_remaining);
            return;
        }
        _cosine = corner / pivot;
        _sine = _length / pivot;

        TensorPrimitives.MultiplyAdd(_lastDirection, -far, _basis, _basis);
        TensorPrimitives.MultiplyAdd(_direction, -near, _basis, _basis);
        TensorPrimitives.Divide(_basis, pivot, _lastDirection);
        (_direction, _lastDirection) = (_lastDirection, _direction);
        _at.Move(_cosine * _remaining, _direction);
        _remaining *= _sine;
        _at.Estimate(_remaining);
        _begins = _length <= Exhausted * _norm;
    }

    public void Refresh()
    {
        double expected = _at.Residual;
        if (_at.Refresh() && !(_at.Residual <= Drift * expected))
        {
            _begins = true;
        }
    }

    public InfeasibilityCertificate? FindCertificate() => null;

    public ISaddleIteration Fork(ISaddleProblem problem, bool isChanged)
    {
        MinimumResidualIteration copy = new(new FieldPoint(_at, problem, isChanged));
        if (!isChanged)
        {
            _vector.CopyTo(copy._vector, 0);
            _lastVector.CopyTo(copy._lastVector, 0);
            _direction.CopyTo(copy._direction, 0);
            _lastDirection.CopyTo(copy._lastDirection, 0);
            (copy._length, copy._lastLength, copy._remaining, copy._norm) = (_length, _lastLength, _remaining, _norm);
            (copy._cosine, copy._sine, copy._superdiagonal, copy._farSuperdiagonal, copy._begins) = (_cosine, _sine, _superdiagonal, _farSuperdiagonal, _begins);
        }
        return copy;
    }

    private void Begin()
    {
        _at.Refresh();
        TensorPrimitives.Negate(_at.PrimalField, _vector.AsSpan(0, _at.Problem.PrimalSize));
        _at.DualField.CopyTo(_vector.AsSpan(_at.Problem.PrimalSize));
        _direction.AsSpan().Clear();
        _lastDirection.AsSpan().Clear();
        _length = _remaining = _at.Residual;
        _lastLength = _norm = _sine = _superdiagonal = _farSuperdiagonal = 0;
        _cosine = -1;
        _begins = false;
    }

    // S K times a vector.
    private void Multiply(double[] vector, double[] product)
    {
        _at.Problem.Images(_at.Values, vector, _primalImage, _dualImage);
        TensorPrimitives.Add(_primalImage, _dualImage, product);
        var dual = product.AsSpan(_at.Problem.PrimalSize);
        TensorPrimitives.Negate(dual, dual);
    }
}
