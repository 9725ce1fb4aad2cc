// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>The losses of all rows at some scores, summed as the objective and each constraint ask, with their derivatives along images.</summary>
/// <remarks>Sums are made over parts of the rows that do not depend on threads, and added in order.</remarks>
internal sealed class LossBlocks
{
    private const int MinimumPartRows = 1024;
    private const int MaximumParts = 128;

    // Rows whose images, a column each, stay in the nearest cache while products of columns are summed.
    private const int Tile = 512;

    private readonly ConstrainedProblem _problem;
    private readonly ThreadTeam _team;
    private readonly int _rows, _parts;
    private readonly double[] _signs, _slopes, _losses, _curvatures, _weights;
    private readonly int[][] _starts;
    private double[] _sums = [];

    public LossBlocks(ConstrainedProblem problem, ThreadTeam team)
    {
        _problem = problem;
        _team = team;
        _rows = checked((int)problem.Rows.Count);
        _parts = Math.Clamp(_rows / MinimumPartRows, 1, MaximumParts);
        _signs = new double[_rows];
        for (int i = 0; i < _rows; i++)
        {
            _signs[i] = problem.Rows.Labels[i] > 0 ? 1 : -1;
        }
        _slopes = new double[_rows];
        _losses = new double[_rows];
        _curvatures = new double[_rows];
        _weights = new double[_rows];
        _starts = [.. problem.LossConstraints.Select(constraint => Enumerable.Range(0, _parts + 1).Select(part => LowerBound(constraint.Rows, Start(part))).ToArray())];
        Values = new double[problem.LossConstraints.Count];
    }

    /// <summary>The objective's losses, without penalty.</summary>
    public double Objective { get; private set; }

    /// <summary>The losses of each constraint, without its level.</summary>
    public double[] Values { get; }

    /// <summary>Computes the losses at these scores, their slopes and curvatures.</summary>
    public void Evaluate(double[] scores)
    {
        int blocks = Values.Length + 1;
        var sums = Sums(blocks);
        _team.Run(_parts, part =>
        {
            int start = Start(part), length = Start(part + 1) - start;
            var sum = sums.AsSpan(part * blocks, blocks);
            Span<double> tile = stackalloc double[Tile];
            for (int at = 0; at < length; at += Tile)
            {
                Losses(scores, start + at, Math.Min(Tile, length - at), tile);
            }
            sum[0] = TensorPrimitives.Dot(_losses.AsSpan(start, length), _problem.ObjectiveWeights.AsSpan(start, length));
            for (int k = 0; k < Values.Length; k++)
            {
                var constraint = _problem.LossConstraints[k];
                double value = 0;
                for (int i = _starts[k][part]; i < _starts[k][part + 1]; i++)
                {
                    value += constraint.Weights[i] * _losses[constraint.Rows[i]];
                }
                sum[k + 1] = value;
            }
        });
        Objective = Total(sums, 0, blocks);
        for (int k = 0; k < Values.Length; k++)
        {
            Values[k] = Total(sums, k + 1, blocks);
        }
    }

    /// <summary>The derivative of a block's losses by each row's score; the objective's block is -1.</summary>
    public void CopySlopes(int block, Span<double> destination)
    {
        if (block < 0)
        {
            TensorPrimitives.Multiply(_slopes, _problem.ObjectiveWeights, destination);
            return;
        }
        destination.Clear();
        var constraint = _problem.LossConstraints[block];
        for (int i = 0; i < constraint.Rows.Length; i++)
        {
            destination[constraint.Rows[i]] = constraint.Weights[i] * _slopes[constraint.Rows[i]];
        }
    }

    /// <summary>Each row's second derivative by its score, of the objective plus each constraint times a multiplier.</summary>
    public void CopyCurvatures(ReadOnlySpan<double> multipliers, Span<double> destination)
    {
        _problem.ObjectiveWeights.CopyTo(destination);
        for (int k = 0; k < Values.Length; k++)
        {
            var (rows, factors) = (_problem.LossConstraints[k].Rows, _problem.LossConstraints[k].Weights);
            for (int i = 0; multipliers[k] != 0 && i < rows.Length; i++)
            {
                destination[rows[i]] += multipliers[k] * factors[i];
            }
        }
        TensorPrimitives.Multiply(destination, _curvatures, destination);
    }

