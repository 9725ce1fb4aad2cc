// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>Makes an unsigned member a key with this many values, or with as many as its type can hold.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class KeyTypeAttribute : Attribute
{
    public KeyTypeAttribute()
    {
    }

    public KeyTypeAttribute(ulong count) => KeyCount = count;

    internal ulong? KeyCount { get; }
}
