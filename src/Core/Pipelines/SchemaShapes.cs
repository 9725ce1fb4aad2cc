// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>Makes the columns that an estimator promises.</summary>
/// <remarks>
/// <see cref="SchemaShape.Column"/> has no accessible constructor, so a column is taken from the promise of an estimator that
/// anyone may make: a custom mapping without inputs whose only output has the wanted name, type and annotations. This is the
/// one place that does so.
/// </remarks>
public static class SchemaShapes
{
    private static readonly TransformsCatalog Catalog = new MLContext().Transforms;

    /// <summary>The shape of a column, taken from its name, type and the kinds of its annotations.</summary>
    /// <exception cref="NotSupportedException">No estimator of ours can promise a column of that type.</exception>
    public static SchemaShape.Column ColumnOf(DataViewSchema.DetachedColumn column)
    {
        var vector = column.Type as VectorDataViewType;
        var item = vector?.ItemType ?? (PrimitiveDataViewType)column.Type;
        var raw = item is TextDataViewType ? typeof(string) : item.RawType;
        bool plain = item is TextDataViewType or NumberDataViewType or BooleanDataViewType or KeyDataViewType
            or DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType;
        if (!plain)
        {
            throw new NotSupportedException($"Column '{column.Name}' is {column.Type}; a promised column holds numbers, booleans, text, keys or times.");
        }
        return Generic.Call<SchemaShape.Column>(typeof(SchemaShapes), nameof(Promise), [vector is null ? raw : raw.MakeArrayType()], column);
    }

    /// <summary>The shape of a schema that is there: its visible columns.</summary>
    public static SchemaShape Of(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new SchemaShape(schema.Where(column => !column.IsHidden).Select(column => ColumnOf(new DataViewSchema.DetachedColumn(column))));
    }

    /// <summary>What a schema with these columns promises after <paramref name="added"/> were appended; a new column hides an old one of its name.</summary>
    public static SchemaShape Append(SchemaShape input, IEnumerable<SchemaShape.Column> added)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(added);
        List<SchemaShape.Column> columns = [.. input];
        foreach (var column in added)
        {
            int old = columns.FindIndex(c => c.Name == column.Name);
            if (old < 0)
            {
                columns.Add(column);
            }
            else
            {
                columns[old] = column;
            }
        }
        return new SchemaShape(columns);
    }

    /// <summary>The column of that name, or null.</summary>
    public static SchemaShape.Column? Find(SchemaShape schema, string name)
    {
        ArgumentNullException.ThrowIfNull(schema);
        foreach (var column in schema)
        {
            if (column.Name == name)
            {
                return column;
            }
        }
        return null;
    }

    private static SchemaShape.Column Promise<TValue>(DataViewSchema.DetachedColumn column)
    {
        var definition = SchemaDefinition.Create(typeof(Holder<TValue>));
        definition[0].ColumnName = column.Name;
        definition[0].ColumnType = column.Type;
        foreach (var annotation in column.Annotations?.Schema ?? DataViewSchema.Annotations.Empty.Schema)
        {
            Generic.Call<object?>(typeof(SchemaShapes), nameof(Annotate), [annotation.Type.RawType], definition[0], annotation);
        }
        var estimator = Catalog.CustomMapping<Nothing, Holder<TValue>>((_, _) => { }, contractName: null, outputSchemaDefinition: definition);
        return estimator.GetOutputSchema(new SchemaShape([])).Single();
    }

    // Only the kind and type of an annotation enter a promise; its value is whatever is default.
    private static object? Annotate<TValue>(SchemaDefinition.Column definition, DataViewSchema.Column annotation)
    {
        definition.AddAnnotation(annotation.Name, default(TValue)!, annotation.Type);
        return null;
    }

    private sealed class Nothing
    {
    }

    private sealed class Holder<TValue>
    {
        public TValue Value { get; set; } = default!;
    }
}
