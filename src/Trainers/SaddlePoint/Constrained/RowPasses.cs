// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>Products of a matrix of rows with some vectors at once, and of its transpose; each call reads the rows once and is counted.</summary>
internal sealed class RowPasses
{
    private const int PartRows = 512;

    private readonly TrainingRows _rows;
    private readonly ThreadTeam _team;
    private readonly ChunkedSum _sum;

    /// <summary>Reads nothing yet.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="team">The threads.</param>
    /// <param name="columns">How many columns the transpose is multiplied with as a rule; there may be two more.</param>
    public RowPasses(TrainingRows rows, ThreadTeam team, int columns)
    {
        _rows = rows;
        _team = team;
        Rows = checked((int)rows.Count);
        _sum = new ChunkedSum(Rows, checked(rows.Features * (columns + 2)), team);
        double values = 0, pairs = 0;
        for (int row = 0; row < Rows; row++)
        {
            double length = rows[row].Values.Length;
            values += length;
            pairs += length * length / 2;
        }
        MomentsCost = (int)Math.Ceiling(Math.Max(1, values > 0 ? pairs / (values * columns) : 0));
    }

    public int Rows { get; }

    public int Features => _rows.Features;

    /// <summary>How often the rows were read.</summary>
    public int Count { get; private set; }

    /// <summary>The passes that <see cref="Moments"/> counts as: as many products of columns as do the same work, divided by the columns of a pass.</summary>
    public int MomentsCost { get; }

    /// <summary>An image for each direction: a number for each row.</summary>
    public void Multiply(IReadOnlyList<double[]> directions, IReadOnlyList<double[]> images)
    {
        if (directions.Count == 0)
        {
            return;
        }
        Count++;
        _team.Run((Rows + PartRows - 1) / PartRows, part =>
        {
            for (int row = part * PartRows; row < Math.Min(Rows, (part + 1) * PartRows); row++)
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
        CopyTo(sums, _sum.Over((first, end, sum) => Add(columns, sums.Count, first, end, sum), sums.Count * Features));
    }

    /// <summary>The same sums, and with the same reading the weighted sums of features and of their squares.</summary>
    public void MultiplyTransposed(IReadOnlyList<double[]> columns, IReadOnlyList<double[]> sums, double[] weights, double[] first, double[] second)
    {
        Count++;
        int count = sums.Count;
        CopyTo([.. sums, first, second], _sum.Over((begin, end, sum) =>
        {
            Add(columns, count, begin, end, sum);
            AddMoments(weights, begin, end, sum.AsSpan(count * Features, Features), sum.AsSpan((count + 1) * Features, Features));
        }, (count + 2) * Features));
    }

    /// <summary>Second moments about the mean; see <see cref="SecondMoments"/>.</summary>
    public double[] Moments(double[] weights, double[] mean, CancellationToken token)
    {
        double[] moments = SecondMoments.Of(_rows, weights, mean, _team, token);
        Count += MomentsCost;
        return moments;
    }

    private void Add(IReadOnlyList<double[]> columns, int count, int first, int end, double[] sum)
    {
        for (int row = first; row < end; row++)
        {
            var features = _rows[row];
            for (int j = 0; j < count; j++)
            {
                double factor = columns[j][row];
                if (factor != 0)
                {
                    features.AddTo(sum.AsSpan(j * Features, Features), factor);
                }
            }
        }
    }

    private void AddMoments(double[] weights, int first, int end, Span<double> sums, Span<double> squares)
    {
        for (int row = first; row < end; row++)
        {
            var features = _rows[row];
            features.AddTo(sums, weights[row]);
            AddSquares(features, weights[row], squares);
        }
    }

    private static void AddSquares(FeatureRow row, double weight, Span<double> squares)
    {
        var values = row.Values;
        int k = 0;
        if (row.IsDense)
        {
            squares = squares[..values.Length];
            ref float value = ref MemoryMarshal.GetReference(values);
            ref double square = ref MemoryMarshal.GetReference(squares);
            for (; k <= values.Length - Vector<float>.Count; k += Vector<float>.Count)
            {
                Vector.Widen(Vector.LoadUnsafe(ref value, (nuint)k), out var low, out var high);
                nuint first = (nuint)k, second = (nuint)(k + Vector<double>.Count);
                (Vector.LoadUnsafe(ref square, first) + (low * low * weight)).StoreUnsafe(ref square, first);
                (Vector.LoadUnsafe(ref square, second) + (high * high * weight)).StoreUnsafe(ref square, second);
            }
        }
        for (; k < values.Length; k++)
        {
            squares[row.IsDense ? k : row.Indices[k]] += weight * values[k] * values[k];
        }
    }

    private void CopyTo(IReadOnlyList<double[]> sums, double[] all)
    {
        for (int j = 0; j < sums.Count; j++)
        {
            all.AsSpan(j * Features, Features).CopyTo(sums[j]);
        }
    }
}
