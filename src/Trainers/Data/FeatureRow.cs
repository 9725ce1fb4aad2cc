// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.Data;

/// <summary>The features of one row, where they lie.</summary>
internal readonly ref struct FeatureRow(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool isDense)
{
    /// <summary>Every feature has its place in <see cref="Values"/>; else <see cref="Indices"/> says which features the values belong to, and the others are zero.</summary>
    public bool IsDense { get; } = isDense;

    /// <summary>Ascending; empty when dense.</summary>
    public ReadOnlySpan<int> Indices { get; } = indices;

    public ReadOnlySpan<float> Values { get; } = values;

    public void CopyTo(Span<float> destination)
    {
        if (IsDense)
        {
            Values.CopyTo(destination);
            return;
        }
        destination.Clear();
        for (int k = 0; k < Indices.Length; k++)
        {
            destination[Indices[k]] = Values[k];
        }
    }

    /// <summary>The inner product with as many numbers as there are features.</summary>
    public float Dot(ReadOnlySpan<float> other)
    {
        if (IsDense)
        {
            return TensorPrimitives.Dot(Values, other);
        }
        float even = 0, odd = 0;
        int k = 0;
        for (; k < Indices.Length - 1; k += 2)
        {
            even += Values[k] * other[Indices[k]];
            odd += Values[k + 1] * other[Indices[k + 1]];
        }
        return k < Indices.Length ? even + odd + (Values[k] * other[Indices[k]]) : even + odd;
    }

    /// <summary>Adds a multiple of the row to as many numbers as there are features.</summary>
    public void AddTo(Span<float> sum, float factor)
    {
        if (IsDense)
        {
            TensorPrimitives.MultiplyAdd(Values, factor, sum, sum);
            return;
        }
        for (int k = 0; k < Indices.Length; k++)
        {
            sum[Indices[k]] += factor * Values[k];
        }
    }
}
