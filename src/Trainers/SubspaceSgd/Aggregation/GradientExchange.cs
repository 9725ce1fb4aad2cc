// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>Gives each rank its part of the coordinates of every worker's gradient, and each rank the whole update.</summary>
/// <remarks>
/// The volume is that of one all-reduce: gradients go out in parts, one to each rank, and parts of the update come back. Buffers are as long as
/// the parts of all ranks, so that they are sent from where they lie. On one rank nothing is moved.
/// </remarks>
internal sealed class GradientExchange
{
    private readonly ICollective? _ranks;
    private readonly float[][] _own;
    private readonly float[][] _received;
    private readonly float[] _update;
    private readonly GradientSlice[] _slices;
    private readonly bool _everything;

    /// <summary>Allocates what is exchanged.</summary>
    /// <param name="length">Coordinates of a gradient.</param>
    /// <param name="localWorkers">Workers of this rank; all ranks have as many.</param>
    /// <param name="ranks">The ranks; null for one.</param>
    /// <param name="everything">Whether every rank gets every gradient whole.</param>
    public GradientExchange(int length, int localWorkers, ICollective? ranks, bool everything)
    {
        _ranks = ranks is { Size: > 1 } ? ranks : null;
        _everything = everything;
        int size = _ranks?.Size ?? 1, rank = _ranks?.Rank ?? 0;
        Length = length;
        PartLength = (length + size - 1) / size;
        PartStart = rank * PartLength;
        int padded = checked(PartLength * size);
        _own = Buffers(localWorkers, padded);
        _update = GC.AllocateArray<float>(padded, pinned: true);
        _received = _ranks is null ? _own : Buffers(localWorkers, everything ? checked(padded * size) : padded);
        _slices = new GradientSlice[localWorkers * size];
        for (int worker = 0; worker < _slices.Length; worker++)
        {
            // Rows are dealt out to ranks first, and by each rank to its workers.
            (int local, int from) = (worker / size, worker % size);
            int offset = everything ? (from * padded) + PartStart : from * PartLength;
            _slices[worker] = new GradientSlice(_received[local], offset);
        }
    }

    /// <summary>Coordinates of a gradient.</summary>
    public int Length { get; }

    /// <summary>The first coordinate of this rank's part.</summary>
    public int PartStart { get; }

    /// <summary>Coordinates of a part; the last ranks' may reach beyond the gradient, into zeros.</summary>
    public int PartLength { get; }

    /// <summary>This rank's part of the gradient of every worker (local number x ranks + rank), after <see cref="Distribute"/>.</summary>
    public ReadOnlySpan<GradientSlice> Slices => _slices;

    /// <summary>This rank's part of the update.</summary>
    public Span<float> UpdatePart => _update.AsSpan(PartStart, PartLength);

    /// <summary>The update, whole after <see cref="GatherUpdate"/>.</summary>
    public Span<float> Update => _update.AsSpan(0, Length);

    /// <summary>Where a worker of this rank writes its gradient.</summary>
    public Memory<float> Gradient(int localWorker) => _own[localWorker].AsMemory(0, Length);

    /// <summary>A gradient of any rank's worker, where every rank gets everything.</summary>
    public ReadOnlySpan<float> WholeGradient(int worker)
    {
        int size = _ranks?.Size ?? 1;
        return _received[worker / size].AsSpan(worker % size * _update.Length, Length);
    }

    /// <summary>Hands out the gradients.</summary>
    public void Distribute()
    {
        if (_ranks is null)
        {
            return;
        }
        for (int local = 0; local < _own.Length; local++)
        {
            if (_everything)
            {
                _ranks.AllGather(_own[local], _received[local]);
            }
            else
            {
                _ranks.AllToAll(_own[local], _received[local]);
            }
        }
    }

    /// <summary>Adds up over the ranks.</summary>
    public void Sum(Span<double> values) => _ranks?.AllReduceSum(values);

    /// <summary>Puts the ranks' parts of the update together.</summary>
    public void GatherUpdate() => _ranks?.AllGather(UpdatePart, _update);

    // Pinned: they are long-lived, and may be handed to a native library.
    private static float[][] Buffers(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => GC.AllocateArray<float>(length, pinned: true))];
}
