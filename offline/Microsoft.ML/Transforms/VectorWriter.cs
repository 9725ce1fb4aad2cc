// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>
/// Collects the non-default elements of a vector in rising order of their indices and writes them as the real packages do: dense
/// where at least half of the elements (rounded down) are there, else sparse.
/// </summary>
internal sealed class VectorWriter<T>
{
    private int[] _indices = [];
    private T[] _values = [];
    private int _length;
    private int _count;

    internal void Reset(int length)
    {
        _length = length;
        _count = 0;
        if (_values.Length < length)
        {
            _values = new T[length];
            _indices = new int[length];
        }
    }

    internal void Add(int index, T value)
    {
        _indices[_count] = index;
        _values[_count++] = value;
    }

    internal void WriteTo(ref VBuffer<T> destination)
    {
        bool dense = _count == _length || (_count > 0 && _count >= _length / 2);
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, _length, dense ? _length : _count);
        if (!dense || _count == _length)
        {
            _values.AsSpan(0, _count).CopyTo(editor.Values);
            if (!dense)
            {
                _indices.AsSpan(0, _count).CopyTo(editor.Indices);
            }
        }
        else
        {
            editor.Values.Clear();
            for (int i = 0; i < _count; i++)
            {
                editor.Values[_indices[i]] = _values[i];
            }
        }

        destination = editor.Commit();
    }
}
