// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Distributes rows as fits where they lie.</summary>
internal static class ShardedRows
{
    public static IShardedRows Of(TrainingData rows, RowAssignment assignment, RowCensus census, ulong seed, CancellationToken cancel) =>
        rows is TrainingRows cached ? new CachedShards(cached, assignment, census, seed) : new StreamedShards((StreamedRows)rows, assignment, census, seed, cancel);
}
