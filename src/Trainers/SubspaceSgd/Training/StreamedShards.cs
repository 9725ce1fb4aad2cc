// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Shards of rows that are read at each epoch, window after window; each worker shuffles its rows of a window.</summary>
/// <remarks>
/// Reading breaks off when it is cancelled: what it has given then is incomplete, for whoever uses it to look at the token first.
/// The first window of an epoch has a length that seed and epoch give, so that windows end elsewhere at each epoch and rows meet others.
/// </remarks>
internal sealed class StreamedShards(StreamedRows rows, RowAssignment assignment, RowCensus census, ulong seed, CancellationToken cancel = default) : IShardedRows
{
    private const ulong FirstWindowStream = 0xF125_7100;

    public IEnumerable<RowWindow> Epoch(int epoch, TrainingPlan plan)
    {
        RandomStream random = new(seed ^ FirstWindowStream, (ulong)epoch, (ulong)assignment.NumberOf(0));
        long steps = StepsPerWindow(plan), end = plan.EndOf(random.Next((int)Math.Min(steps, int.MaxValue)));
        using WindowReader reader = new(rows, assignment, census, cancel);
        for (long first = 0, number = 0; first < plan.MiniBatches; number++)
        {
            int[][] orders = new int[assignment.LocalWorkers][];
            for (int worker = 0; worker < orders.Length; worker++)
            {
                int global = assignment.NumberOf(worker);
                orders[worker] = new int[plan.RowsBefore(global, end) - plan.RowsBefore(global, first)];
            }
            var window = reader.Read(orders);
            for (int worker = 0; worker < orders.Length; worker++)
            {
                RowShuffle.Apply(orders[worker], random, seed, epoch, assignment.NumberOf(worker), (int)number);
            }
            yield return new RowWindow(window, orders, first, end);
            first = end;
            end = plan.EndOf(plan.StepsBefore(end) + steps - 1);
        }
        reader.Finish();
    }

    public IEnumerable<(TrainingRows Rows, int[] Numbers)> HeldOut()
    {
        if (census.HeldOut == 0)
        {
            yield break;
        }
        using var cursor = rows.Open(features: true);
        TrainingRowsBuilder part = new(rows.Features, rows.Columns);
        for (long row = 0; !cancel.IsCancellationRequested && cursor.MoveNext(); row++)
        {
            if (assignment.WorkerOf(row) >= 0)
            {
                continue;
            }
            part.SourceRow = row;
            cursor.CopyTo(part);
            if (part.Count == rows.WindowRows)
            {
                yield return Finish(part);
                part = new TrainingRowsBuilder(rows.Features, rows.Columns);
            }
        }
        if (part.Count > 0)
        {
            yield return Finish(part);
        }
    }

    // As many as fit; at least one.
    private long StepsPerWindow(TrainingPlan plan) => Math.Max(1, (long)(plan.Steps * ((double)rows.WindowRows / census.Shards.Sum())));

    private static (TrainingRows, int[]) Finish(TrainingRowsBuilder part) => (part.Finish(), [.. Enumerable.Range(0, part.Count)]);
}
