// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Data;

/// <summary>Which members of a class are columns, with names, types and annotations that may be changed.</summary>
public sealed partial class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    public Column this[string columnName]
    {
        get => Find(c => c.ColumnName == columnName);

        set
        {
            ArgumentException.ThrowIfNullOrEmpty(columnName);
            if (value?.ColumnName != columnName)
            {
                throw new ArgumentOutOfRangeException(nameof(columnName), $"The column name is specified as '{value?.ColumnName}' but must match the given name '{columnName}'");
            }

            int at = FindIndex(c => c.ColumnName == columnName);
            if (at >= 0)
            {
                this[at] = value;
            }
            else
            {
                Add(value);
            }
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        var definition = new SchemaDefinition();
        foreach (RowMember member in RowMember.Of(userType, direction))
        {
            if (definition.Exists(c => c.ColumnName == member.ColumnName))
            {
                throw new ArgumentOutOfRangeException(nameof(userType), $"Duplicate column name '{member.ColumnName}' detected, this is disallowed");
            }

            definition.Add(new Column(member.Member.Name, member.ColumnName, member.ColumnType));
        }

        return definition;
    }
}
