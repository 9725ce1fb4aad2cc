// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNetExtensions.Numerics;

/// <summary>Runs a function of vectors over spans; what is left at the end is padded to a vector, so that an element's bits never depend on where it lies.</summary>
internal static class VectorLoop
{
    /// <summary>A span's whole vectors.</summary>
    public static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);

    /// <summary>A span's whole vectors.</summary>
    public static Span<Vector<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);

    /// <summary>The first element after the whole vectors of that many elements.</summary>
    public static int Rest(int length) => length - (length % Vector<float>.Count);

    /// <summary>Fewer elements than a vector has, and zeros after them.</summary>
    public static Vector<float> Load(ReadOnlySpan<float> values)
    {
        var vector = Vector<float>.Zero;
        values.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<float>, float>(ref vector), Vector<float>.Count));
        return vector;
    }

    /// <summary>Writes as many elements of a vector as there is room for.</summary>
    public static void Store(Vector<float> vector, Span<float> destination) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<float>, float>(ref vector), Vector<float>.Count)[..destination.Length].CopyTo(destination);

    /// <summary>Computes <c>z = f(x, y)</c> element by element; z may be x or y.</summary>
    public static void Map<TFunction>(TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z)
        where TFunction : struct, IVectorFunction
    {
        var vectorsX = Vectors(x[..z.Length]);
        var vectorsY = Vectors(y[..z.Length]);
        var vectorsZ = Vectors(z);
        for (int i = 0; i < vectorsZ.Length; i++)
        {
            vectorsZ[i] = function.Invoke(vectorsX[i], vectorsY[i]);
        }
        int rest = Rest(z.Length);
        if (rest < z.Length)
        {
            Store(function.Invoke(Load(x[rest..z.Length]), Load(y[rest..z.Length])), z[rest..]);
        }
    }

    /// <summary>The sum of squares, in double precision.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> values)
    {
        Vector<double> even = default, odd = default;
        foreach (var vector in Vectors(values))
        {
            Vector.Widen(vector, out var low, out var high);
            even += low * low;
            odd += high * high;
        }
        double sum = Vector.Sum(even + odd);
        foreach (float value in values[Rest(values.Length)..])
        {
            sum += (double)value * value;
        }
        return sum;
    }
}
