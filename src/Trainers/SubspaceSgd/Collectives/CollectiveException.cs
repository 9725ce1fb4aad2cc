// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Collectives;

/// <summary>Ranks can't go on together: one of them gave up, they called different methods, or what carries their messages failed.</summary>
public sealed class CollectiveException : Exception
{
    /// <summary>Says which rank, and what happened.</summary>
    public CollectiveException(int rank, string message)
        : base(message) => Rank = rank;

    /// <summary>The rank that failed, or the one that noticed where that is not known.</summary>
    public int Rank { get; }
}
