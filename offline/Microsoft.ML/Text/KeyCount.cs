// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>How many values the keys of a text column have.</summary>
public sealed class KeyCount
{
    public ulong? Count;

    public KeyCount()
    {
    }

    public KeyCount(ulong count) => Count = count;
}
