// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>Gives a member that is an array or a <see cref="VBuffer{T}"/> a vector type with these dimensions.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class VectorTypeAttribute : Attribute
{
    public VectorTypeAttribute()
    {
    }

    public VectorTypeAttribute(int size)
    {
        if (size < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(size), "Should be non-negative number");
        }

        Dims = [size];
    }

    public VectorTypeAttribute(params int[] dimensions)
    {
        if (Array.Exists(dimensions, d => d < 0))
        {
            throw new ArgumentOutOfRangeException(nameof(dimensions), "Vector dimensions cannot be negative");
        }

        Dims = dimensions;
    }

    internal int[] Dims { get; }
}
