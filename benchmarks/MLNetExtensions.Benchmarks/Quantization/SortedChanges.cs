// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Benchmarks.Quantization;

/// <summary>The plain form of the exact symmetric solver: all changes of codes are sorted, once for both signs, and swept.</summary>
internal sealed class SortedChanges : IScaleSolver
{
    [ThreadStatic]
    private static double[]? _scales;

    [ThreadStatic]
    private static Change[]? _changes;

    public string Name => "sorted changes";

    public QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        if (_scales is null || _scales.Length < 8 * weights.Length)
        {
            _scales = new double[8 * weights.Length];
            _changes = new Change[8 * weights.Length];
        }
        int count = 0;
        double energy = 0;
        foreach (float weight in weights)
        {
            double magnitude = Math.Abs((double)weight);
            energy += magnitude * magnitude;
            for (int code = 0; code < 8 && magnitude > 0; code++)
            {
                _scales[count] = -magnitude / (code + 0.5);    // ascending order of these is descending order of scales
                _changes![count++] = new(magnitude, (2 * code) + 1, code < 7 || weight < 0, code < 7 || weight > 0);
            }
        }
        Array.Sort(_scales, _changes, 0, count);
        return Sweep(_changes.AsSpan(0, count), energy);
    }

    private static QuantizedGroup Sweep(ReadOnlySpan<Change> changes, double energy)
    {
        (double products, double squares) = (0, 0);
        (double mirroredProducts, double mirroredSquares) = (0, 0);
        (double gain, double scale) = (0, 1);
        foreach (Change change in changes)
        {
            if (change.Positive)
            {
                products += change.Magnitude;
                squares += change.Growth;
                (gain, scale) = products * products > gain * squares ? (products * products / squares, products / squares) : (gain, scale);
            }
            if (change.Negative)
            {
                mirroredProducts += change.Magnitude;
                mirroredSquares += change.Growth;
                (gain, scale) = mirroredProducts * mirroredProducts > gain * mirroredSquares
                    ? (mirroredProducts * mirroredProducts / mirroredSquares, -mirroredProducts / mirroredSquares) : (gain, scale);
            }
        }
        return new((float)scale, 0, 0, Math.Max(energy - gain, 0));
    }

    /// <summary>A code that grows by one, and whether it may with a positive and with a negative scale.</summary>
    private readonly record struct Change(double Magnitude, int Growth, bool Positive, bool Negative);
}
