// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>Sums, over weighted rows, of the products of any two features about their means.</summary>
internal static class SecondMoments
{
    // Rows that are laid out feature after feature before they are multiplied.
    private const int Tile = 64;
    private const int CancelEvery = 1024;
    private const int MinimumPartRows = 2048;
    private const int MaximumParts = 16;
    private const long MaximumSums = 1L << 24;

    /// <summary>One reading of the rows; the work is that of half as many products with a vector as a row has values.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="weights">One for each row, not negative.</param>
    /// <param name="mean">About what the features lie, for accuracy; set to their weighted means, which are taken off in any case.</param>
    /// <param name="team">The threads.</param>
    /// <param name="token">Ends it with an exception.</param>
    /// <returns>The sums, row after row.</returns>
    public static double[] Of(TrainingRows rows, double[] weights, double[] mean, ThreadTeam team, CancellationToken token)
    {
        // One more feature, always 1, for the means.
        int features = rows.Features, size = features + 1, count = weights.Length;
        int parts = (int)Math.Clamp(Math.Min(count / MinimumPartRows, MaximumSums / ((long)size * size)), 1, MaximumParts);
        double[][] sums = new double[parts][];
        team.Run(parts, part =>
        {
            double[] sum = sums[part] = new double[size * size];
            double[] tile = new double[size * Tile];
            int filled = 0, end = (int)((long)count * (part + 1) / parts);
            for (int row = (int)((long)count * part / parts); row < end; row++)
            {
                if (row % CancelEvery == 0)
                {
                    token.ThrowIfCancellationRequested();
                }
                if (weights[row] == 0)
                {
                    continue;
                }
                var values = rows[row];
                if (!values.IsDense)
                {
                    AddSparse(values, weights[row], sum, size);
                    continue;
                }
                AddDense(values, Math.Sqrt(weights[row]), rows.IsDense ? mean : [], tile, filled);
                if (++filled == Tile)
                {
                    AddTile(tile, filled, sum, size);
                    filled = 0;
                }
            }
            AddTile(tile, filled, sum, size);
        });
        for (int part = 1; part < parts; part++)
        {
            TensorPrimitives.Add(sums[0], sums[part], sums[0]);
        }
        return AboutMeans(sums[0], mean, rows.IsDense);
    }

    private static void AddDense(FeatureRow row, double weight, ReadOnlySpan<double> center, double[] tile, int at)
    {
        for (int j = 0; j < row.Values.Length; j++)
        {
            tile[(j * Tile) + at] = weight * (row.Values[j] - (center.IsEmpty ? 0 : center[j]));
        }
        tile[(row.Values.Length * Tile) + at] = weight;
    }

    private static void AddTile(double[] tile, int filled, double[] sum, int size)
    {
        for (int i = 0; i < size; i++)
        {
            var left = tile.AsSpan(i * Tile, filled);
            for (int j = 0; j <= i; j++)
            {
                sum[(i * size) + j] += TensorPrimitives.Dot<double>(left, tile.AsSpan(j * Tile, filled));
            }
        }
    }

    private static void AddSparse(FeatureRow row, double weight, double[] sum, int size)
    {
        var last = sum.AsSpan((size - 1) * size, size);
        for (int a = 0; a < row.Values.Length; a++)
        {
            double scaled = weight * row.Values[a];
            var own = sum.AsSpan(row.Indices[a] * size, size);
            for (int b = 0; b <= a; b++)
            {
                own[row.Indices[b]] += scaled * row.Values[b];
            }
            last[row.Indices[a]] += scaled;
        }
        last[size - 1] += weight;
    }

    private static double[] AboutMeans(double[] sum, double[] mean, bool isCentered)
    {
        int features = mean.Length, size = features + 1;
        var first = sum.AsSpan(features * size, features);
        double total = sum[^1], inverse = total > 0 ? 1 / total : 0;
        double[] moments = new double[features * features];
        for (int i = 0; i < features; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                moments[(i * features) + j] = moments[(j * features) + i] = sum[(i * size) + j] - (first[i] * first[j] * inverse);
            }
        }
        for (int j = 0; j < features; j++)
        {
            mean[j] = (isCentered ? mean[j] : 0) + (first[j] * inverse);
        }
        return moments;
    }
}
