// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>
/// The saddle point of the Lagrangian with weights restricted to a subspace and all multipliers free, by an augmented Lagrangian: the proximal term on the multipliers
/// makes the inner maximum <c>(λ + σ c)_+</c>, which leaves a convex function of few variables for Newton's method. Costs no pass over the rows.
/// </summary>
internal sealed class RestrictedSaddle
{
    private const int MaximumNewtonSteps = 40;
    private const int MaximumHalvings = 40;
    private const double SufficientDecrease = 1e-4;

    // Of a function of this size, a decrease of less is lost in rounding: the step is taken on trust of its gradient.
    private const double Invisible = 1e-12;

    private readonly ConstrainedProblem _problem;
    private readonly LossBlocks _losses;
    private readonly ConstrainedPoint _point;
    private readonly double[] _ones, _scores, _move;
    private readonly double[] _multipliers, _values;
    private readonly int _lossCount;
    private readonly List<double[]> _columns = [];
    private double[] _current = [], _trial = [], _gram = [], _slope = [];
    private double[][] _linear = [];
    private double[] _linearStart = [];
    private double _square;
    private int _directions;

    public RestrictedSaddle(ConstrainedProblem problem, LossBlocks losses, ConstrainedPoint point)
    {
        _problem = problem;
        _losses = losses;
        _point = point;
        _ones = new double[point.Scores.Length];
        Array.Fill(_ones, 1);
        _scores = new double[_ones.Length];
        _move = new double[_ones.Length];
        _lossCount = problem.LossConstraints.Count;
        _multipliers = new double[point.Multipliers.Length];
        _values = new double[_multipliers.Length];
    }

    /// <summary>Newton steps of all solves.</summary>
    public int NewtonSteps { get; private set; }

    private int BiasAt => _directions;

    private int WorstAt => _directions + 1;

    /// <summary>Moves the point, its multipliers included, to the saddle point or towards it; losses must be those at the point.</summary>
    /// <param name="basis">The subspace.</param>
    /// <param name="updates">How often multipliers may be changed.</param>
    /// <param name="tolerance">The change of a multiplier, times its penalty, that is no more than rounding: constraint values of this size count as zero.</param>
    /// <returns>The coefficients of the step along the basis.</returns>
    public ReadOnlySpan<double> Solve(SubspaceBasis basis, int updates, ReadOnlySpan<double> tolerance)
    {
        Begin(basis);
        double previous = double.PositiveInfinity;
        for (int update = 0; update < updates; update++)
        {
            Minimize();
            double error = Error(tolerance);
            if (!(error <= previous / 2))
            {
                // What can't be met within the subspace would drive multipliers away without end.
                break;
            }
            previous = error;
            for (int k = 0; k < _multipliers.Length; k++)
            {
                _point.Multipliers[k] = Next(k);
            }
            if (error <= 1)
            {
                break;
            }
        }
        End(basis);
        return _current.AsSpan(0, _directions);
    }

    private double Next(int k) => Math.Max(0, _point.Multipliers[k] + (_point.Penalties[k] * _values[k]));

    // The largest step of a multiplier, in units of its tolerance.
    private double Error(ReadOnlySpan<double> tolerance)
    {
        double error = 0;
        for (int k = 0; k < _values.Length; k++)
        {
            error = Math.Max(error, Math.Abs(Next(k) - _point.Multipliers[k]) / _point.Penalties[k] / tolerance[k]);
        }
        return error;
    }

