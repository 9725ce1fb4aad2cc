// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

/// <summary>Loads text files.</summary>
public static class TextLoaderSaverCatalog
{
    public static TextLoader CreateTextLoader(this DataOperationsCatalog catalog, TextLoader.Column[] columns, char separatorChar = '\t', bool hasHeader = false, IMultiStreamSource dataSample = null, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false)
        => new(Options(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    public static TextLoader CreateTextLoader(this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource dataSample = null)
        => new(options ?? throw new ArgumentNullException(nameof(options)), dataSample);

    public static TextLoader CreateTextLoader<TInput>(this DataOperationsCatalog catalog, char separatorChar = '\t', bool hasHeader = false, IMultiStreamSource dataSample = null, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false)
        => new(Options(ColumnsOf(typeof(TInput)), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    public static TextLoader CreateTextLoader<TInput>(this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource dataSample = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Columns = ColumnsOf(typeof(TInput));
        return new TextLoader(options, dataSample);
    }

    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Column[] columns, char separatorChar = '\t', bool hasHeader = false, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false)
    {
        CheckFile(path);
        return catalog.CreateTextLoader(columns, separatorChar, hasHeader, null, allowQuoting, trimWhitespace, allowSparse).Load(path);
    }

    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options options = null)
    {
        CheckFile(path);
        return new TextLoader(options ?? new TextLoader.Options(), new MultiFileSource(path)).Load(path);
    }

    public static IDataView LoadFromTextFile<TInput>(this DataOperationsCatalog catalog, string path, char separatorChar = '\t', bool hasHeader = false, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false)
    {
        CheckFile(path);
        return catalog.CreateTextLoader<TInput>(separatorChar, hasHeader, null, allowQuoting, trimWhitespace, allowSparse).Load(path);
    }

    public static IDataView LoadFromTextFile<TInput>(this DataOperationsCatalog catalog, string path, TextLoader.Options options)
    {
        CheckFile(path);
        return catalog.CreateTextLoader<TInput>(options, new MultiFileSource(path)).Load(path);
    }

    private static TextLoader.Options Options(TextLoader.Column[] columns, char separator, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse)
        => new()
        {
            Columns = columns,
            Separators = [separator],
            HasHeader = hasHeader,
            AllowQuoting = allowQuoting,
            TrimWhitespace = trimWhitespace,
            AllowSparse = allowSparse,
        };

    private static TextLoader.Column[] ColumnsOf(Type type)
    {
        var columns = new List<TextLoader.Column>();
        foreach (RowMember member in RowMember.Of(type, SchemaDefinition.Direction.Both))
        {
            LoadColumnAttribute load = member.Member.GetCustomAttribute<LoadColumnAttribute>()
                ?? throw new InvalidOperationException($"{member.Member.MemberType} '{member.Member.Name}' is missing the LoadColumnAttribute attribute");
            bool isVector = member.ColumnType is VectorDataViewType;
            PrimitiveDataViewType item = member.ColumnType is VectorDataViewType vector ? vector.ItemType : (PrimitiveDataViewType)member.ColumnType;
            TextLoader.Range[] ranges = [.. load.Sources.Select(r => new TextLoader.Range(r.Min, r.Max) { ForceVector = isVector })];
            DataKind kind = Enum.Parse<DataKind>(ColumnTypes.Primitive(item.RawType).ToString());
            columns.Add(new TextLoader.Column(member.ColumnName, kind, ranges, item is KeyDataViewType key ? new KeyCount(key.Count) : null));
        }

        return [.. columns];
    }

    private static void CheckFile(string path)
    {
        if (string.IsNullOrEmpty(path))
        {
            throw new ArgumentOutOfRangeException(nameof(path), "path cannot be null or empty");
        }

        if (!File.Exists(path))
        {
            throw new ArgumentOutOfRangeException(nameof(path), $"File or directory does not exist at path: {path}");
        }
    }
}
