// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>What one pass over labels and weights tells of this process's rows.</summary>
internal sealed class RowCensus
{
    private const int RowsBetweenLooks = 4096;

    private readonly RowHash _hash = new();

    private RowCensus(int workers, int outputs)
    {
        Shards = new long[workers];
        Classes = new long[Math.Max(2, outputs)];
    }

    /// <summary>Rows to train on of each local worker.</summary>
    public long[] Shards { get; }

    /// <summary>Rows that are held out.</summary>
    public long HeldOut { get; private set; }

    /// <summary>The sum of the weights of the rows held out.</summary>
    public double HeldOutWeight { get; private set; }

    /// <summary>Rows to train on with a weight, of each class; nothing for regression.</summary>
    public long[] Classes { get; }

    /// <summary>The weighted moments of the labels of rows to train on.</summary>
    public LabelMoments Labels { get; private set; }

    /// <summary>What labels and weights of all rows come to in their order.</summary>
    public ulong Hash => _hash.Value;

    /// <summary>Counts.</summary>
    /// <exception cref="ArgumentException">A label is not what the task wants.</exception>
    public static RowCensus Take(TrainingData rows, TrainingTask task, int outputs, TargetCoding coding, RowAssignment assignment, CancellationToken cancel)
    {
        RowCensus census = new(assignment.LocalWorkers, outputs);
        using var cursor = rows.Open(features: false);
        for (long row = 0; cursor.MoveNext(); row++)
        {
            if (row % RowsBetweenLooks == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
            Check(cursor.Label, task, outputs, row);
            census._hash.Add(cursor.Label, cursor.Weight);
            census.Count(cursor, task, coding, assignment.WorkerOf(row));
        }
        return census;
    }

    private void Count(IRowCursor cursor, TrainingTask task, TargetCoding coding, int worker)
    {
        float weight = coding.Weigh(cursor.Label, cursor.Weight);
        if (worker < 0)
        {
            HeldOut++;
            HeldOutWeight += weight;
            return;
        }
        Shards[worker]++;
        if (task != TrainingTask.Regression && weight > 0)
        {
            Classes[(int)cursor.Label]++;
        }
        Labels = Labels.Add(cursor.Label, weight);
    }

    private static void Check(float label, TrainingTask task, int outputs, long row)
    {
        bool fits = task switch
        {
            TrainingTask.Regression => float.IsFinite(label),
            TrainingTask.BinaryClassification => label is 0 or 1,
            _ => label >= 0 && label < outputs && label == MathF.Floor(label),
        };
        if (!fits)
        {
            string need = task switch
            {
                TrainingTask.Regression => "a finite number",
                TrainingTask.BinaryClassification => "0 or 1",
                _ => $"the index of a class, from 0 to {outputs - 1}",
            };
            throw new ArgumentException($"Row {row} has the label {label}; {need} is needed. Convert it, or leave such rows out.");
        }
    }
}