    private void Begin(SubspaceBasis basis)
    {
        _directions = basis.Count;
        int size = _directions + (_problem.MinimizesWorst ? 2 : 1);
        _current = new double[size];
        _trial = new double[size];
        _columns.Clear();
        for (int j = 0; j < _directions; j++)
        {
            _columns.Add(basis.Image(j));
        }
        _columns.Add(_ones);
        _gram = new double[_directions * _directions];
        _slope = new double[_directions];
        for (int i = 0; i < _directions; i++)
        {
            _slope[i] = TensorPrimitives.Dot(basis.Direction(i), _point.Weights);
            for (int j = 0; j <= i; j++)
            {
                _gram[(i * _directions) + j] = _gram[(j * _directions) + i] = TensorPrimitives.Dot(basis.Direction(i), basis.Direction(j));
            }
        }
        _square = TensorPrimitives.Dot(_point.Weights, _point.Weights);
        _linear = [.. _problem.LinearConstraints.Select(constraint => Enumerable.Range(0, _directions).Select(j => TensorPrimitives.Dot(constraint.Vector, basis.Direction(j))).ToArray())];
        _linearStart = [.. _problem.LinearConstraints.Select(constraint => constraint.ValueAt(_point))];
        _point.Scores.CopyTo(_scores, 0);
    }

    private void End(SubspaceBasis basis)
    {
        for (int j = 0; j < _directions; j++)
        {
            TensorPrimitives.MultiplyAdd(basis.Direction(j), _current[j], _point.Weights, _point.Weights);
        }
        _point.Bias += _current[BiasAt];
        _point.Worst += _problem.MinimizesWorst ? _current[WorstAt] : 0;
        _scores.CopyTo(_point.Scores, 0);
        _values.CopyTo(_point.Values, 0);
    }

    private void Minimize()
    {
        int size = _current.Length, columns = _directions + 1;
        double[] hessian = new double[size * size], curvature = new double[columns * columns], step = new double[size];
        double[][] gradients = new double[_lossCount + 1][];
        for (int k = 0; k <= _lossCount; k++)
        {
            gradients[k] = new double[columns];
        }
        double[] gradient = new double[size], extended = new double[size];
        SetWorst(_current);
        double value = Merit(_current);
        for (int iteration = 0; iteration < MaximumNewtonSteps; iteration++)
        {
            NewtonSteps++;
            for (int k = 0; k < _multipliers.Length; k++)
            {
                _multipliers[k] = Next(k);
            }
            _losses.Differentiate(_columns, _multipliers.AsSpan(0, _lossCount), gradients, curvature);
            Assemble(gradients, curvature, gradient, hessian, extended);
            TensorPrimitives.Negate(gradient, step);
            if (!SmallCholesky.TrySolve(hessian, step))
            {
                return;
            }
            double decrease = -TensorPrimitives.Dot(gradient, step);
            if (!(decrease > 0))
            {
                return;
            }
            bool isLast = decrease <= Invisible * Math.Max(Math.Abs(value), double.Epsilon);
            LossBlocks.Combine(_columns, step, _move);
            double length = Search(step, value, decrease, isLast, ref value);
            if (length == 0)
            {
                return;
            }
            if (isLast)
            {
                return;
            }
        }
    }

    // Moves as far along the step as the function falls; 0 where it does not.
    private double Search(double[] step, double start, double decrease, bool isTrusted, ref double value)
    {
        double length = 1, taken = 0;
        double[] before = [.. _current];
        for (int halving = 0; halving < MaximumHalvings; halving++, length /= 2)
        {
            TensorPrimitives.MultiplyAdd(_move, length - taken, _scores, _scores);
            taken = length;
            TensorPrimitives.MultiplyAdd(step, length, before, _trial);
            _losses.Evaluate(_scores);
            SetWorst(_trial);
            double trial = Merit(_trial);
            if (isTrusted || trial <= start - (SufficientDecrease * length * decrease))
            {
                value = trial;
                _trial.CopyTo(_current, 0);
                return length;
            }
        }
        TensorPrimitives.MultiplyAdd(_move, -taken, _scores, _scores);
        _losses.Evaluate(_scores);
        before.CopyTo(_current, 0);
        Merit(_current);
        return 0;
    }

