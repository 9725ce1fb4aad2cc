// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>Scores with labels and weights, all of them up to a number, beyond it as many drawn evenly from all (reservoir sampling).</summary>
internal sealed class CalibrationSample
{
    /// <summary>Beyond so many rows two parameters gain nothing from more.</summary>
    public const int Most = 1 << 22;

    private const int AtFirst = 1 << 10;
    private readonly int _capacity;
    private readonly RandomStream _random;
    private float[] _scores = new float[AtFirst];
    private float[] _labels = new float[AtFirst];
    private float[] _weights;
    private long _seen;
    private int _count;

    public CalibrationSample(bool weighted, ulong seed, int capacity = Most)
    {
        _capacity = capacity;
        _random = new RandomStream(seed, 0xCA11B);
        _weights = weighted ? new float[AtFirst] : [];
    }

    public ReadOnlyMemory<float> Scores => _scores.AsMemory(0, _count);

    /// <summary>1 or 0.</summary>
    public ReadOnlyMemory<float> Labels => _labels.AsMemory(0, _count);

    /// <summary>Empty where all are 1.</summary>
    public ReadOnlyMemory<float> Weights => _weights.AsMemory(0, Math.Min(_count, _weights.Length));

    /// <summary>How many rows each that was kept stands for.</summary>
    public double RowsEach => _count == 0 ? 1 : (double)_seen / _count;

    public void Add(float score, float label, float weight)
    {
        _seen++;
        long slot = _count < _capacity ? _count++ : (long)(_random.NextDouble() * _seen);
        if (slot >= _capacity)
        {
            return;
        }
        if (slot >= _scores.Length)
        {
            Grow();
        }
        _scores[slot] = score;
        _labels[slot] = label;
        if (_weights.Length > 0)
        {
            _weights[slot] = weight;
        }
    }

    private void Grow()
    {
        int length = Math.Min(_capacity, 2 * _scores.Length);
        Array.Resize(ref _scores, length);
        Array.Resize(ref _labels, length);
        if (_weights.Length > 0)
        {
            Array.Resize(ref _weights, length);
        }
    }
}
