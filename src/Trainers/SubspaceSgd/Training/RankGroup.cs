// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The ranks of a training, of which there may be one.</summary>
internal sealed class RankGroup(ICollective? collective)
{
    private readonly ICollective? _others = collective is { Size: > 1 } ? collective : null;

    public int Rank => _others?.Rank ?? 0;

    public int Size => _others?.Size ?? 1;

    /// <summary>Replaces each value by its sum over the ranks.</summary>
    public void Sum(Span<double> values) => _others?.AllReduceSum(values);

    /// <summary>Replaces each value by its sum over the ranks.</summary>
    public void Sum(Span<float> values) => _others?.AllReduceSum(values);

    /// <summary>Every rank's values.</summary>
    public double[][] Gather(double[] values)
    {
        if (_others is null)
        {
            return [values];
        }
        double[] all = new double[values.Length * Size];
        _others.AllGather(values, all);
        return [.. all.Chunk(values.Length)];
    }

    /// <summary>Checks that all ranks say the same.</summary>
    /// <param name="all">What each said.</param>
    /// <param name="what">Says it in words.</param>
    /// <param name="advice">What to do.</param>
    public static void Agree(IReadOnlyList<double> all, Func<double, string> what, string advice)
    {
        for (int rank = 1; rank < all.Count; rank++)
        {
            if (all[rank] != all[0])
            {
                throw new ArgumentException($"Rank {rank} has {what(all[rank])}, rank 0 has {what(all[0])}. {advice}");
            }
        }
    }

    /// <summary>What ends work that was cancelled on all ranks.</summary>
    public OperationCanceledException Cancelled(CancellationToken token)
    {
        const string Message = "The training was cancelled.";
        return _others is null ? new OperationCanceledException(Message, token) : new RanksCancelledException(Message, token);
    }

    /// <summary>Runs what waits for no other rank, on each of them; if it is cancelled on one, it is on all.</summary>
    public T Together<T>(Func<T> work)
    {
        if (_others is null)
        {
            return work();
        }
        T? result = default;
        CancellationToken token = default;
        double[] cancelled = [0];
        try
        {
            result = work();
        }
        catch (OperationCanceledException e)
        {
            token = e.CancellationToken;
            cancelled[0] = 1;
        }
        Sum(cancelled);
        return cancelled[0] == 0 ? result! : throw Cancelled(token);
    }

    /// <summary>Runs something on each rank, and tells the others if it fails here: by anything but a cancellation of all, they would wait for ever.</summary>
    public T Guard<T>(Func<T> training)
    {
        try
        {
            return training();
        }
        catch (Exception e) when (_others is not null && e is not RanksCancelledException)
        {
            _others.Abort(e.Message);
            throw;
        }
    }
}
