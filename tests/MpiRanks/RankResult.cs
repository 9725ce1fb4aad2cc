// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace MLNetExtensions.MpiRanks;

/// <summary>What a rank came to: numbers, compared to the bit.</summary>
public sealed record RankResult(double[] Values)
{
    /// <summary>The file of a rank.</summary>
    public static string PathOf(string folder, int rank) => Path.Combine(folder, $"rank{rank}.bin");

    /// <summary>Reads what a rank wrote.</summary>
    public static RankResult ReadFrom(string folder, int rank) => new(MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(PathOf(folder, rank))).ToArray());

    /// <summary>Writes the rank's file.</summary>
    public void WriteTo(string folder, int rank) => File.WriteAllBytes(PathOf(folder, rank), MemoryMarshal.AsBytes(Values.AsSpan()));
}
