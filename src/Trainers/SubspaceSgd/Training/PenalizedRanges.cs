// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks;

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
}
