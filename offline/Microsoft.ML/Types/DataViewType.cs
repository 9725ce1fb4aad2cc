// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>The type of a column's values.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType)
    {
        ArgumentNullException.ThrowIfNull(rawType);
        RawType = rawType;
    }

    /// <summary>The .NET type in which a getter hands out a value of this type.</summary>
    public Type RawType { get; }

    /// <summary>Whether both describe the same values.</summary>
    public abstract bool Equals(DataViewType other);
}
