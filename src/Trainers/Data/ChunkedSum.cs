// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.Data;

/// <summary>Sums vectors over rows on all threads: in chunks that depend on the rows only, added in their order, so that threads never change a bit.</summary>
internal sealed class ChunkedSum
{
    private const int LeastRows = 512;
    private const int MostChunks = 64;
    private const int MostNumbers = 1 << 23;
    private const int RangeLength = 1 << 12;

    private readonly ThreadTeam _team;
    private readonly int _rows;
    private readonly double[][] _sums;
    private readonly double[] _total;
    private readonly Action<int> _sumChunk;
    private readonly Action<int> _addRange;
    private AddRows? _add;
    private int _width;

    /// <summary>Makes the sums' places.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="width">How many numbers are summed.</param>
    /// <param name="team">The threads.</param>
    public ChunkedSum(int rows, int width, ThreadTeam team)
    {
        _rows = rows;
        _team = team;
        _total = new double[width];
        _sums = new double[Math.Clamp(Math.Min(rows / LeastRows, MostNumbers / width), 1, MostChunks)][];
        for (int chunk = 0; chunk < _sums.Length; chunk++)
        {
            _sums[chunk] = new double[width];
        }
        _sumChunk = SumChunk;
        _addRange = AddRange;
    }

    /// <summary>Adds what rows give to a sum.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="sum">The sum.</param>
    public delegate void AddRows(int first, int end, double[] sum);

    /// <summary>One pass over the rows.</summary>
    /// <param name="add">What each row gives; called for chunks of rows, from all threads.</param>
    /// <param name="width">How many numbers are summed this time; null for as many as there is place for.</param>
    /// <returns>The sums, until the next pass.</returns>
    public double[] Over(AddRows add, int? width = null)
    {
        _add = add;
        _width = width ?? _total.Length;
        _team.Run(_sums.Length, _sumChunk);
        _team.Run((_width + RangeLength - 1) / RangeLength, _addRange);
        _add = null;
        return _total;
    }

    private void SumChunk(int chunk)
    {
        _sums[chunk].AsSpan(0, _width).Clear();
        _add!(FirstOf(chunk), FirstOf(chunk + 1), _sums[chunk]);
    }

    private int FirstOf(int chunk) => (int)((long)_rows * chunk / _sums.Length);

    private void AddRange(int range)
    {
        int first = range * RangeLength, length = Math.Min(RangeLength, _width - first);
        var total = _total.AsSpan(first, length);
        total.Clear();
        foreach (double[] sum in _sums)
        {
            TensorPrimitives.Add(total, sum.AsSpan(first, length), total);
        }
    }
}
