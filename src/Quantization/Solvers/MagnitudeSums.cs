// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Sums over magnitudes padded to whole vectors, in double precision.</summary>
internal static class MagnitudeSums
{
    /// <summary>The sum of squares.</summary>
    public static double Squares(ReadOnlySpan<float> magnitudes)
    {
        Vector256<double> low = Vector256<double>.Zero;
        Vector256<double> high = Vector256<double>.Zero;
        foreach (Vector256<float> magnitude in MemoryMarshal.Cast<float, Vector256<float>>(magnitudes))
        {
            (Vector256<double> first, Vector256<double> second) = Vector256.Widen(magnitude);
            low += first * first;
            high += second * second;
        }
        return Vector256.Sum(low + high);
    }

    /// <summary>The sum.</summary>
    public static double Sum(ReadOnlySpan<float> magnitudes)
    {
        Vector256<double> low = Vector256<double>.Zero;
        Vector256<double> high = Vector256<double>.Zero;
        foreach (Vector256<float> magnitude in MemoryMarshal.Cast<float, Vector256<float>>(magnitudes))
        {
            (Vector256<double> first, Vector256<double> second) = Vector256.Widen(magnitude);
            low += first;
            high += second;
        }
        return Vector256.Sum(low + high);
    }

    /// <summary>For the codes at a scale: the sum of magnitude times code, and of squared codes.</summary>
    public static (double Products, double Squares) OfCodes(ReadOnlySpan<float> magnitudes, float scale, int cap)
    {
        Vector256<float> inverse = Vector256.Create(1 / scale);
        Vector256<float> limit = Vector256.Create((float)cap);
        Vector256<double> products = Vector256<double>.Zero;
        Vector256<double> squares = Vector256<double>.Zero;
        foreach (Vector256<float> magnitude in MemoryMarshal.Cast<float, Vector256<float>>(magnitudes))
        {
            (Vector256<double> m1, Vector256<double> m2) = Vector256.Widen(magnitude);
            (Vector256<double> q1, Vector256<double> q2) = Vector256.Widen(Vector256.Min(Vector256.Round(magnitude * inverse), limit));
            products = Vector256.FusedMultiplyAdd(m1, q1, products);
            squares = Vector256.FusedMultiplyAdd(q1, q1, squares);
            products = Vector256.FusedMultiplyAdd(m2, q2, products);
            squares = Vector256.FusedMultiplyAdd(q2, q2, squares);
        }
        return (Vector256.Sum(products), Vector256.Sum(squares));
    }
}
