// SPDX-License-Identifier: MIT
using System.Numerics;
using Microsoft.ML.Data;
using Mode = Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode;

namespace Microsoft.ML.StandIn;

/// <summary>Learns the replacement of a slot, or of all slots of a column.</summary>
internal sealed class ReplacementFit
{
    private readonly Mode _mode;
    private readonly Dictionary<double, int> _counts = [];
    private readonly List<double> _inOrder = [];
    private double _extreme;
    private double _mean;
    private long _count;

    internal ReplacementFit(Mode mode)
    {
        _mode = mode;
        _extreme = mode == Mode.Minimum ? double.PositiveInfinity : double.NegativeInfinity;
    }

    /// <summary>What was learned; of equally frequent values the one seen first.</summary>
    internal double Value => _mode switch
    {
        Mode.Mean => _mean,
        Mode.Mode => _inOrder.Count == 0 ? 0 : _inOrder.MaxBy(v => _counts[v]),
        _ => _extreme,
    };

    internal static Action Reader<T>(DataViewRow row, DataViewSchema.Column column, ReplacementFit[] fits)
        where T : struct, INumber<T>
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> scalar = row.GetGetter<T>(column);
            T one = default;
            return () =>
            {
                scalar(ref one);
                fits[0].Add(double.CreateChecked(one));
            };
        }

        ValueGetter<VBuffer<T>> vector = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            vector(ref values);
            int slot = 0;
            foreach (T value in values.DenseValues())
            {
                fits[fits.Length == 1 ? 0 : slot].Add(double.CreateChecked(value));
                slot++;
            }
        };
    }

    private void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        switch (_mode)
        {
            case Mode.Mean:
                _mean += (value - _mean) / ++_count;
                break;
            case Mode.Minimum:
                _extreme = Math.Min(_extreme, value);
                break;
            case Mode.Maximum:
                _extreme = Math.Max(_extreme, value);
                break;
            case Mode.Mode:
                if (!_counts.TryGetValue(value, out int count))
                {
                    _inOrder.Add(value);
                }

                _counts[value] = count + 1;
                break;
        }
    }
}
