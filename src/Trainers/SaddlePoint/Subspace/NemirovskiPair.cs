// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>Nemirovski's two directions: the way from the start, and the sum of all gradients with weights <c>w₀ = 1, w⁺ = ½ + √(¼ + w²)</c>.</summary>
internal sealed class NemirovskiPair(int primalSize, int dualSize)
{
    private double _weight = 1;

    public SplitDirection Way { get; } = new(primalSize, dualSize);

    public SplitDirection GradientSum { get; } = new(primalSize, dualSize);

    /// <summary>Adds a gradient, that is F, to the sum.</summary>
    /// <param name="gradient">Its halves, normalised, with their images.</param>
    /// <param name="field">F.</param>
    public void AddGradient(SplitDirection gradient, ReadOnlySpan<double> field)
    {
        GradientSum.Add(gradient, _weight * TensorPrimitives.Norm(field[..primalSize]), _weight * TensorPrimitives.Norm(field[primalSize..]));
        GradientSum.Measure();
        _weight = 0.5 + Math.Sqrt(0.25 + (_weight * _weight));
    }

    public void Move(SplitDirection step, double length)
    {
        Way.Add(step, length, length);
        Way.Measure();
    }

    public void ComputeImages(ISaddleProblem problem, ReadOnlySpan<double> point)
    {
        Way.ComputeImages(problem, point);
        GradientSum.ComputeImages(problem, point);
    }

    public void CopyFrom(NemirovskiPair other)
    {
        Way.CopyFrom(other.Way);
        GradientSum.CopyFrom(other.GradientSum);
        _weight = other._weight;
    }
}
