// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Benchmarks.Quantization;

/// <summary>The yardstick of speed: 100 scales of either sign, one pass of the widest vectors per candidate, single-precision sums, no refinement.</summary>
internal sealed class VectorGridSearch : IScaleSolver
{
    private const int Points = 100;

    public string Name => "vector grid";

    public QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        float unit = TensorPrimitives.MaxMagnitude(weights) is var largest ? Math.Abs(largest) / 7 : 0;
        QuantizedGroup best = new(1, 0, 0, double.PositiveInfinity);
        for (int i = 0; i < 2 * Points && unit > 0; i++)
        {
            float scale = unit * (0.3f + (0.75f * (i >> 1) / (Points - 1))) * ((i & 1) == 0 ? 1 : -1);
            float error = Error(weights, scale);
            best = error < best.SquaredError ? new(scale, 0, 0, error) : best;
        }
        return best;
    }

    private static float Error(ReadOnlySpan<float> weights, float scale)
    {
        Vector<float> step = new(scale);
        Vector<float> inverse = new(1 / scale);
        Vector<float> lowest = new(-8f);
        Vector<float> highest = new(7f);
        Vector<float> sum = Vector<float>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(weights);
        foreach (Vector<float> weight in vectors)
        {
            Vector<float> code = Vector.Min(Vector.Max(Vector.Round(weight * inverse), lowest), highest);
            Vector<float> difference = Vector.FusedMultiplyAdd(-code, step, weight);
            sum = Vector.FusedMultiplyAdd(difference, difference, sum);
        }
        float total = Vector.Sum(sum);
        foreach (float weight in weights[(vectors.Length * Vector<float>.Count)..])
        {
            float difference = weight - (Math.Clamp(MathF.Round(weight * inverse[0]), -8, 7) * scale);
            total += difference * difference;
        }
        return total;
    }
}
