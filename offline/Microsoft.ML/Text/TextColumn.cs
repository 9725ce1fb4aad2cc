// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>A column of a text file: its type, its fields, and how they are parsed.</summary>
internal sealed class TextColumn
{
    private readonly (int From, int To)[] _fields;
    private readonly TextLoader.Options _options;

    internal TextColumn(TextLoader.Column column, int? width, TextLoader.Options options)
    {
        Name = column.Name;
        _options = options;
        _fields = [.. column.Source.Select(range => Fields(range, width))];
        int size = _fields.Sum(f => f.To - f.From + 1);
        PrimitiveDataViewType item = ColumnTypes.Primitive(column.DataKind);
        if (column.KeyCount is { } keys)
        {
            item = new KeyDataViewType(item.RawType, keys.Count ?? KeyDataViewType.Largest(item.RawType));
        }

        bool isVector = size > 1 || column.Source.Length > 1 || Array.Exists(column.Source, r => r.ForceVector || r.VariableEnd || r.AutoEnd);
        Type = isVector ? new VectorDataViewType(item, size) : item;
    }

    internal string Name { get; }

    internal DataViewType Type { get; }

    /// <summary>The numbers of the fields, in order.</summary>
    internal IEnumerable<int> FieldNumbers => _fields.SelectMany(f => Enumerable.Range(f.From, f.To - f.From + 1));

    /// <summary>A parser with memory of its own.</summary>
    internal TextValues NewParser()
    {
        PrimitiveDataViewType item = Type is VectorDataViewType vector ? vector.ItemType : (PrimitiveDataViewType)Type;
        Type parser = typeof(TextValues<>).MakeGenericType(item.RawType);
        return (TextValues)Activator.CreateInstance(parser, BindingFlags.Instance | BindingFlags.NonPublic, null, [this, TextParsing.For(item, _options)], null);
    }

    private static (int From, int To) Fields(TextLoader.Range range, int? width)
    {
        if (range.AllOther)
        {
            throw new NotSupportedException("The stand-in for Microsoft.ML does not load all other fields; name their range.");
        }

        if (!range.AutoEnd && !range.VariableEnd)
        {
            return (range.Min, range.Max ?? range.Min);
        }

        return width is { } fields && fields > range.Min
            ? (range.Min, fields - 1)
            : throw new ArgumentOutOfRangeException("Source", "Can't determine the number of source columns without valid data");
    }
}
