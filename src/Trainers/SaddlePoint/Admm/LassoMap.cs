// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>One step of the alternating direction method of multipliers on the lasso, as a map of <c>v = z + u</c>, where z is v shrunk by μ/ρ towards zero and u the rest, the scaled multiplier.</summary>
internal sealed class LassoMap : ISplitMap
{
    private readonly SparseMatrix _data;
    private readonly double[] _correlation, _rows, _columns;
    private readonly double _rho, _relaxation, _threshold;
    private readonly bool _isWide;
    private readonly DenseCholesky? _system;

    public LassoMap(LassoProblem problem, double rho, double relaxation)
    {
        _data = problem.Data;
        _rho = rho;
        _relaxation = relaxation;
        _threshold = problem.Penalty / rho;
        _rows = new double[_data.Rows];
        _columns = new double[_data.Columns];
        _correlation = new double[_data.Columns];
        _data.MultiplyTransposed(problem.TargetsSpan, _correlation);
        _isWide = _data.Columns > _data.Rows;
        _system = Factor();
    }

    public double Shrunk(double value) => value > _threshold ? value - _threshold : value < -_threshold ? value + _threshold : 0;

    public bool IsDual(int index, double value) => Math.Abs(value) <= _threshold;

    /// <summary>T; all NaN if the matrix had no factors in double precision.</summary>
    public void Apply(ReadOnlySpan<double> point, Span<double> image)
    {
        if (_system is null)
        {
            image.Fill(double.NaN);
            return;
        }
        // (D'D + ρI) x = D'b + ρ (z - u), where z - u = 2z - v.
        for (int i = 0; i < point.Length; i++)
        {
            _columns[i] = _correlation[i] + (_rho * ((2 * Shrunk(point[i])) - point[i]));
        }
        if (_isWide)
        {
            // (D'D + ρI)^-1 = (I - D' (DD' + ρI)^-1 D) / ρ
            _data.Multiply(_columns, _rows);
            _system.Solve(_rows);
            _data.MultiplyTransposed(_rows, image);
            TensorPrimitives.Subtract(_columns, image, _columns);
            TensorPrimitives.Divide(_columns, _rho, _columns);
        }
        else
        {
            _system.Solve(_columns);
        }
        for (int i = 0; i < point.Length; i++)
        {
            // α x + (1 - α) z + u
            image[i] = (_relaxation * (_columns[i] - Shrunk(point[i]))) + point[i];
        }
    }

    // Of D'D or DD', whichever is smaller; each entry is summed in the order of rows or columns.
    private DenseCholesky? Factor()
    {
        int size = Math.Min(_data.Rows, _data.Columns);
        double[] matrix = new double[size * size];
        var byPlace = _isWide ? _data.Entries().GroupBy(entry => entry.Column) : _data.Entries().GroupBy(entry => entry.Row);
        foreach (var group in byPlace.OrderBy(group => group.Key))
        {
            (int Index, double Value)[] values = [.. group.Select(entry => (_isWide ? entry.Row : entry.Column, entry.Value))];
            foreach ((int row, double factor) in values)
            {
                foreach ((int column, double value) in values)
                {
                    matrix[(row * size) + column] += factor * value;
                }
            }
        }
        for (int i = 0; i < size; i++)
        {
            matrix[(i * size) + i] += _rho;
        }
        return DenseCholesky.TryFactor(matrix, size);
    }
}
