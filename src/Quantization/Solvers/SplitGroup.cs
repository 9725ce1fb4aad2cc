// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>One group as the sweep wants it: magnitudes of the positive and of the negative weights apart, zeros left out, padded with zeros to whole vectors.</summary>
/// <remarks>A power of two brings groups of extreme magnitude into a range where squares neither overflow nor vanish; that is exact for every weight that can get a code.
/// Buffers are kept from group to group, one object per thread.</remarks>
internal sealed class SplitGroup
{
    private const int KeptLength = 1 << 20;
    private const int SafeExponent = 40;

    [ThreadStatic]
    private static SplitGroup? _instance;

    private float[] _positives = new float[Vector256<float>.Count];
    private float[] _negatives = new float[Vector256<float>.Count];

    private SplitGroup()
    {
    }

    public SweepEvents Events { get; } = new();

    /// <summary>The number of positive weights.</summary>
    public int PositiveCount { get; private set; }

    /// <summary>The number of negative weights.</summary>
    public int NegativeCount { get; private set; }

    public ReadOnlySpan<float> Positives => _positives.AsSpan(0, PositiveCount);

    public ReadOnlySpan<float> Negatives => _negatives.AsSpan(0, NegativeCount);

    public ReadOnlySpan<float> PaddedPositives => _positives.AsSpan(0, Padded(PositiveCount));

    public ReadOnlySpan<float> PaddedNegatives => _negatives.AsSpan(0, Padded(NegativeCount));

    /// <summary>The largest positive weight, or 0.</summary>
    public float Above { get; private set; }

    /// <summary>The magnitude of the most negative weight, or 0.</summary>
    public float Below { get; private set; }

    /// <summary>The sum of squares.</summary>
    public double Energy { get; private set; }

    /// <summary>The power of two that takes a scale of this group back to that of the weights.</summary>
    public int Exponent { get; private set; }

    /// <summary>The weights of a group, in this thread's buffers: valid until the next call on the thread.</summary>
    public static SplitGroup Of(ReadOnlySpan<float> weights)
    {
        SplitGroup group = _instance ??= new SplitGroup();
        group.Fill(weights);
        if (weights.Length > KeptLength)
        {
            _instance = null;
        }
        return group;
    }

    private void Fill(ReadOnlySpan<float> weights)
    {
        float lowest = TensorPrimitives.Min(weights);
        float highest = TensorPrimitives.Max(weights);
        int exponent = Math.Max(highest, -lowest) is > 0 and float magnitude ? MathF.ILogB(magnitude) : 0;
        Exponent = Math.Abs(exponent) > SafeExponent ? exponent : 0;
        int room = Padded(weights.Length) + Vector256<float>.Count;
        if (_positives.Length < room)
        {
            _positives = new float[room];
            _negatives = new float[room];
        }
        Split(weights);
        Above = MathF.Max(Rescale(highest), 0);
        Below = MathF.Max(-Rescale(lowest), 0);
        Energy = MagnitudeSums.Squares(PaddedPositives) + MagnitudeSums.Squares(PaddedNegatives);
    }

    private void Split(ReadOnlySpan<float> weights)
    {
        Span<float> positives = _positives;
        Span<float> negatives = _negatives;
        int positiveCount = 0;
        int negativeCount = 0;
        foreach (float original in weights)
        {
            float weight = Exponent == 0 ? original : Rescale(original);
            positives[positiveCount] = weight;      // both are written, one is kept: no branch on a random sign
            negatives[negativeCount] = -weight;
            positiveCount += weight > 0 ? 1 : 0;
            negativeCount += weight < 0 ? 1 : 0;
        }
        positives.Slice(positiveCount, Vector256<float>.Count).Clear();
        negatives.Slice(negativeCount, Vector256<float>.Count).Clear();
        PositiveCount = positiveCount;
        NegativeCount = negativeCount;
    }

    private float Rescale(float weight) => Exponent == 0 ? weight : MathF.ScaleB(weight, -Exponent);

    private static int Padded(int count) => (count + Vector256<float>.Count - 1) & -Vector256<float>.Count;
}
