// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>A tensor made anew for each row, whose one unknown dimension follows from the number of values.</summary>
internal sealed class OnnxVariableFeed<T> : OnnxFeed
{
    private readonly long[] _shape;
    private readonly int _unknown;
    private readonly ValueGetter<VBuffer<T>> _getter;
    private VBuffer<T> _values;
    private OrtValue _value;

    internal OnnxVariableFeed(long[] shape, ValueGetter<VBuffer<T>> getter)
    {
        _shape = [.. shape];
        _unknown = Array.IndexOf(shape, 0);
        _getter = getter;
    }

    internal override bool IsFixed => false;

    internal override OrtValue Value => _value;

    internal override void Fill()
    {
        _getter(ref _values);
        if (_unknown < 0)
        {
            throw new ArgumentOutOfRangeException("index", "Index was out of range. Must be non-negative and less than the size of the collection.");
        }

        _shape[_unknown] = 1;
        _shape[_unknown] = _values.Length / _shape.Aggregate(1L, (all, d) => all * d);
        T[] buffer = [.. _values.DenseValues()];
        _value?.Dispose();
        _value = OnnxValues.Over(buffer, _shape);
        if (buffer is ReadOnlyMemory<char>[] texts)
        {
            OnnxValues.SetTexts(_value, texts);
        }
    }

    public override void Dispose() => _value?.Dispose();
}
