// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNetExtensions.Trainers.Data;

/// <summary>Collects rows; a block of them is packed as soon as it is full.</summary>
internal sealed class TrainingRowsBuilder
{
    private const int BlockValues = 1 << 20;
    private const int MaximumBlockRows = 1 << 12;

    private readonly int _features;
    private readonly TrainingColumns? _columns;
    private readonly long _firstRow;
    private readonly int _rowsPerBlock;
    private readonly List<RowBlock> _blocks = [];
    private readonly List<float> _labels = [];
    private readonly List<int> _starts = [0];
    private readonly List<int> _indices = [];
    private readonly List<float> _values = [];
    private List<float>? _weights;
    private long _blockBytes;

    /// <summary>Begins without rows.</summary>
    /// <param name="features">The length of a row.</param>
    /// <param name="columns">Where rows come from, for messages.</param>
    /// <param name="firstRow">Which row the first one is there, for messages.</param>
    public TrainingRowsBuilder(int features, TrainingColumns? columns = null, long firstRow = 0)
    {
        _features = features;
        _columns = columns;
        _firstRow = firstRow;
        _rowsPerBlock = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(BlockValues / features, 1, MaximumBlockRows));
    }

    public int Features => _features;

    public int Count => _labels.Count;

    /// <summary>Which row of the source comes next, for messages, where not all are taken in their order.</summary>
    public long? SourceRow { get; set; }

    /// <summary>About how many bytes the rows take.</summary>
    public long Bytes => _blockBytes + (sizeof(float) * ((2L * _values.Count) + _starts.Count + _labels.Count + (_weights?.Count ?? 0)));

    public void Add(FeatureRow row, float label, float weight)
    {
        if (row.IsDense)
        {
            AddDense(row.Values, label, weight);
        }
        else
        {
            AddSparse(row.Indices, row.Values, label, weight);
        }
    }

    public void AddDense(ReadOnlySpan<float> values, float label, float weight)
    {
        CheckFinite(values, [], label, weight);
        int start = _values.Count, count = start;
        CollectionsMarshal.SetCount(_values, start + values.Length);
        CollectionsMarshal.SetCount(_indices, start + values.Length);
        var kept = CollectionsMarshal.AsSpan(_values);
        var indices = CollectionsMarshal.AsSpan(_indices);
        for (int i = 0; i < values.Length; i++)
        {
            // Written in any case, and overwritten unless it counts: no branch to mispredict.
            kept[count] = values[i];
            indices[count] = i;
            count += values[i] != 0 ? 1 : 0;
        }
        CollectionsMarshal.SetCount(_values, count);
        CollectionsMarshal.SetCount(_indices, count);
        EndRow(label, weight);
    }

    public void AddSparse(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, float label, float weight)
    {
        CheckFinite(values, indices, label, weight);
        int previous = -1;
        foreach (int index in indices)
        {
            if (index <= previous || index >= _features)
            {
                throw new ArgumentException($"Row {SourceRow ?? _firstRow + Count} names feature {index} after {previous}; indices must ascend and be less than {_features}.");
            }
            previous = index;
        }
        _indices.AddRange(indices);
        _values.AddRange(values);
        EndRow(label, weight);
    }

    public TrainingRows Finish()
    {
        PackBlock();
        return new TrainingRows(_features, [.. _blocks], _rowsPerBlock, [.. _labels], _weights?.ToArray());
    }

    private void EndRow(float label, float weight)
    {
        if (weight != 1 && _weights is null)
        {
            _weights = [.. Enumerable.Repeat(1f, Count)];
        }
        _weights?.Add(weight);
        _labels.Add(label);
        _starts.Add(_values.Count);
        if (_starts.Count > _rowsPerBlock)
        {
            PackBlock();
        }
    }

    private void PackBlock()
    {
        if (_starts.Count == 1)
        {
            return;
        }
        _blocks.Add(RowBlock.Of(_features, CollectionsMarshal.AsSpan(_starts), CollectionsMarshal.AsSpan(_indices), CollectionsMarshal.AsSpan(_values)));
        _blockBytes += _blocks[^1].Bytes;
        _starts.Clear();
        _starts.Add(0);
        _indices.Clear();
        _values.Clear();
    }

    private void CheckFinite(ReadOnlySpan<float> values, ReadOnlySpan<int> indices, float label, float weight)
    {
        int bad = FiniteValues.IndexOfNonFinite(values);
        if (bad >= 0)
        {
            int feature = indices.IsEmpty ? bad : indices[bad];
            throw Bad(values[bad], $"feature {feature}", _columns?.Features, "features must be finite. Replace missing values, or leave such rows out.");
        }
        if (!float.IsFinite(label))
        {
            throw Bad(label, "label", _columns?.Label, "labels must be there and finite. Leave such rows out.");
        }
        if (!float.IsFinite(weight) || weight < 0)
        {
            throw Bad(weight, "weight", _columns?.Weight, "weights must be finite and not negative.");
        }
    }

    private ArgumentException Bad(float value, string what, string? column, string need) =>
        new($"Row {SourceRow ?? _firstRow + Count} has {value} as {what}{(column is null ? "" : $" (column '{column}')")}; {need}");
}
