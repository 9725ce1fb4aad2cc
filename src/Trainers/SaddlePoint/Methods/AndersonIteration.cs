// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>
/// With T one alternating step and <c>g = T(z) - z</c>: <c>T(z) - ΔT γ</c>, where γ makes <c>‖g - Δg γ‖</c> least and the columns of Δ are differences of successive steps.
/// </summary>
/// <remarks>Δg is kept as QR, by modified Gram-Schmidt done twice; columns are only added until all are forgotten, so nothing is ever taken out of it.</remarks>
internal sealed class AndersonIteration : ISaddleIteration
{
    // A difference that is this small beside what it was made of adds nothing but rounding errors: the memory begins anew.
    private const double Dependent = 1e-12;

    private readonly FieldPoint _at;
    private readonly IPartialField _parts;
    private readonly double _step;
    private readonly double[][] _orthonormal, _differences;
    private readonly double[,] _triangle;
    private readonly double[] _coefficients, _change, _lastChange, _image, _lastImage;
    private int _columns;
    private bool _hasLast;

    /// <summary>Begins: half a bundle for the first step's part of y.</summary>
    public AndersonIteration(FieldPoint at, double step, int memory)
        : this(at, step, memory, at.Values.Length) => Look(isFieldKnown: true);

    private AndersonIteration(FieldPoint at, double step, int memory, int size)
    {
        _at = at;
        _parts = at.Problem as IPartialField ?? new CountedProblem(at.Problem, 0);
        _step = step;
        _orthonormal = Columns(memory, size);
        _differences = Columns(memory, size);
        _triangle = new double[memory, memory];
        _coefficients = new double[memory];
        _change = new double[size];
        _lastChange = new double[size];
        _image = new double[size];
        _lastImage = new double[size];
    }

    public ReadOnlySpan<double> Point => _at.Values;

    public double Residual => _at.Residual;

    public void Advance()
    {
        if (_columns == _coefficients.Length)
        {
            _columns = 0;
            _hasLast = false;
        }
        if (_hasLast)
        {
            AddColumn();
        }
        _change.CopyTo(_lastChange, 0);
        _image.CopyTo(_lastImage, 0);
        _hasLast = true;
        Solve();
        _image.CopyTo(_at.Values, 0);
        for (int i = 0; i < _columns; i++)
        {
            _at.Move(-_coefficients[i], _differences[i]);
        }
        Look(isFieldKnown: false);
    }

    public void Refresh() => _at.Refresh();

    public InfeasibilityCertificate? FindCertificate() => null;

    public ISaddleIteration Fork(ISaddleProblem problem, bool isChanged)
    {
        FieldPoint at = new(_at, problem, isChanged);
        if (isChanged)
        {
            return new AndersonIteration(at, _step, _coefficients.Length);
        }
        AndersonIteration copy = new(at, _step, _coefficients.Length, _change.Length) { _columns = _columns, _hasLast = _hasLast };
        for (int i = 0; i < _columns; i++)
        {
            _orthonormal[i].CopyTo(copy._orthonormal[i], 0);
            _differences[i].CopyTo(copy._differences[i], 0);
        }
        Array.Copy(_triangle, copy._triangle, _triangle.Length);
        _change.CopyTo(copy._change, 0);
        _lastChange.CopyTo(copy._lastChange, 0);
        _image.CopyTo(copy._image, 0);
        _lastImage.CopyTo(copy._lastImage, 0);
        return copy;
    }

    // T at the present point, and with it an estimate of the field there: its part of y is that after x has moved.
    private void Look(bool isFieldKnown)
    {
        int primal = _at.Problem.PrimalSize;
        Span<double> field = _change;
        if (isFieldKnown)
        {
            _at.PrimalField.CopyTo(field);
        }
        else
        {
            _parts.PrimalField(_at.Values, field[..primal]);
        }
        _at.Values.CopyTo(_image, 0);
        TensorPrimitives.MultiplyAdd(field[..primal], -_step, _at.Primal, _image.AsSpan(0, primal));
        _parts.DualField(_image, field[primal..]);
        TensorPrimitives.MultiplyAdd(field[primal..], -_step, _at.Dual, _image.AsSpan(primal));
        if (!isFieldKnown)
        {
            _at.Estimate(TensorPrimitives.Norm<double>(field));
        }
        TensorPrimitives.Multiply(field, -_step, field);
    }

    private void AddColumn()
    {
        TensorPrimitives.Subtract(_image, _lastImage, _differences[_columns]);
        double[] column = _orthonormal[_columns];
        TensorPrimitives.Subtract(_change, _lastChange, column);
        double whole = TensorPrimitives.Norm<double>(column);
        for (int i = 0; i < _columns; i++)
        {
            _triangle[i, _columns] = 0;
        }
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < _columns; i++)
            {
                double part = TensorPrimitives.Dot<double>(_orthonormal[i], column);
                _triangle[i, _columns] += part;
                TensorPrimitives.MultiplyAdd(_orthonormal[i], -part, column, column);
            }
        }
        double rest = TensorPrimitives.Norm<double>(column);
        if (rest <= Dependent * whole)
        {
            _columns = 0;
            return;
        }
        TensorPrimitives.Divide(column, rest, column);
        _triangle[_columns, _columns] = rest;
        _columns++;
    }

    private void Solve()
    {
        for (int i = _columns - 1; i >= 0; i--)
        {
            double sum = TensorPrimitives.Dot<double>(_orthonormal[i], _change);
            for (int j = i + 1; j < _columns; j++)
            {
                sum -= _triangle[i, j] * _coefficients[j];
            }
            _coefficients[i] = sum / _triangle[i, i];
        }
    }

    private static double[][] Columns(int count, int size) => [.. Enumerable.Range(0, count).Select(_ => new double[size])];
}
