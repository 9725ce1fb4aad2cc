// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>What one pass over labels and weights tells of this process's rows.</summary>
internal sealed class RowCensus
{
    private const int BlockRows = 1024;

    private readonly DenseMatrix _zeros, _targets;
    private readonly float[] _weights = new float[BlockRows];

    private RowCensus(int workers, int outputs, TargetCoding coding)
    {
        Shards = new long[workers];
        Classes = new long[Math.Max(2, outputs)];
        _zeros = new DenseMatrix(BlockRows, outputs);
        _targets = new DenseMatrix(BlockRows, coding.Columns);
    }

    /// <summary>Rows to train on of each local worker.</summary>
    public long[] Shards { get; }

    /// <summary>Rows that are held out.</summary>
    public long HeldOut { get; private set; }

    /// <summary>Rows to train on with a weight, of each class; nothing for regression.</summary>
    public long[] Classes { get; }

    /// <summary>The sum of the weights of rows to train on.</summary>
    public double Weight { get; private set; }

    /// <summary>The weighted sum of the losses that scores of zero have.</summary>
    public double LossOfZero { get; private set; }

    /// <summary>Counts.</summary>
    /// <exception cref="ArgumentException">A label is not what the task wants.</exception>
    public static RowCensus Take(TrainingData rows, TrainingTask task, int outputs, ILoss loss, TargetCoding coding, RowAssignment assignment, CancellationToken cancel)
    {
        RowCensus census = new(assignment.LocalWorkers, outputs, coding);
        using var cursor = rows.Open(features: false);
        int filled = 0;
        for (long row = 0; cursor.MoveNext(); row++)
        {
            Check(cursor.Label, task, outputs, row);
            int worker = assignment.WorkerOf(row);
            if (worker < 0)
            {
                census.HeldOut++;
                continue;
            }
            census.Shards[worker]++;
            float weight = coding.Weigh(cursor.Label, cursor.Weight);
            if (task != TrainingTask.Regression && weight > 0)
            {
                census.Classes[(int)cursor.Label]++;
            }
            coding.Encode(cursor.Label, census._targets.Row(filled));
            census._weights[filled++] = weight;
            if (filled == BlockRows)
            {
                cancel.ThrowIfCancellationRequested();
                census.Weigh(loss, ref filled);
            }
        }
        census.Weigh(loss, ref filled);
        return census;
    }

    private void Weigh(ILoss loss, ref int count)
    {
        if (count == 0)
        {
            return;
        }
        var weights = _weights.AsSpan(0, count);
        _zeros.Resize(count).Values.Clear();
        LossOfZero += loss.Evaluate(_zeros, _targets.Resize(count), weights, null);
        foreach (float weight in weights)
        {
            Weight += weight;
        }
        _targets.Resize(BlockRows);
        count = 0;
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
