// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNetExtensions.Trainers.Data;

/// <summary>The features of one row, where they lie.</summary>
internal readonly ref partial struct FeatureRow(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool isDense)
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
        return DotSparse(other);
    }

    /// <summary>Adds a multiple of the row to as many numbers as there are features.</summary>
    public void AddTo(Span<float> sum, float factor)
    {
        if (IsDense)
        {
            TensorPrimitives.MultiplyAdd(Values, factor, sum, sum);
            return;
        }
        AddSparse(sum, factor);
    }

    private T DotSparse<T>(ReadOnlySpan<T> other)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (Indices.IsEmpty)
        {
            return T.Zero;
        }
        // Indices ascend from 0: with the last one in range, so are all.
        _ = other[Indices[^1]];
        ref int index = ref MemoryMarshal.GetReference(Indices);
        ref float value = ref MemoryMarshal.GetReference(Values);
        ref T factor = ref MemoryMarshal.GetReference(other);
        T even = T.Zero, odd = T.Zero;
        int k = 0;
        for (; k < Indices.Length - 1; k += 2)
        {
            even += T.CreateTruncating(Unsafe.Add(ref value, k)) * Unsafe.Add(ref factor, Unsafe.Add(ref index, k));
            odd += T.CreateTruncating(Unsafe.Add(ref value, k + 1)) * Unsafe.Add(ref factor, Unsafe.Add(ref index, k + 1));
        }
        return k < Indices.Length ? even + odd + (T.CreateTruncating(Unsafe.Add(ref value, k)) * Unsafe.Add(ref factor, Unsafe.Add(ref index, k))) : even + odd;
    }

    private void AddSparse<T>(Span<T> sum, T factor)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (Indices.IsEmpty)
        {
            return;
        }
        _ = sum[Indices[^1]];
        ref int index = ref MemoryMarshal.GetReference(Indices);
        ref float value = ref MemoryMarshal.GetReference(Values);
        ref T destination = ref MemoryMarshal.GetReference(sum);
        for (int k = 0; k < Indices.Length; k++)
        {
            Unsafe.Add(ref destination, Unsafe.Add(ref index, k)) += factor * T.CreateTruncating(Unsafe.Add(ref value, k));
        }
    }
}
