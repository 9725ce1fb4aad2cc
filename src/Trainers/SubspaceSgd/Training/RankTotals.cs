// SPDX-License-Identifier: MIT
using System.Globalization;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>What all ranks' rows come to.</summary>
internal sealed record RankTotals(long[] Shards, long[] Classes, long ValidationRows, double ValidationWeight, LabelMoments Labels, bool IsAllZero)
{
    // Before the counts of classes and shards.
    private const int Scalars = 6;

    /// <summary>Rows to train on.</summary>
    public long Rows { get; } = Shards.Sum();

    /// <summary>Puts what the ranks have found together, in the same order everywhere.</summary>
    public static RankTotals Of(RankGroup ranks, RowCensus census, RowCensus validation, bool isAllZero)
    {
        int classes = census.Classes.Length, workers = census.Shards.Length;
        double[][] all = ranks.Gather([validation.HeldOut, validation.HeldOutWeight, census.Labels.Weight, census.Labels.Mean, census.Labels.Squares, isAllZero ? 1 : 0, .. census.Classes.Select(count => (double)count), .. census.Shards.Select(count => (double)count)]);
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
            (long)all.Sum(rank => rank[0]), all.Sum(rank => rank[1]), all.Aggregate(default(LabelMoments), (sum, rank) => sum.Add(new LabelMoments(rank[2], rank[3], rank[4]))), all.All(rank => rank[5] != 0));
    }

    /// <summary>In words that differ where rows do.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Rows} rows of weight {Labels.Weight:R}, labels {Labels.Mean:R} +- {Labels.Deviation:R}, classes {string.Join('/', Classes)}, on {Shards.Length} workers, {ValidationRows} held out");
}
