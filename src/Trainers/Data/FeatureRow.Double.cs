// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNetExtensions.Trainers.Data;

/// <content>The same products in double, for solvers whose residuals fall below what float tells apart.</content>
internal readonly ref partial struct FeatureRow
{
    /// <summary>The inner product with as many numbers as there are features.</summary>
    public double Dot(ReadOnlySpan<double> other)
    {
        if (IsDense)
        {
            return DotDense(Values, other);
        }
        return DotSparse(other);
    }

    /// <summary>Adds a multiple of the row to as many numbers as there are features.</summary>
    public void AddTo(Span<double> sum, double factor)
    {
        if (IsDense)
        {
            AddDense(Values, sum, factor);
            return;
        }
        AddSparse(sum, factor);
    }

    private static double DotDense(ReadOnlySpan<float> values, ReadOnlySpan<double> other)
    {
        other = other[..values.Length];
        ref float value = ref MemoryMarshal.GetReference(values);
        ref double factor = ref MemoryMarshal.GetReference(other);
        Vector<double> low = default, high = default;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref value, (nuint)i), out var first, out var second);
            low += first * Vector.LoadUnsafe(ref factor, (nuint)i);
            high += second * Vector.LoadUnsafe(ref factor, (nuint)(i + Vector<double>.Count));
        }
        double sum = Vector.Sum(low + high);
        for (; i < values.Length; i++)
        {
            sum += Unsafe.Add(ref value, i) * Unsafe.Add(ref factor, i);
        }
        return sum;
    }

    private static void AddDense(ReadOnlySpan<float> values, Span<double> sum, double factor)
    {
        sum = sum[..values.Length];
        ref float value = ref MemoryMarshal.GetReference(values);
        ref double destination = ref MemoryMarshal.GetReference(sum);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref value, (nuint)i), out var first, out var second);
            nuint low = (nuint)i, high = (nuint)(i + Vector<double>.Count);
            (Vector.LoadUnsafe(ref destination, low) + (first * factor)).StoreUnsafe(ref destination, low);
            (Vector.LoadUnsafe(ref destination, high) + (second * factor)).StoreUnsafe(ref destination, high);
        }
        for (; i < values.Length; i++)
        {
            Unsafe.Add(ref destination, i) += factor * Unsafe.Add(ref value, i);
        }
    }
}
