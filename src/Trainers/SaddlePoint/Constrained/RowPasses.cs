// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
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
        long values = 0;
        for (int row = 0; row < Rows; row++)
        {
            values += _rows[row].Values.Length;
        }
        MomentsCost = (int)Math.Max(1, values / (8L * Rows));
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
                    images[j][row] = features.Dot(directions[j]);
                }
            }
        });
    }

    /// <summary>For each of the first columns of numbers, one for each row, the sum of the rows times them; as many as there are places for sums.</summary>
    public void MultiplyTransposed(IReadOnlyList<double[]> columns, IReadOnlyList<double[]> sums)
    {
        if (sums.Count == 0)
        {
            return;
        }
        Count++;
        Sum(sums.Count, sums, (row, features, part) =>
        {
            for (int j = 0; j < sums.Count; j++)
            {
                features.AddTo(part.Slice(j * Features, Features), columns[j][row]);
            }
        });
    }

    /// <summary>The same sums, and with the same reading the weighted sums of features and of their squares.</summary>
    public void MultiplyTransposed(IReadOnlyList<double[]> columns, IReadOnlyList<double[]> sums, double[] weights, double[] first, double[] second)
    {
        Count++;
        Sum(sums.Count + 2, [.. sums, first, second], (row, features, part) =>
        {
            for (int j = 0; j < sums.Count; j++)
            {
                features.AddTo(part.Slice(j * Features, Features), columns[j][row]);
            }
            features.AddTo(part.Slice(sums.Count * Features, Features), weights[row]);
            var squares = part.Slice((sums.Count + 1) * Features, Features);
            for (int k = 0; k < features.Values.Length; k++)
            {
                double value = features.Values[k];
                squares[features.IsDense ? k : features.Indices[k]] += weights[row] * value * value;
            }
        });
    }

    /// <summary>The passes that <see cref="Moments"/> counts as: as many as do its work with eight vectors each, two columns for each of four blocks.</summary>
    public int MomentsCost { get; }

    /// <summary>Second moments about the mean; see <see cref="SecondMoments"/>.</summary>
    public double[] Moments(double[] weights, double[] center)
    {
        Count += MomentsCost;
        return SecondMoments.Of(_rows, weights, center, _team);
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
}
