// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>Some rows with their targets and weights. Used again and again, it allocates nothing after the first time.</summary>
internal sealed class RowBatch(TargetCoding coding)
{
    private readonly DenseMatrix _weights = new(0, 1);
    private TrainingRows? _rows;
    private int[] _order = [];
    private int _start;
    private bool _weighted;

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether every row's features are dense.</summary>
    public bool IsDense => _rows!.IsDense;

    /// <summary>Rows x target columns.</summary>
    public DenseMatrix Targets { get; } = new(0, coding.Columns);

    /// <summary>One for each row; empty when all are 1.</summary>
    public ReadOnlySpan<float> Weights => _weighted ? _weights.Values : [];

    /// <summary>The features of a row of the batch.</summary>
    public FeatureRow this[int row] => _rows![_order[_start + row]];

    /// <summary>Takes some rows.</summary>
    /// <param name="rows">Where they lie.</param>
    /// <param name="order">Row numbers; it stays as it is while the batch is used.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="count">How many.</param>
    public void Load(TrainingRows rows, int[] order, int start, int count)
    {
        _rows = rows;
        _order = order;
        _start = start;
        Count = count;
        Targets.Resize(count);
        var labels = rows.Labels;
        var weights = rows.Weights;
        _weighted = !weights.IsEmpty || !coding.KeepsWeights;
        if (_weighted)
        {
            _weights.Resize(count);
        }
        for (int i = 0; i < count; i++)
        {
            int row = order[start + i];
            coding.Encode(labels[row], Targets.Row(i));
            if (_weighted)
            {
                _weights[i, 0] = coding.Weigh(labels[row], weights.IsEmpty ? 1 : weights[row]);
            }
        }
    }

    /// <summary>Copies the features, rows x features.</summary>
    public void CopyFeatures(DenseMatrix destination)
    {
        destination.Resize(Count);
        for (int i = 0; i < Count; i++)
        {
            this[i].CopyTo(destination.Row(i));
        }
    }

    /// <summary>The sum of the weights.</summary>
    public double WeightSum()
    {
        if (!_weighted)
        {
            return Count;
        }
        double sum = 0;
        foreach (float weight in Weights)
        {
            sum += weight;
        }
        return sum;
    }
}
