// SPDX-License-Identifier: MIT
using System.Numerics;

namespace MLNetExtensions.Trainers.Data;

/// <summary>Rows in memory: features, dense or sparse, with a label and a weight each. All numbers are finite.</summary>
public sealed class TrainingRows : TrainingData
{
    private readonly RowBlock[] _blocks;
    private readonly int _shift;
    private readonly float[] _labels;
    private readonly float[]? _weights;

    internal TrainingRows(int features, RowBlock[] blocks, int rowsPerBlock, float[] labels, float[]? weights)
        : base(features)
    {
        _blocks = blocks;
        _shift = BitOperations.Log2((uint)rowsPerBlock);
        _labels = labels;
        _weights = weights;
        IsAllZero = Array.TrueForAll(blocks, block => block.IsAllZero);
        IsDense = Array.TrueForAll(blocks, block => block.IsDense);
    }

    /// <inheritdoc/>
    public override long Count => _labels.Length;

    /// <summary>A number for each row: the value for regression; 0 or 1 for two classes; the index of the class, from 0, for many.</summary>
    public ReadOnlySpan<float> Labels => _labels;

    /// <summary>The weight of each row; empty when all are 1.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>Whether every row is stored with all its features; else some are stored by those that are not zero.</summary>
    public bool IsDense { get; }

    internal override bool IsAllZero { get; }

    internal FeatureRow this[int row] => _blocks[row >> _shift][row & ((1 << _shift) - 1)];

    /// <summary>Copies dense rows.</summary>
    /// <param name="features">Row after row.</param>
    /// <param name="featureCount">How many features a row has.</param>
    /// <param name="labels">One for each row.</param>
    /// <param name="weights">One for each row; empty when all are 1.</param>
    /// <exception cref="ArgumentException">The lengths don't belong together, or a number is not finite.</exception>
    public static TrainingRows Dense(ReadOnlySpan<float> features, int featureCount, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var builder = Begin(featureCount, labels, weights);
        if (features.Length != (long)labels.Length * featureCount)
        {
            throw new ArgumentException($"There are {features.Length} values; {labels.Length} rows of {featureCount} features need {(long)labels.Length * featureCount}.", nameof(features));
        }
        for (int row = 0; row < labels.Length; row++)
        {
            builder.AddDense(features.Slice(row * featureCount, featureCount), labels[row], weights.IsEmpty ? 1 : weights[row]);
        }
        return builder.Finish();
    }

    /// <summary>Copies sparse rows, given as is usual (CSR).</summary>
    /// <param name="starts">Where each row begins in the other two, and where the last one ends.</param>
    /// <param name="indices">Which features, ascending within a row.</param>
    /// <param name="values">Their values; all others are zero.</param>
    /// <param name="featureCount">How many features a row has.</param>
    /// <param name="labels">One for each row.</param>
    /// <param name="weights">One for each row; empty when all are 1.</param>
    /// <exception cref="ArgumentException">The lengths or indices don't belong together, or a number is not finite.</exception>
    public static TrainingRows Sparse(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int featureCount, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var builder = Begin(featureCount, labels, weights);
        if (starts.Length != labels.Length + 1 || starts[0] != 0 || starts[^1] != values.Length || indices.Length != values.Length)
        {
            throw new ArgumentException($"{labels.Length} sparse rows need {labels.Length + 1} starts, from 0 to the {values.Length} values, and as many indices ({indices.Length}).", nameof(starts));
        }
        for (int row = 0; row < labels.Length; row++)
        {
            int start = starts[row], length = starts[row + 1] - start;
            if (length < 0 || start + length > values.Length)
            {
                throw new ArgumentException($"Row {row} begins at {start} and ends at {start + length}; starts must ascend.", nameof(starts));
            }
            builder.AddSparse(indices.Slice(start, length), values.Slice(start, length), labels[row], weights.IsEmpty ? 1 : weights[row]);
        }
        return builder.Finish();
    }

    /// <summary>Copies the features of a row; zeros where it says nothing.</summary>
    public void CopyFeatures(int row, Span<float> destination) => this[row].CopyTo(destination);

    internal override IRowCursor Open(bool features) => new CachedCursor(this);

    private static TrainingRowsBuilder Begin(int featureCount, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        return weights.IsEmpty || weights.Length == labels.Length
            ? new TrainingRowsBuilder(featureCount)
            : throw new ArgumentException($"There are {weights.Length} weights for {labels.Length} rows.", nameof(weights));
    }
}
