// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The scales within an interval at which a code changes, from the largest down, and what each change adds to the sums of the sweep.</summary>
internal sealed class SweepEvents
{
    private const int InsertionSortLimit = 40;
    private const int KeptLength = 1 << 20;
    private double[] _scales = new double[64];
    private Change[] _changes = new Change[64];
    private int _count;

    /// <summary>The best prefix of the changes between two scales, started from the codes at the upper one.</summary>
    public SweepResult Sweep(SplitGroup group, int positiveCap, int negativeCap, ScaleInterval interval)
    {
        (float low, float high) = interval.Widened;
        _count = 0;
        Collect(group.PaddedPositives, positiveCap, low, high);
        Collect(group.PaddedNegatives, negativeCap, low, high);
        Sort();
        (double products, double squares) = MagnitudeSums.OfCodes(group.PaddedPositives, high, positiveCap);
        (double moreProducts, double moreSquares) = MagnitudeSums.OfCodes(group.PaddedNegatives, high, negativeCap);
        SweepResult result = Walk(products + moreProducts, squares + moreSquares);
        if (_count > KeptLength)
        {
            (_scales, _changes) = (new double[64], new Change[64]);
        }
        return result;
    }

    private void Collect(ReadOnlySpan<float> magnitudes, int cap, float low, float high)
    {
        Vector256<float> limit = Vector256.Create((float)cap);
        Vector256<float> inverseHigh = Vector256.Create(1 / high);
        Vector256<float> inverseLow = Vector256.Create(1 / low);
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(magnitudes);
        for (int v = 0; v < vectors.Length; v++)
        {
            Vector256<float> from = Vector256.Min(Vector256.Round(vectors[v] * inverseHigh), limit);
            Vector256<float> to = Vector256.Min(Vector256.Round(vectors[v] * inverseLow), limit);
            uint changed = Vector256.LessThan(from, to).ExtractMostSignificantBits();
            while (changed != 0)
            {
                int lane = System.Numerics.BitOperations.TrailingZeroCount(changed);
                changed &= changed - 1;
                Append(vectors[v].GetElement(lane), (int)from.GetElement(lane), (int)to.GetElement(lane));
            }
        }
    }

    private void Append(float magnitude, int from, int to)
    {
        if (_count + (to - from) > _scales.Length)
        {
            // A change adds at most 15 entries, so twice the room is always enough.
            Array.Resize(ref _scales, 2 * _scales.Length);
            Array.Resize(ref _changes, 2 * _changes.Length);
        }
        for (int code = from; code < to; code++)
        {
            _scales[_count] = magnitude / (code + 0.5);
            _changes[_count++] = new(magnitude, (2 * code) + 1);
        }
    }

    private void Sort()
    {
        Span<double> scales = _scales.AsSpan(0, _count);
        Span<Change> changes = _changes.AsSpan(0, _count);
        if (_count > InsertionSortLimit)
        {
            scales.Sort(changes, static (a, b) => b.CompareTo(a));
            return;
        }
        for (int i = 1; i < scales.Length; i++)
        {
            double scale = scales[i];
            Change change = changes[i];
            int j = i - 1;
            while (j >= 0 && scales[j] < scale)
            {
                scales[j + 1] = scales[j];
                changes[j + 1] = changes[j];
                j--;
            }
            scales[j + 1] = scale;
            changes[j + 1] = change;
        }
    }

    private SweepResult Walk(double products, double squares)
    {
        double bestProducts = products;
        double bestSquares = squares > 0 ? squares : 1;
        double threshold = bestProducts / bestSquares * bestProducts * SweepResult.Tie;
        foreach (Change change in _changes.AsSpan(0, _count))
        {
            products += change.Magnitude;
            squares += change.Growth;
            if (products * products > threshold * squares)
            {
                bestProducts = products;
                bestSquares = squares;
                threshold = products / squares * products * SweepResult.Tie;
            }
        }
        return new(bestProducts / bestSquares, bestProducts / bestSquares * bestProducts);
    }

    /// <summary>A magnitude whose code grows by one: the growth of the sum of squared codes is 2 code + 1.</summary>
    private readonly record struct Change(float Magnitude, float Growth);
}
