// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNetExtensions.Trainers.Data;

/// <summary>Looks for NaN and infinity.</summary>
internal static class FiniteValues
{
    private const uint Exponent = 0x7F80_0000;

    /// <summary>The first value that is NaN or infinite; -1 where all are finite.</summary>
    public static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<uint>>(values);
        Vector<uint> exponent = new(Exponent), found = Vector<uint>.Zero;
        foreach (var vector in vectors)
        {
            found |= Vector.Equals(vector & exponent, exponent);
        }
        int first = found == Vector<uint>.Zero ? vectors.Length * Vector<uint>.Count : 0;
        for (int i = first; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }
        return -1;
    }
}
