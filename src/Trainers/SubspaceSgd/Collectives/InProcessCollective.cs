// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLNetExtensions.Trainers.SubspaceSgd.Collectives;

/// <summary>Ranks that are threads of one process: to try a training over ranks without starting processes.</summary>
/// <remarks>Each member belongs to one thread. Sums are taken in the order of the ranks, so all ranks get the same bits at every run.</remarks>
public sealed class InProcessCollective : ICollective
{
    private readonly InProcessMeeting _meeting;

    private InProcessCollective(InProcessMeeting meeting, int rank)
    {
        _meeting = meeting;
        Rank = rank;
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size => _meeting.Size;

    /// <summary>Makes ranks that belong together, one for each thread.</summary>
    /// <param name="size">How many.</param>
    public static InProcessCollective[] Create(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        InProcessMeeting meeting = new(size);
        return [.. Enumerable.Range(0, size).Select(rank => new InProcessCollective(meeting, rank))];
    }

    /// <inheritdoc/>
    public void AllReduceSum(Span<float> values) => Reduce(values, nameof(AllReduceSum) + " of floats");

    /// <inheritdoc/>
    public void AllReduceSum(Span<double> values) => Reduce(values, nameof(AllReduceSum) + " of doubles");

    /// <inheritdoc/>
    public unsafe void AllToAll(ReadOnlySpan<float> send, Span<float> receive)
    {
        CheckLengths(send.Length % Size == 0 && receive.Length == send.Length, send.Length, receive.Length);
        int block = send.Length / Size;
        fixed (float* values = send)
        {
            _meeting.Bring(Rank, (nint)values, send.Length, nameof(AllToAll));
            for (int rank = 0; rank < Size; rank++)
            {
                new ReadOnlySpan<float>((float*)_meeting.Brought(rank) + ((nint)Rank * block), block).CopyTo(receive.Slice(rank * block, block));
            }
            _meeting.Meet();
        }
    }

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<float> send, Span<float> receive) => Gather(send, receive, nameof(AllGather) + " of floats");

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<double> send, Span<double> receive) => Gather(send, receive, nameof(AllGather) + " of doubles");

    /// <inheritdoc/>
    public void Barrier()
    {
        _meeting.Bring(Rank, 0, 0, nameof(Barrier));
        _meeting.Meet();
    }

    /// <summary>Ends the waiting of the other ranks: whatever they call now or later throws <see cref="CollectiveException"/>, which names this one.</summary>
    /// <param name="reason">What went wrong.</param>
    public void Abort(string reason) => _meeting.Abort(Rank, reason);

    private unsafe void Gather<T>(ReadOnlySpan<T> send, Span<T> receive, string call)
        where T : unmanaged
    {
        CheckLengths(receive.Length == (long)send.Length * Size, send.Length, receive.Length);
        fixed (T* values = send)
        {
            _meeting.Bring(Rank, (nint)values, send.Length, call);
            for (int rank = 0; rank < Size; rank++)
            {
                // Where what is sent lies in what is received, this copies it onto itself.
                new ReadOnlySpan<T>((void*)_meeting.Brought(rank), send.Length).CopyTo(receive.Slice(rank * send.Length, send.Length));
            }
            _meeting.Meet();
        }
    }

    // Each rank adds up its part of the values, in the order of the ranks; then each fetches the others' parts.
    private unsafe void Reduce<T>(Span<T> values, string call)
        where T : unmanaged, INumber<T>
    {
        int part = (values.Length + Size - 1) / Size;
        fixed (T* own = values)
        {
            _meeting.Bring(Rank, (nint)own, values.Length, call);
            for (int i = Math.Min(Rank * part, values.Length); i < Math.Min((Rank + 1) * part, values.Length); i++)
            {
                T sum = T.Zero;
                for (int rank = 0; rank < Size; rank++)
                {
                    sum += ((T*)_meeting.Brought(rank))[i];
                }
                own[i] = sum;
            }
            _meeting.Meet();
            for (int rank = 0; rank < Size; rank++)
            {
                int start = Math.Min(rank * part, values.Length), end = Math.Min((rank + 1) * part, values.Length);
                if (rank != Rank)
                {
                    new ReadOnlySpan<T>((T*)_meeting.Brought(rank) + start, end - start).CopyTo(values[start..end]);
                }
            }
            _meeting.Meet();
        }
    }

    private static void CheckLengths(bool match, int send, int receive, [CallerMemberName] string call = "")
    {
        if (!match)
        {
            throw new ArgumentException($"{call} was given {send} values to send and room for {receive}: one block for each rank is needed, all of one length.", nameof(receive));
        }
    }
}