    // The augmented Lagrangian; leaves the constraints' values.
    private double Merit(double[] at)
    {
        var weights = at.AsSpan(0, _directions);
        double bias = at[BiasAt];
        double worst = _problem.MinimizesWorst ? _point.Worst + at[WorstAt] : 0;
        double penalty = _square + (2 * TensorPrimitives.Dot(_slope, weights));
        for (int i = 0; i < _directions; i++)
        {
            penalty += weights[i] * TensorPrimitives.Dot(_gram.AsSpan(i * _directions, _directions), weights);
        }
        double merit = _losses.Objective + (_problem.L2 / 2 * penalty) + worst;
        for (int k = 0; k < _values.Length; k++)
        {
            if (k < _lossCount)
            {
                _values[k] = _losses.Values[k] - _point.Levels[k] - (_problem.LossConstraints[k].IsBelowWorst ? worst : 0);
            }
            else
            {
                int l = k - _lossCount;
                _values[k] = _linearStart[l] + TensorPrimitives.Dot(_linear[l], weights) + (_problem.LinearConstraints[l].BiasFactor * bias) - _point.Levels[k];
            }
            double next = Next(k);
            merit += next * next / (2 * _point.Penalties[k]);
        }
        return merit;
    }

    // The t that is best for the losses as they are: 1 = sum of (λ + σ (loss - level - t))_+, piecewise linear in t.
    private void SetWorst(double[] at)
    {
        if (!_problem.MinimizesWorst)
        {
            return;
        }
        var bends = new List<(double At, double Slope)>();
        for (int k = 0; k < _lossCount; k++)
        {
            if (_problem.LossConstraints[k].IsBelowWorst)
            {
                bends.Add((_losses.Values[k] - _point.Levels[k] + (_point.Multipliers[k] / _point.Penalties[k]), _point.Penalties[k]));
            }
        }
        bends.Sort((left, right) => right.At.CompareTo(left.At));
        double slopes = 0, weighted = 0, worst = 0;
        for (int i = 0; i < bends.Count; i++)
        {
            slopes += bends[i].Slope;
            weighted += bends[i].Slope * bends[i].At;
            worst = (weighted - 1) / slopes;
            if (i + 1 == bends.Count || worst >= bends[i + 1].At)
            {
                break;
            }
        }
        at[WorstAt] = worst - _point.Worst;
    }

    private void Assemble(double[][] gradients, double[] curvature, double[] gradient, double[] hessian, double[] extended)
    {
        int size = _current.Length, columns = _directions + 1;
        Array.Clear(hessian);
        Array.Clear(gradient);
        var weights = _current.AsSpan(0, _directions);
        for (int i = 0; i < columns; i++)
        {
            curvature.AsSpan(i * columns, columns).CopyTo(hessian.AsSpan(i * size));
            gradient[i] = gradients[0][i];
        }
        for (int i = 0; i < _directions; i++)
        {
            var row = _gram.AsSpan(i * _directions, _directions);
            gradient[i] += _problem.L2 * (_slope[i] + TensorPrimitives.Dot(row, weights));
            for (int j = 0; j < _directions; j++)
            {
                hessian[(i * size) + j] += _problem.L2 * row[j];
            }
        }
        if (_problem.MinimizesWorst)
        {
            gradient[WorstAt] = 1;
        }
        for (int k = 0; k < _multipliers.Length; k++)
        {
            if (_multipliers[k] == 0)
            {
                continue;
            }
            Array.Clear(extended);
            if (k < _lossCount)
            {
                gradients[k + 1].CopyTo(extended, 0);
                if (_problem.LossConstraints[k].IsBelowWorst)
                {
                    extended[WorstAt] = -1;
                }
            }
            else
            {
                _linear[k - _lossCount].CopyTo(extended, 0);
                extended[BiasAt] = _problem.LinearConstraints[k - _lossCount].BiasFactor;
            }
            TensorPrimitives.MultiplyAdd(extended, _multipliers[k], gradient, gradient);
            for (int i = 0; i < size; i++)
            {
                if (extended[i] != 0)
                {
                    var row = hessian.AsSpan(i * size, size);
                    TensorPrimitives.MultiplyAdd(extended, _point.Penalties[k] * extended[i], row, row);
                }
            }
        }
    }
}
