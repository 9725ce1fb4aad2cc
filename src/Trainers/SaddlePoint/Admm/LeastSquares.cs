// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>Weighted least squares with few columns, by modified Gram-Schmidt in which each column is made orthogonal twice; columns that depend on earlier ones get coefficient 0.</summary>
internal sealed class LeastSquares
{
    // What is left of a column of norm 1 that is a combination of earlier ones is rounding.
    private const double Dependent = 1e-10;
    private readonly double[][] _columns;
    private readonly double[] _triangle, _norms, _coefficients, _target;
    private int _count;

    public LeastSquares(int size, int capacity)
    {
        _columns = [.. Enumerable.Range(0, capacity).Select(_ => new double[size])];
        _triangle = new double[capacity * capacity];
        _norms = new double[capacity];
        _coefficients = new double[capacity];
        _target = new double[size];
    }

    public void Begin() => _count = 0;

    /// <summary>Adds a column, of which each component is multiplied by its weight.</summary>
    public void Add(ReadOnlySpan<double> column, ReadOnlySpan<double> weights)
    {
        int k = _count++;
        Span<double> own = _columns[k], above = Above(k);
        above.Clear();
        TensorPrimitives.Multiply(column, weights, own);
        _norms[k] = TensorPrimitives.Norm<double>(own);
        if (!(_norms[k] > 0) || !double.IsFinite(_norms[k]))
        {
            own.Clear();
            return;
        }
        TensorPrimitives.Divide(own, _norms[k], own);
        for (int round = 0; round < 2; round++)
        {
            for (int j = 0; j < k; j++)
            {
                double share = TensorPrimitives.Dot<double>(_columns[j], own);
                above[j] += share;
                TensorPrimitives.MultiplyAdd(_columns[j], -share, own, own);
            }
        }
        double rest = TensorPrimitives.Norm<double>(own);
        if (rest < Dependent)
        {
            own.Clear();
            above.Clear();
            return;
        }
        above[k] = rest;
        TensorPrimitives.Divide(own, rest, own);
    }

    /// <summary>The coefficients with which the columns come closest to a target, whose components are multiplied by their weights too.</summary>
    public ReadOnlySpan<double> Solve(ReadOnlySpan<double> target, ReadOnlySpan<double> weights)
    {
        TensorPrimitives.Multiply(target, weights, _target);
        for (int k = 0; k < _count; k++)
        {
            _coefficients[k] = TensorPrimitives.Dot<double>(_columns[k], _target);
            TensorPrimitives.MultiplyAdd(_columns[k], -_coefficients[k], _target, _target);
        }
        for (int k = _count - 1; k >= 0; k--)
        {
            ReadOnlySpan<double> above = Above(k);
            double value = above[k] == 0 ? 0 : _coefficients[k] / above[k];
            for (int j = 0; j < k; j++)
            {
                _coefficients[j] -= value * above[j];
            }
            _coefficients[k] = value == 0 ? 0 : value / _norms[k];
        }
        return _coefficients.AsSpan(0, _count);
    }

    private Span<double> Above(int column) => _triangle.AsSpan(column * _columns.Length, _columns.Length);
}
