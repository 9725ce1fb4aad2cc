// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Fills members of an object from the columns of a row.</summary>
internal sealed class RowTarget<TRow>
    where TRow : class
{
    private static readonly MethodInfo ScalarMethod = Method(nameof(Scalar)), VectorMethod = Method(nameof(Vector)), ArrayMethod = Method(nameof(ToArray));

    private readonly (RowMember Member, DataViewSchema.Column Column)[] _bound;

    /// <summary>Binds the members to columns of the same names; throws where one is missing or of another type.</summary>
    internal RowTarget(DataViewSchema schema, SchemaDefinition definition, bool ignoreMissingColumns)
    {
        RowMember[] members = RowMember.Of(typeof(TRow), definition ?? SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Write));
        var bound = new List<(RowMember, DataViewSchema.Column)>();
        foreach (RowMember member in members)
        {
            if (schema.GetColumnOrNull(member.ColumnName) is { } column)
            {
                Check(member, column);
                bound.Add((member, column));
            }
            else if (!ignoreMissingColumns)
            {
                throw new ArgumentOutOfRangeException("Schema", $"Could not find  column '{member.ColumnName}'");
            }
        }

        _bound = [.. bound];
    }

    /// <summary>The columns that are read.</summary>
    internal IEnumerable<DataViewSchema.Column> Columns => _bound.Select(b => b.Column);

    /// <summary>What fills an object from the current row.</summary>
    internal Action<TRow> Filler(DataViewRow row)
    {
        Action<TRow>[] fillers = [.. _bound.Select(b => FillerOf(b.Member, b.Column, row))];
        return target =>
        {
            foreach (Action<TRow> fill in fillers)
            {
                fill(target);
            }
        };
    }

    private static void Check(RowMember member, DataViewSchema.Column column)
    {
        if (RowMember.RawTypeOf(member.MemberType) != column.Type.RawType)
        {
            throw new InvalidOperationException($"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Member.Name}' of type '{member.MemberType}'.");
        }
    }

    private static Action<TRow> FillerOf(RowMember member, DataViewSchema.Column column, DataViewRow row)
    {
        Type type = member.MemberType;
        if (type == typeof(string))
        {
            ValueGetter<ReadOnlyMemory<char>> getter = row.GetGetter<ReadOnlyMemory<char>>(column);
            Action<TRow, string> set = MemberAccess<TRow>.Setter<string>(member.Member);
            ReadOnlyMemory<char> text = default;
            return target =>
            {
                getter(ref text);
                set(target, text.ToString());
            };
        }

        if (type == typeof(string[]))
        {
            return Texts(member.Member, row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column));
        }

        MethodInfo method = type.IsArray ? ArrayMethod.MakeGenericMethod(type.GetElementType())
            : column.Type is VectorDataViewType vector ? VectorMethod.MakeGenericMethod(vector.ItemType.RawType)
            : ScalarMethod.MakeGenericMethod(type);
        return (Action<TRow>)method.Invoke(null, [member.Member, RawValues.For(column.Type).GetterOf(row, column)]);
    }

    private static Action<TRow> Scalar<T>(MemberInfo member, ValueGetter<T> getter)
    {
        Action<TRow, T> set = MemberAccess<TRow>.Setter<T>(member);
        T value = default;
        return target =>
        {
            getter(ref value);
            set(target, value);
        };
    }

    private static Action<TRow> Vector<T>(MemberInfo member, ValueGetter<VBuffer<T>> getter)
    {
        Func<TRow, VBuffer<T>> get = MemberAccess<TRow>.Getter<VBuffer<T>>(member);
        Action<TRow, VBuffer<T>> set = MemberAccess<TRow>.Setter<VBuffer<T>>(member);
        return target =>
        {
            VBuffer<T> value = get(target);
            getter(ref value);
            set(target, value);
        };
    }

    private static Action<TRow> ToArray<T>(MemberInfo member, ValueGetter<VBuffer<T>> getter)
    {
        Func<TRow, T[]> get = MemberAccess<TRow>.Getter<T[]>(member);
        Action<TRow, T[]> set = MemberAccess<TRow>.Setter<T[]>(member);
        VBuffer<T> vector = default;
        return target =>
        {
            getter(ref vector);
            T[] items = get(target);
            if ((items?.Length ?? 0) != vector.Length)
            {
                items = new T[vector.Length];
            }

            vector.CopyTo(items);
            set(target, items);
        };
    }

    private static Action<TRow> Texts(MemberInfo member, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter)
    {
        Action<TRow, string[]> set = MemberAccess<TRow>.Setter<string[]>(member);
        VBuffer<ReadOnlyMemory<char>> vector = default;
        return target =>
        {
            getter(ref vector);
            set(target, [.. vector.DenseValues().Select(t => t.ToString())]);
        };
    }

    private static MethodInfo Method(string name) => typeof(RowTarget<TRow>).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static);
}
