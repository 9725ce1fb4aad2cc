// SPDX-License-Identifier: MIT
using System.Globalization;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>What all ranks' rows come to.</summary>
internal sealed record RankTotals(long[] Shards, long[] Classes, long ValidationRows, double Weight, double LossOfZero, bool IsAllZero)
{
    // Before the counts of classes and shards.
    private const int Scalars = 4;

    /// <summary>Rows to train on.</summary>
    public long Rows { get; } = Shards.Sum();

    /// <summary>Puts what the ranks have found together, in the same order everywhere.</summary>
    public static RankTotals Of(RankGroup ranks, RowCensus census, long validationRows, bool isAllZero)
    {
        int classes = census.Classes.Length, workers = census.Shards.Length;
        double[][] all = ranks.Gather([validationRows, census.Weight, census.LossOfZero, isAllZero ? 1 : 0, .. census.Classes.Select(count => (double)count), .. census.Shards.Select(count => (double)count)]);
        long[] shards = new long[workers * ranks.Size];
        for (int rank = 0; rank < all.Length; rank++)
        {
            for (int worker = 0; worker < workers; worker++)
            {
                shards[(worker * all.Length) + rank] = (long)all[rank][Scalars + classes + worker];
            }
        }
        return new RankTotals(
            shards,
            [.. Enumerable.Range(Scalars, classes).Select(i => (long)all.Sum(rank => rank[i]))],
            (long)all.Sum(rank => rank[0]), all.Sum(rank => rank[1]), all.Sum(rank => rank[2]), all.All(rank => rank[3] != 0));
    }

    /// <summary>In words that differ where rows do.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Rows} rows of weight {Weight:R} and classes {string.Join('/', Classes)} on {Shards.Length} workers, {ValidationRows} held out, loss {LossOfZero:R}");
}
