// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The squared error of rounding weights to the grid <c>q * scale + offset</c>, in the arithmetic of a runtime that decodes in single precision.</summary>
internal static class GridError
{
    /// <summary>Rounds half to even, saturates, decodes, and sums the squared differences in double precision.</summary>
    public static double Of(ReadOnlySpan<float> weights, float scale, float offset, CodeRange range)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(weights);
        Vector<float> step = new(scale);
        Vector<float> shift = new(offset);
        Vector<float> lowest = new(range.Lowest);
        Vector<float> highest = new(range.Highest);
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        foreach (Vector<float> weight in vectors)
        {
            Vector<float> code = Vector.Round((weight - shift) / step);
            code = Vector.Min(Vector.Max(code, lowest), highest);
            Vector.Widen(weight, out Vector<double> first, out Vector<double> second);
            Vector.Widen((code * step) + shift, out Vector<double> firstDecoded, out Vector<double> secondDecoded);
            first -= firstDecoded;
            second -= secondDecoded;
            low += first * first;
            high += second * second;
        }
        double sum = Vector.Sum(low + high);
        foreach (float weight in weights[(vectors.Length * Vector<float>.Count)..])
        {
            double difference = (double)weight - Decode(Encode(weight, scale, offset, range), scale, offset);
            sum += difference * difference;
        }
        return sum;
    }

    /// <summary>The sum of the squared weights: the error of a grid that holds only zero.</summary>
    public static double Energy(ReadOnlySpan<float> weights)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(weights);
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        foreach (Vector<float> weight in vectors)
        {
            Vector.Widen(weight, out Vector<double> first, out Vector<double> second);
            low += first * first;
            high += second * second;
        }
        double sum = Vector.Sum(low + high);
        foreach (float weight in weights[(vectors.Length * Vector<float>.Count)..])
        {
            sum += (double)weight * weight;
        }
        return sum;
    }

    /// <summary>The integer of one weight, zero point subtracted.</summary>
    public static int Encode(float weight, float scale, float offset, CodeRange range) =>
        (int)Math.Clamp(MathF.Round((weight - offset) / scale), range.Lowest, range.Highest);

    /// <summary>The value of one integer.</summary>
    public static float Decode(int code, float scale, float offset) => (code * scale) + offset;
}
