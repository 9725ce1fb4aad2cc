// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>That ranks, each of which makes every update by itself, come to the same weights.</summary>
internal static class WeightsCheck
{
    // A double carries so many bits of a whole number.
    private const int HashBits = 52;

    /// <summary>Compares the bits of the ranks' weights.</summary>
    /// <exception cref="InvalidOperationException">They differ; every rank throws it.</exception>
    public static void RequireSame(RankGroup ranks, ReadOnlySpan<float> parameters, string when)
    {
        if (ranks.Size == 1)
        {
            return;
        }
        double hash = BitConverter.ToUInt64(SHA256.HashData(MemoryMarshal.AsBytes(parameters))) >> (64 - HashBits);
        double[] all = [.. ranks.Gather([hash]).Select(rank => rank[0])];
        double most = all.GroupBy(value => value).MaxBy(group => group.Count())!.Key;
        int odd = Array.FindIndex(all, value => value != most);
        if (odd >= 0)
        {
            throw new InvalidOperationException($"Rank {odd} has other weights than rank {Array.IndexOf(all, most)} {when}. Ranks must compute alike: the same program on processors of one kind, and a network, loss, optimiser and schedule of one's own that give the same on all of them.");
        }
    }
}
