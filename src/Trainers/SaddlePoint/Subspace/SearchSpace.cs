// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>The span of a few split directions at a point, and the step within it.</summary>
internal sealed class SearchSpace
{
    // What rounding alone makes of the image of a direction that J maps to zero, over the norms of J and of the direction.
    private const double Rounding = 1e-14;

    private readonly List<SplitDirection> _directions;
    private readonly ThinQr _images;
    private readonly double[] _coefficients;

    public SearchSpace(int size, int capacity)
    {
        _directions = new List<SplitDirection>(capacity);
        _images = new ThinQr(size, 2 * capacity);
        _coefficients = new double[2 * capacity];
    }

    /// <summary>A lower estimate of the norm of J: the longest image of a direction of length 1 so far.</summary>
    public double Scale { get; private set; }

    public void CopyFrom(SearchSpace other) => Scale = other.Scale;

    public void Clear() => _directions.Clear();

    public void Add(SplitDirection direction)
    {
        _directions.Add(direction);
        Scale = Math.Max(Scale, Math.Max(direction.PrimalStretch, direction.DualStretch));
    }

    /// <summary>Finds the step after which the linearised field is shortest.</summary>
    /// <param name="field">F.</param>
    /// <param name="step">The step, with its images.</param>
    /// <returns>By how much ‖F + J step‖² is below ‖F‖².</returns>
    public double MinimizeResidual(ReadOnlySpan<double> field, SplitDirection step)
    {
        _images.Clear();
        foreach (SplitDirection direction in _directions)
        {
            _images.Add(direction.PrimalImage, Rounding * Scale * direction.PrimalNorm);
            _images.Add(direction.DualImage, Rounding * Scale * direction.DualNorm);
        }
        double decrease = _images.Minimize(field, _coefficients);
        Combine(step);
        return decrease;
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
