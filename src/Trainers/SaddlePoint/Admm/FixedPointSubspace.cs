// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Numerics.Tensors;
using MLNetExtensions.Trainers.SaddlePoint.Subspace;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>
/// Iterates a map T that expands no distances. With memory, each step goes where the displacement <c>T(s) - s</c> would be least over the subspace of previous steps if it changed along them
/// as it did before, and then through T; where it is not less than it was, T itself is applied and the memory is emptied.
/// </summary>
/// <remarks>
/// Displacements never grow, but for rounding, and tend to 0 if T has a fixed point and is averaged: either they become shorter by <see cref="Enough"/> again and again, or T alone is applied in the end.
/// T is affine as long as the same bounds are met; there it is a minimum-residual method, and the images of previous steps cost no evaluation of T. The displacement's primal and dual parts are directions
/// of their own where asked for; their images cost one evaluation each.
/// </remarks>
internal sealed class FixedPointSubspace
{
    // After a step in vain so many plain ones pass before the next try: 1, 3, 7, ... while tries go on failing.
    private const int LongestPause = 32;

    // So many steps may be combined until the displacement has become shorter by this factor; from then on T alone is applied until it has.
    private const int MostTries = 50;
    private const double Enough = 0.999;

    // Of the displacement: changes that are mere rounding lead farther, to where rounding hides what is looked for.
    private const double Farthest = 1e6;
    private readonly ISplitMap _map;
    private readonly DisplacementMemory _memory;
    private readonly ThinQr _qr;
    private readonly double[] _weights, _sum, _projections, _coefficients;
    private readonly double[][] _parts, _partChanges;
    private double[] _point, _displacement, _trial, _trialDisplacement;
    private double _mark;
    private int _pause, _wait, _tries;

    public FixedPointSubspace(ISplitMap map, int size, int memory, bool split)
    {
        _map = map;
        _memory = new DisplacementMemory(size, memory);
        int parts = split && memory > 0 ? 2 : 0;
        _qr = new ThinQr(size, memory + parts);
        _projections = new double[memory + parts];
        _coefficients = new double[memory + parts];
        _weights = new double[size];
        _sum = new double[size];
        _point = new double[size];
        _displacement = new double[size];
        _trial = new double[size];
        _trialDisplacement = new double[size];
        _parts = [.. Enumerable.Range(0, parts).Select(_ => new double[size])];
        _partChanges = [.. Enumerable.Range(0, parts).Select(_ => new double[size])];
    }

    /// <summary>How often T was evaluated.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Steps that were tried in vain.</summary>
    public int Rejected { get; private set; }

    /// <summary>The weighted norm of the displacement.</summary>
    public double Norm { get; private set; }

    public ReadOnlySpan<double> Point => _point;

    public ReadOnlySpan<double> Displacement => _displacement;

    /// <summary>Begins anew at a point, with one evaluation.</summary>
    /// <param name="point">s.</param>
    /// <param name="weights">Of the squares in the norm in which T expands no distances.</param>
    public void Begin(ReadOnlySpan<double> point, ReadOnlySpan<double> weights)
    {
        Debug.Assert(point.Length == _point.Length && weights.Length == _point.Length, "One number for each component.");
        for (int i = 0; i < weights.Length; i++)
        {
            _weights[i] = Math.Sqrt(weights[i]);
        }
        point.CopyTo(_point);
        _memory.Clear();
        _pause = _wait = _tries = 0;
        _mark = Norm = Evaluate(_point, _displacement);
    }

    /// <summary>Takes one step: one evaluation, two where the subspace was tried in vain, and two more where the displacement is split.</summary>
    public void Advance()
    {
        if (Norm <= Enough * _mark)
        {
            _mark = Norm;
            _tries = 0;
        }
        if (_wait > 0)
        {
            _wait--;
        }
        else if (_memory.Count > 0 && _tries < MostTries)
        {
            double norm = Propose() ? Evaluate(_trial, _trialDisplacement) : double.PositiveInfinity;
            if (norm <= Norm)
            {
                _pause = 0;
                _tries++;
                Accept(norm);
                return;
            }
            // Other bounds are met there: what was remembered is of another affine piece.
            Rejected++;
            _memory.Clear();
            _pause = Math.Min((2 * _pause) + 1, LongestPause);
            _wait = _pause;
        }
        TensorPrimitives.Add(_point, _displacement, _trial);
        Accept(Evaluate(_trial, _trialDisplacement));
    }

    private void Accept(double norm)
    {
        _memory.Add(_point, _trial, _displacement, _trialDisplacement);
        (_point, _trial) = (_trial, _point);
        (_displacement, _trialDisplacement) = (_trialDisplacement, _displacement);
        Norm = norm;
    }

    // Sets the trial and says whether it is near enough.
    private bool Propose()
    {
        _qr.Clear();
        for (int part = 0; part < _parts.Length; part++)
        {
            for (int i = 0; i < _point.Length; i++)
            {
                _parts[part][i] = _map.IsDual(i, _point[i]) == (part == 1) ? _displacement[i] : 0;
            }
            TensorPrimitives.Add(_point, _parts[part], _trial);
            Evaluate(_trial, _partChanges[part]);
            TensorPrimitives.Subtract(_partChanges[part], _displacement, _partChanges[part]);
            AddColumn(_partChanges[part]);
        }
        // The newest first: of columns that depend on each other the first ones count.
        for (int age = 0; age < _memory.Count; age++)
        {
            AddColumn(_memory.Change(age));
        }
        TensorPrimitives.Multiply(_displacement, _weights, _sum);
        _qr.Project(_sum, _projections);
        _qr.SolveUpper(_projections);
        _qr.Spread(_projections, _coefficients);
        // s - S c, then T as far as it is known: + r - R c.
        TensorPrimitives.Add(_point, _displacement, _trial);
        for (int i = 0; i < _qr.Columns; i++)
        {
            int age = i - _parts.Length;
            TensorPrimitives.Add(age < 0 ? _parts[i] : _memory.Step(age), age < 0 ? _partChanges[i] : _memory.Change(age), _sum);
            TensorPrimitives.MultiplyAdd(_sum, -_coefficients[i], _trial, _trial);
        }
        TensorPrimitives.Subtract(_trial, _point, _sum);
        TensorPrimitives.Multiply(_sum, _weights, _sum);
        return TensorPrimitives.Norm<double>(_sum) <= Farthest * Norm;
    }

    private void AddColumn(ReadOnlySpan<double> change)
    {
        TensorPrimitives.Multiply(change, _weights, _sum);
        _qr.Add(_sum, 0);
    }

    private double Evaluate(double[] point, double[] displacement)
    {
        Evaluations++;
        _map.Apply(point, displacement);
        TensorPrimitives.Subtract(displacement, point, displacement);
        TensorPrimitives.Multiply(displacement, _weights, _sum);
        return TensorPrimitives.Norm<double>(_sum);
    }
}
