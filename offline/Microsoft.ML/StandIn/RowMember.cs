// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>A field or property of a row class that is a column.</summary>
internal sealed record RowMember(MemberInfo Member, string ColumnName, DataViewType ColumnType, DataViewSchema.Annotations Annotations = null)
{
    internal Type MemberType => TypeOf(Member);

    internal static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The public members of a class that can be read or written, fields first.</summary>
    internal static IEnumerable<RowMember> Of(Type type, SchemaDefinition.Direction direction)
        => Candidates(type, direction).Select(m => new RowMember(m, m.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? m.Name, ColumnTypeOf(m)));

    /// <summary>The members that a definition names, with its names and types.</summary>
    internal static RowMember[] Of(Type type, SchemaDefinition definition)
    {
        var members = new List<RowMember>();
        foreach (SchemaDefinition.Column column in definition)
        {
            MemberInfo member = (MemberInfo)type.GetField(column.MemberName) ?? type.GetProperty(column.MemberName)
                ?? throw new ArgumentOutOfRangeException("userSchemaDefinition", $"No field or property with name '{column.MemberName}' found in type '{type.FullName}'");
            string name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
            DataViewType columnType = column.ColumnType ?? ColumnTypeOf(member);
            Check(name, columnType, TypeOf(member));
            members.Add(new RowMember(member, name, columnType, column.Annotations));
        }

        return [.. members];
    }

    /// <summary>The raw type in which a member of this type is handed out, or null where there is none.</summary>
    internal static Type RawTypeOf(Type memberType)
    {
        if (memberType.IsArray)
        {
            return memberType.GetArrayRank() == 1 && ColumnTypes.Primitive(ItemRawType(memberType.GetElementType())) is not null
                ? typeof(VBuffer<>).MakeGenericType(ItemRawType(memberType.GetElementType()))
                : null;
        }

        if (memberType.IsGenericType && memberType.GetGenericTypeDefinition() == typeof(VBuffer<>))
        {
            return memberType;
        }

        Type raw = ItemRawType(memberType);
        return ColumnTypes.Primitive(raw) is null ? null : raw;
    }

    internal static Type ItemRawType(Type type) => type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type;

    private static IEnumerable<MemberInfo> Candidates(Type type, SchemaDefinition.Direction direction)
    {
        IEnumerable<MemberInfo> fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance);
        IEnumerable<MemberInfo> properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && Usable(p, direction));
        return fields.Concat(properties).Where(m => m.GetCustomAttribute<NoColumnAttribute>() is null);
    }

    private static bool Usable(PropertyInfo property, SchemaDefinition.Direction direction)
        => (direction.HasFlag(SchemaDefinition.Direction.Read) && property.GetMethod is { IsPublic: true })
            || (direction.HasFlag(SchemaDefinition.Direction.Write) && property.SetMethod is { IsPublic: true });

    private static DataViewType ColumnTypeOf(MemberInfo member)
    {
        Type type = TypeOf(member);
        Type raw = RawTypeOf(type) ?? throw new ArgumentOutOfRangeException("rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        bool isVector = raw.IsGenericType && raw.GetGenericTypeDefinition() == typeof(VBuffer<>);
        PrimitiveDataViewType item = ColumnTypes.Primitive(isVector ? raw.GetGenericArguments()[0] : raw);
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            item = KeyOf(member, item, key);
        }

        VectorTypeAttribute vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (!isVector)
        {
            return vector is null ? item : throw new ArgumentOutOfRangeException("userType", $"Member {member.Name} marked with VectorTypeAttribute, but does not appear to be a vector type");
        }

        return vector?.Dims is { Length: > 0 } dimensions ? new VectorDataViewType(item, dimensions) : new VectorDataViewType(item);
    }

    private static KeyDataViewType KeyOf(MemberInfo member, PrimitiveDataViewType item, KeyTypeAttribute attribute)
    {
        if (!KeyDataViewType.IsValidDataType(item.RawType))
        {
            throw new ArgumentOutOfRangeException("userType", $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
        }

        return new KeyDataViewType(item.RawType, attribute.KeyCount ?? throw new NotSupportedException("Using KeyType without the Count parameter is not supported"));
    }

    private static void Check(string name, DataViewType columnType, Type memberType)
    {
        Type wanted = columnType is VectorDataViewType vector ? vector.ItemType.RawType : columnType.RawType;
        Type raw = RawTypeOf(memberType);
        Type found = raw is { IsGenericType: true } && raw.GetGenericTypeDefinition() == typeof(VBuffer<>) ? raw.GetGenericArguments()[0] : raw;
        if (found != wanted || (columnType is VectorDataViewType) != (raw != found))
        {
            throw new ArgumentOutOfRangeException("userSchemaDefinition", $"Column '{name}' is supposed to have item type {wanted}, but associated field has type {found ?? memberType}");
        }
    }
}
