// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>The span of a few split directions at a point, and the step within it.</summary>
internal sealed class SearchSpace
{
    // What rounding alone makes of the image of a direction that J maps to zero, over the norms of J and of the direction.
    private const double Rounding = 1e-14;

    private readonly List<SplitDirection> _directions;
    private readonly ThinQr _images;
    private readonly GalerkinSystem? _saddle;
    private readonly double[] _coefficients;
    private readonly double[] _system;
    private readonly double[] _unknowns;
    private double[]? _jointImage;
    private int _joint = -1;

    public SearchSpace(int primalSize, int dualSize, int capacity, bool solvesSaddles)
    {
        _directions = new List<SplitDirection>(capacity);
        _images = new ThinQr(primalSize + dualSize, 2 * capacity);
        _saddle = solvesSaddles ? new GalerkinSystem(primalSize, dualSize, capacity) : null;
        _coefficients = new double[2 * capacity];
        _system = new double[4 * capacity * capacity];
        _unknowns = new double[2 * capacity];
    }

    /// <summary>A lower estimate of the norm of J: the longest image of a direction of length 1 so far.</summary>
    public double Scale { get; private set; }

    public void Clear()
    {
        _directions.Clear();
        _joint = -1;
    }

    public void Add(SplitDirection direction)
    {
        _directions.Add(direction);
        double stretch = Math.Max(direction.PrimalStretch, direction.DualStretch);
        if (double.IsFinite(stretch))
        {
            Scale = Math.Max(Scale, stretch);
        }
    }

    /// <summary>Adds a direction whose halves have one coefficient in the step of minimum residual. At most one.</summary>
    /// <param name="direction">The direction.</param>
    /// <param name="image">The image of the whole.</param>
    public void AddJoint(SplitDirection direction, double[] image)
    {
        (_joint, _jointImage) = (_directions.Count, image);
        _directions.Add(direction);
    }

    public void CopyFrom(SearchSpace other) => Scale = other.Scale;

    /// <summary>Finds the step after which the linearised field is shortest: the s that minimises <c>‖F + V s‖² + τ² ‖D s‖²</c>.</summary>
    /// <param name="field">F.</param>
    /// <param name="weight">τ.</param>
    /// <param name="step">D s, with its images.</param>
    /// <returns>Whether there is one that is not zero.</returns>
    public bool MinimizeResidual(ReadOnlySpan<double> field, double weight, SplitDirection step)
    {
        _images.Clear();
        for (int i = 0; i < _directions.Count; i++)
        {
            SplitDirection direction = _directions[i];
            if (i == _joint)
            {
                _images.Add(_jointImage, Rounding * Scale * Math.Max(direction.PrimalNorm, direction.DualNorm));
                _images.Add(_jointImage, double.PositiveInfinity);
                continue;
            }
            _images.Add(direction.PrimalImage, Rounding * Scale * direction.PrimalNorm);
            _images.Add(direction.DualImage, Rounding * Scale * direction.DualNorm);
        }
        Span<double> s = _unknowns.AsSpan(0, _images.Rank);
        _images.Project(field, s);
        TensorPrimitives.Negate<double>(s, s);
        if (weight == 0)
        {
            _images.SolveUpper(s);
        }
        else if (!SolveDamped(weight, s))
        {
            return false;
        }
        _images.Spread(s, _coefficients);
        if (_joint >= 0)
        {
            _coefficients[(2 * _joint) + 1] = _coefficients[2 * _joint];
        }
        Combine(step);
        return _images.Rank > 0;
    }

    /// <summary>Finds the saddle point of the linearised problem within the span, with a proximal term of weight τ on either side.</summary>
    /// <returns>Whether there is one.</returns>
    public bool SolveSaddle(ReadOnlySpan<double> field, double weight, SplitDirection step)
    {
        if (_saddle is null || !_saddle.Solve(_directions, field, weight, Rounding * Scale, _coefficients))
        {
            return false;
        }
        Combine(step);
        return true;
    }

    // (R'R + τ² D'D) s = R' c, of the independent columns.
    private bool SolveDamped(double weight, Span<double> c)
    {
        int rank = c.Length;
        Span<double> right = _coefficients.AsSpan(0, rank);
        for (int i = 0; i < rank; i++)
        {
            right[i] = 0;
            for (int k = 0; k <= i; k++)
            {
                right[i] += _images.R(k, i) * c[k];
            }
            for (int j = 0; j < rank; j++)
            {
                double sum = weight * weight * Product(_images.Column(i), _images.Column(j));
                for (int k = 0; k <= Math.Min(i, j); k++)
                {
                    sum += _images.R(k, i) * _images.R(k, j);
                }
                _system[(i * rank) + j] = sum;
            }
        }
        right.CopyTo(c);
        return SmallSystem.Solve(_system, c);
    }

    // Column 2 k is the primal half of direction k, or all of the joint one; column 2 k + 1 its dual half.
    private double Product(int i, int j)
    {
        SplitDirection a = _directions[i / 2], b = _directions[j / 2];
        bool isJointA = i / 2 == _joint, isJointB = j / 2 == _joint;
        bool isPrimal = (isJointA || (i & 1) == 0) && (isJointB || (j & 1) == 0), isDual = (isJointA || (i & 1) == 1) && (isJointB || (j & 1) == 1);
        return (isPrimal ? TensorPrimitives.Dot<double>(a.Primal, b.Primal) : 0) + (isDual ? TensorPrimitives.Dot<double>(a.Dual, b.Dual) : 0);
    }

    private void Combine(SplitDirection step)
    {
        step.Clear();
        for (int i = 0; i < _directions.Count; i++)
        {
            step.Add(_directions[i], _coefficients[2 * i], _coefficients[(2 * i) + 1]);
        }
    }
}
