// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Where penalties apply: the tensors that decay.</summary>
internal sealed class PenalizedRanges
{
    private readonly (int Start, int Length)[] _ranges;

    public PenalizedRanges(IReadOnlyList<ParameterTensor> tensors)
    {
        List<(int, int)> ranges = [];
        int start = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Decays)
            {
                ranges.Add((start, tensor.Length));
            }
            start += tensor.Length;
        }
        _ranges = [.. ranges];
    }

    /// <summary>Adds the derivative of half the squared weights, times a factor.</summary>
    public void AddSquare(ReadOnlySpan<float> parameters, Span<float> gradient, float factor)
    {
        foreach (var (start, length) in _ranges)
        {
            var part = gradient.Slice(start, length);
            TensorPrimitives.MultiplyAdd(parameters.Slice(start, length), factor, part, part);
        }
    }

    /// <summary>Adds the directions' inner products there, times a factor: their terms with the second derivative of that.</summary>
    public void AddProducts(int directions, DirectionReader direction, double factor, Span<double> terms)
    {
        for (int i = 0; i < directions; i++)
        {
            for (int j = 0; j < directions; j++)
            {
                foreach (var (start, length) in _ranges)
                {
                    terms[(i * directions) + j] += factor * TensorPrimitives.Dot(direction(i).Slice(start, length), direction(j).Slice(start, length));
                }
            }
        }
    }
}
