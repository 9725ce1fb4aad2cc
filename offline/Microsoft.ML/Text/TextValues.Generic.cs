// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>The values of a text column in the current line.</summary>
internal sealed class TextValues<T> : TextValues
{
    private readonly TextColumn _column;
    private readonly int[] _fields;
    private readonly T[] _values;
    private readonly TextParsing.Parser<T> _parse;

    internal TextValues(TextColumn column, Delegate parser)
    {
        _column = column;
        _fields = [.. column.FieldNumbers];
        _values = new T[_fields.Length];
        _parse = (TextParsing.Parser<T>)parser;
    }

    internal override void Parse(IReadOnlyList<string> fields, long line)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            string text = _fields[i] < fields.Count ? fields[_fields[i]] : "";
            if (!_parse(text, out _values[i]))
            {
                var reason = new InvalidOperationException($"Could not parse value {text} in line {line}, column {_column.Name}");
                throw new FormatException("Parsing failed with an exception: " + reason.Message, reason);
            }
        }
    }

    internal override Delegate MakeGetter(Action check)
    {
        if (_column.Type is not VectorDataViewType)
        {
            return (ValueGetter<T>)((ref T value) =>
            {
                check();
                value = _values[0];
            });
        }

        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            check();
            Write(ref value);
        });
    }

    private void Write(ref VBuffer<T> value)
    {
        int[] filled = [.. Enumerable.Range(0, _values.Length).Where(i => !IsDefault(_values[i]))];
        bool sparse = filled.Length <= _values.Length / 2;
        VBufferEditor<T> editor = VBufferEditor.Create(ref value, _values.Length, sparse ? filled.Length : _values.Length);
        if (sparse)
        {
            filled.CopyTo(editor.Indices);
            for (int i = 0; i < filled.Length; i++)
            {
                editor.Values[i] = _values[filled[i]];
            }
        }
        else
        {
            _values.CopyTo(editor.Values);
        }

        value = editor.Commit();
    }

    private static bool IsDefault(T value) => value is ReadOnlyMemory<char> text ? text.IsEmpty : EqualityComparer<T>.Default.Equals(value, default);
}
