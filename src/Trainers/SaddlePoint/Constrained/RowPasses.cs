// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>Products of a matrix of rows with some vectors at once, and of its transpose; each call reads the rows once and is counted.</summary>
/// <remarks>Rows are divided into parts that depend on nothing but the rows, and sums are added part after part: any number of threads gives the same bits.</remarks>
internal sealed class RowPasses
{
    private const int MinimumPartRows = 512;
    private const int MaximumParts = 32;

    // The sums of all parts together take at most this many numbers.
    private const long MaximumSums = 1L << 25;

    private readonly TrainingRows _rows;
    private readonly ThreadTeam _team;
    private readonly int _parts, _sumParts;
    private double[] _sums = [];

    public RowPasses(TrainingRows rows, ThreadTeam team, int columns)
    {
        _rows = rows;
        _team = team;
        Rows = checked((int)rows.Count);
        _parts = Math.Clamp(Rows / MinimumPartRows, 1, MaximumParts);
        _sumParts = (int)Math.Clamp(MaximumSums / ((long)rows.Features * columns), 1, _parts);
    }

    public int Rows { get; }

    public int Features => _rows.Features;

    /// <summary>How often the rows were read.</summary>
    public int Count { get; private set; }

    /// <summary>An image for each direction: a number for each row.</summary>
    public void Multiply(IReadOnlyList<double[]> directions, IReadOnlyList<double[]> images)
    {
        if (directions.Count == 0)
        {
            return;
        }
        Count++;
        _team.Run(_parts, part =>
        {
            for (int row = Start(part, _parts); row < Start(part + 1, _parts); row++)
            {
                var features = _rows[row];
                for (int j = 0; j < directions.Count; j++)
                {
                    images[j][row] = Dot(features, directions[j]);
                }
            }
        });
    }

    /// <summary>For each column of numbers, one for each row, the sum of the rows times them.</summary>
    public void MultiplyTransposed(IReadOnlyList<double[]> columns, IReadOnlyList<double[]> sums)
    {
        if (columns.Count == 0)
        {
            return;
        }
        Count++;
        Sum(columns.Count, sums, (row, features, part) =>
        {
            for (int j = 0; j < columns.Count; j++)
            {
                AddTo(features, columns[j][row], part.Slice(j * Features, Features));
            }
        });
    }

    /// <summary>The same sums, and with the same reading the weighted sums of features and of their squares.</summary>
    public void MultiplyTransposed(IReadOnlyList<double[]> columns, IReadOnlyList<double[]> sums, double[] weights, double[] first, double[] second)
    {
        Count++;
        Sum(columns.Count + 2, [.. sums, first, second], (row, features, part) =>
        {
            for (int j = 0; j < columns.Count; j++)
            {
                AddTo(features, columns[j][row], part.Slice(j * Features, Features));
            }
            AddTo(features, weights[row], part.Slice(columns.Count * Features, Features));
            var squares = part.Slice((columns.Count + 1) * Features, Features);
            for (int k = 0; k < features.Values.Length; k++)
            {
                double value = features.Values[k];
                squares[features.IsDense ? k : features.Indices[k]] += weights[row] * value * value;
            }
        });
    }

    private delegate void RowAction(int row, FeatureRow features, Span<double> sums);

    private void Sum(int columns, IReadOnlyList<double[]> sums, RowAction action)
    {
        int size = columns * Features;
        if (_sums.Length < (long)size * _sumParts)
        {
            _sums = new double[checked(size * _sumParts)];
        }
        _team.Run(_sumParts, part =>
        {
            var own = _sums.AsSpan(part * size, size);
            own.Clear();
            for (int row = Start(part, _sumParts); row < Start(part + 1, _sumParts); row++)
            {
                action(row, _rows[row], own);
            }
        });
        for (int j = 0; j < columns; j++)
        {
            Array.Clear(sums[j]);
            for (int part = 0; part < _sumParts; part++)
            {
                TensorPrimitives.Add(sums[j], _sums.AsSpan((part * size) + (j * Features), Features), sums[j]);
            }
        }
    }

    private int Start(int part, int parts) => (int)((long)Rows * part / parts);

    private static double Dot(FeatureRow row, ReadOnlySpan<double> direction)
    {
        var values = row.Values;
        double sum = 0;
        if (!row.IsDense)
        {
            for (int k = 0; k < values.Length; k++)
            {
                sum += values[k] * direction[row.Indices[k]];
            }
            return sum;
        }
        int width = Vector<double>.Count, k0 = 0;
        var even = Vector<double>.Zero;
        var odd = Vector<double>.Zero;
        ref float value = ref MemoryMarshal.GetReference(values);
        ref double factor = ref MemoryMarshal.GetReference(direction);
        for (; k0 <= values.Length - (2 * width); k0 += 2 * width)
        {
            Vector.Widen(Vector.LoadUnsafe(ref value, (nuint)k0), out var low, out var high);
            even += low * Vector.LoadUnsafe(ref factor, (nuint)k0);
            odd += high * Vector.LoadUnsafe(ref factor, (nuint)(k0 + width));
        }
        for (; k0 < values.Length; k0++)
        {
            sum += values[k0] * direction[k0];
        }
        return sum + Vector.Sum(even + odd);
    }

    private static void AddTo(FeatureRow row, double factor, Span<double> sums)
    {
        if (factor == 0)
        {
            return;
        }
        var values = row.Values;
        if (!row.IsDense)
        {
            for (int k = 0; k < values.Length; k++)
            {
                sums[row.Indices[k]] += factor * values[k];
            }
            return;
        }
        int width = Vector<double>.Count, k0 = 0;
        ref float value = ref MemoryMarshal.GetReference(values);
        ref double sum = ref MemoryMarshal.GetReference(sums);
        var factors = new Vector<double>(factor);
        for (; k0 <= values.Length - (2 * width); k0 += 2 * width)
        {
            Vector.Widen(Vector.LoadUnsafe(ref value, (nuint)k0), out var low, out var high);
            Vector.StoreUnsafe(Vector.LoadUnsafe(ref sum, (nuint)k0) + (low * factors), ref sum, (nuint)k0);
            Vector.StoreUnsafe(Vector.LoadUnsafe(ref sum, (nuint)(k0 + width)) + (high * factors), ref sum, (nuint)(k0 + width));
        }
        for (; k0 < values.Length; k0++)
        {
            sums[k0] += factor * values[k0];
        }
    }
}
