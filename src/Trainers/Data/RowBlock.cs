// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Data;

/// <summary>Some consecutive rows, dense or sparse, whichever is the faster to read.</summary>
internal sealed class RowBlock
{
    // A dense row is read eight values at a time, a sparse one value by value with an index each.
    private const int SparseFactor = 4;

    private readonly int _features;
    private readonly float[] _values;
    private readonly int[]? _indices;
    private readonly int[]? _starts;

    private RowBlock(int features, float[] values, int[]? indices, int[]? starts)
    {
        _features = features;
        _values = values;
        _indices = indices;
        _starts = starts;
    }

    /// <summary>The bytes of its arrays.</summary>
    public long Bytes => sizeof(float) * ((long)_values.Length + (_indices?.Length ?? 0) + (_starts?.Length ?? 0));

    public bool IsAllZero => !_values.AsSpan().ContainsAnyExcept(0f);

    public bool IsDense => _indices is null;

    public FeatureRow this[int row] => _indices is null
        ? new([], _values.AsSpan(row * _features, _features), isDense: true)
        : new(_indices.AsSpan(_starts![row], _starts[row + 1] - _starts[row]), _values.AsSpan(_starts[row], _starts[row + 1] - _starts[row]), isDense: false);

    /// <summary>Takes over rows that lie one after another.</summary>
    public static RowBlock Dense(int features, float[] values) => new(features, values, null, null);

    /// <summary>Copies rows given by their values that are not zero.</summary>
    /// <param name="features">The length of a row.</param>
    /// <param name="starts">Where each row begins, and where the last one ends.</param>
    /// <param name="indices">Which features.</param>
    /// <param name="values">Their values.</param>
    public static RowBlock Of(int features, ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        int rows = starts.Length - 1;
        if ((long)values.Length * SparseFactor < (long)rows * features)
        {
            return new RowBlock(features, values.ToArray(), indices.ToArray(), starts.ToArray());
        }
        float[] dense = new float[rows * features];
        for (int row = 0; row < rows; row++)
        {
            for (int k = starts[row]; k < starts[row + 1]; k++)
            {
                dense[(row * features) + indices[k]] = values[k];
            }
        }
        return Dense(features, dense);
    }
}
