// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>The values that the keys of a class label stand for, in the keys' order.</summary>
public abstract class ClassValues
{
    private protected ClassValues(PrimitiveDataViewType itemType, int count)
    {
        ItemType = itemType;
        Count = count > 0 ? count : throw new ArgumentException("There are no class values; a key needs at least one.");
    }

    /// <summary>How many classes there are.</summary>
    public int Count { get; }

    /// <summary>The type of the values: text, numbers, booleans or times.</summary>
    public PrimitiveDataViewType ItemType { get; }

    /// <summary>The values as text, in the keys' order: names for the slots of a vector of class scores.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    internal KeyDataViewType KeyType => new(typeof(uint), Count);

    /// <summary>Class values that are strings.</summary>
    public static ClassValues Of(params IEnumerable<string> values) => new TextClassValues([.. values]);

    /// <summary>Class values that are numbers, booleans or times.</summary>
    /// <exception cref="NotSupportedException">ML.NET has no column type for such values.</exception>
    public static ClassValues Of<T>(IEnumerable<T> values)
        where T : unmanaged => new TypedClassValues<T>([.. values]);

    /// <summary>The class values of a key column, as mapping values to keys leaves them in its annotations; its indices from 1 as text where it has none.</summary>
    /// <exception cref="ArgumentException">The column is not a key with a known number of values.</exception>
    public static ClassValues FromKeyColumn(DataViewSchema.Column column)
    {
        if (column.Type is not KeyDataViewType { Count: > 0 and <= int.MaxValue } key)
        {
            throw new ArgumentException($"Column '{column.Name}' is {column.Type}; a key column is needed. Map its values with Conversion.MapValueToKey.", nameof(column));
        }
        var values = column.Annotations.Schema.GetColumnOrNull("KeyValues");
        if (values?.Type is not VectorDataViewType vector || vector.Size != (int)key.Count)
        {
            return Of(Enumerable.Range(1, (int)key.Count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        return vector.ItemType is TextDataViewType
            ? Of(Read<ReadOnlyMemory<char>>(column).Select(text => text.ToString()))
            : Generic.Call<ClassValues>(typeof(ClassValues), nameof(FromAnnotation), [vector.ItemType.RawType], column);
    }

    /// <summary>A stand-in of the type that <see cref="FromKeyColumn"/> will find, for a promise: how many there are and what they are is not known before there is a schema.</summary>
    /// <param name="column">The promised key column.</param>
    public static ClassValues PromisedBy(SchemaShape.Column column) =>
        SchemaShapes.Find(column.Annotations, "KeyValues")?.ItemType is PrimitiveDataViewType type and not TextDataViewType
            ? Generic.Call<ClassValues>(typeof(ClassValues), nameof(StandIn), [type.RawType])
            : Of("known when fitted");

    internal DataViewSchema.Annotations ToAnnotations()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        AddTo(builder);
        return builder.ToAnnotations();
    }

    /// <summary>An estimator of ML.NET's own that maps a scalar Int64 class index to the key.</summary>
    internal abstract IEstimator<ITransformer> MapIndexToKey(MLContext context, string keyColumn, string indexColumn, string scratchColumn);

    private protected abstract void AddTo(DataViewSchema.Annotations.Builder builder);

    private static TypedClassValues<T> FromAnnotation<T>(DataViewSchema.Column column)
        where T : unmanaged => new(Read<T>(column));

    private static TypedClassValues<T> StandIn<T>()
        where T : unmanaged => new([default]);

    private static T[] Read<T>(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue("KeyValues", ref values);
        Debug.Assert(values.Length > 0, "An annotation of a key with values has values.");
        return [.. values.DenseValues()];
    }
}
