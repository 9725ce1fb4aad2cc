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

    /// <summary>Runs a training, and tells the other ranks if it fails here.</summary>
    public T Guard<T>(Func<T> training)
    {
        try
        {
            return training();
        }
        catch (Exception e) when (_others is not null && e is not OperationCanceledException)
        {
            _others.Abort(e.Message);
            throw;
        }
    }
}
