// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>Says which registered type a member of a row class has.</summary>
public abstract class DataViewTypeAttribute : Attribute, IEquatable<DataViewTypeAttribute>
{
    protected DataViewTypeAttribute()
    {
    }

    public abstract bool Equals(DataViewTypeAttribute other);

    public abstract void Register();
}
