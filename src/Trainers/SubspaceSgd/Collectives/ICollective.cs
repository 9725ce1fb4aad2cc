// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Collectives;

/// <summary>What ranks that train together say to each other. Every rank calls the same methods in the same order with spans of the same length.</summary>
public interface ICollective
{
    /// <summary>Which rank this is, from 0.</summary>
    int Rank { get; }

    /// <summary>How many ranks there are.</summary>
    int Size { get; }

    /// <summary>Replaces each value by its sum over the ranks; all ranks get the same bits.</summary>
    void AllReduceSum(Span<float> values);

    /// <summary>Replaces each value by its sum over the ranks; all ranks get the same bits.</summary>
    void AllReduceSum(Span<double> values);

    /// <summary>Sends block r of what is sent to rank r, and receives one block from each rank, in the order of the ranks.</summary>
    /// <param name="send"><see cref="Size"/> blocks of equal length.</param>
    /// <param name="receive">As long as what is sent.</param>
    void AllToAll(ReadOnlySpan<float> send, Span<float> receive);

    /// <summary>Gives every rank the blocks of all, in the order of the ranks.</summary>
    /// <param name="send">This rank's block; all are of one length.</param>
    /// <param name="receive"><see cref="Size"/> blocks. What is sent may lie in it as this rank's block.</param>
    void AllGather(ReadOnlySpan<float> send, Span<float> receive);

    /// <summary>Gives every rank the blocks of all, in the order of the ranks.</summary>
    /// <param name="send">This rank's block; all are of one length.</param>
    /// <param name="receive"><see cref="Size"/> blocks. What is sent may lie in it as this rank's block.</param>
    void AllGather(ReadOnlySpan<double> send, Span<double> receive);

    /// <summary>Waits for all ranks.</summary>
    void Barrier();

    /// <summary>Tells the others that this rank can't go on: none of them waits for it for ever. Does nothing where there are no others.</summary>
    /// <param name="reason">What went wrong, for the message that names this rank.</param>
    void Abort(string reason);
}