    /// <summary>First derivatives of blocks along columns, and second ones of the objective plus each constraint times a multiplier.</summary>
    /// <param name="columns">Images.</param>
    /// <param name="multipliers">One for each constraint on losses; those of 0 are left out.</param>
    /// <param name="gradients">The objective's derivatives, then each constraint's.</param>
    /// <param name="curvature">Second derivatives, row after row, each as long as there are columns.</param>
    public void Differentiate(IReadOnlyList<double[]> columns, ReadOnlySpan<double> multipliers, double[][] gradients, Span<double> curvature)
    {
        int count = columns.Count, blocks = Values.Length + 1;
        int size = (count * (count + 1) / 2) + (blocks * count);
        var sums = Sums(size);
        double[] factors = multipliers.ToArray();
        _team.Run(_parts, part => Differentiate(part, columns, factors, sums.AsSpan(part * size, size)));
        for (int block = 0; block < blocks; block++)
        {
            for (int j = 0; j < count; j++)
            {
                gradients[block][j] = Total(sums, (block * count) + j, size);
            }
        }
        for (int i = 0, at = blocks * count; i < count; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                curvature[(i * count) + j] = curvature[(j * count) + i] = Total(sums, at, size);
            }
        }
    }

    /// <summary>The sum of columns times coefficients.</summary>
    public static void Combine(IReadOnlyList<double[]> columns, ReadOnlySpan<double> coefficients, Span<double> destination)
    {
        destination.Clear();
        for (int j = 0; j < columns.Count; j++)
        {
            TensorPrimitives.MultiplyAdd(columns[j], coefficients[j], destination, destination);
        }
    }

    private void Losses(double[] scores, int start, int length, Span<double> exponentials)
    {
        var z = _slopes.AsSpan(start, length);
        var e = exponentials[..length];
        var losses = _losses.AsSpan(start, length);
        var curvatures = _curvatures.AsSpan(start, length);
        TensorPrimitives.Multiply(scores.AsSpan(start, length), _signs.AsSpan(start, length), z);
        TensorPrimitives.Abs(z, e);
        TensorPrimitives.Negate(e, e);
        TensorPrimitives.Exp(e, e);
        TensorPrimitives.Add(e, 1, curvatures);
        TensorPrimitives.Log(curvatures, losses);
        for (int i = 0; i < length; i++)
        {
            double inverse = 1 / curvatures[i], wrong = z[i] >= 0 ? e[i] * inverse : inverse;
            losses[i] -= Math.Min(z[i], 0);
            curvatures[i] = e[i] * inverse * inverse;
            z[i] = -wrong * _signs[start + i];
        }
    }

    private void Differentiate(int part, IReadOnlyList<double[]> columns, double[] multipliers, Span<double> sums)
    {
        int start = Start(part), end = Start(part + 1), count = columns.Count;
        sums.Clear();
        var weights = _weights.AsSpan(start, end - start);
        _problem.ObjectiveWeights.AsSpan(start, end - start).CopyTo(weights);
        for (int k = 0; k < multipliers.Length; k++)
        {
            if (multipliers[k] == 0)
            {
                continue;
            }
            var (rows, factors) = (_problem.LossConstraints[k].Rows, _problem.LossConstraints[k].Weights);
            int first = _starts[k][part], last = _starts[k][part + 1];
            for (int i = first; i < last; i++)
            {
                weights[rows[i] - start] += multipliers[k] * factors[i];
            }
            for (int j = 0; j < count; j++)
            {
                double[] column = columns[j];
                double sum = 0;
                for (int i = first; i < last; i++)
                {
                    sum += factors[i] * _slopes[rows[i]] * column[rows[i]];
                }
                sums[((k + 1) * count) + j] = sum;
            }
        }
        TensorPrimitives.Multiply(weights, _curvatures.AsSpan(start, end - start), weights);
        Span<double> tile = stackalloc double[Tile];
        for (int at = start; at < end; at += Tile)
        {
            int length = Math.Min(Tile, end - at);
            var product = tile[..length];
            TensorPrimitives.Multiply(_slopes.AsSpan(at, length), _problem.ObjectiveWeights.AsSpan(at, length), product);
            for (int j = 0; j < count; j++)
            {
                sums[j] += TensorPrimitives.Dot(product, columns[j].AsSpan(at, length));
            }
            int next = (Values.Length + 1) * count;
            for (int i = 0; i < count; i++)
            {
                TensorPrimitives.Multiply(_weights.AsSpan(at, length), columns[i].AsSpan(at, length), product);
                for (int j = 0; j <= i; j++)
                {
                    sums[next++] += TensorPrimitives.Dot(product, columns[j].AsSpan(at, length));
                }
            }
        }
    }

    private double[] Sums(int size)
    {
        if (_sums.Length < size * _parts)
        {
            _sums = new double[size * _parts];
        }
        return _sums;
    }

    private double Total(double[] sums, int at, int size)
    {
        double total = 0;
        for (int part = 0; part < _parts; part++)
        {
            total += sums[(part * size) + at];
        }
        return total;
    }

    private int Start(int part) => (int)((long)_rows * part / _parts);

    private static int LowerBound(int[] rows, int row)
    {
        int at = Array.BinarySearch(rows, row);
        return at < 0 ? ~at : at;
    }
}
