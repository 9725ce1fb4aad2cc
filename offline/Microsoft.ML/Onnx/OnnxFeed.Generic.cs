// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>A tensor over an array that is filled anew; texts are copied into a tensor of their own.</summary>
internal sealed class OnnxFeed<T> : OnnxFeed
{
    private readonly T[] _buffer;
    private readonly Action<T[]> _read;

    internal OnnxFeed(T[] buffer, long[] shape, Action<T[]> read)
    {
        _buffer = buffer;
        _read = read;
        Value = OnnxValues.Over(buffer, shape);
    }

    internal override bool IsFixed => true;

    internal override OrtValue Value { get; }

    internal override void Fill()
    {
        _read(_buffer);
        if (_buffer is ReadOnlyMemory<char>[] texts)
        {
            OnnxValues.SetTexts(Value, texts);
        }
    }

    public override void Dispose() => Value.Dispose();
}
