// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Numerics.Tensors;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Benchmarks.Mpi;

/// <summary>Three ways to combine the gradients of ranks, in turn, on one rank of several.</summary>
internal sealed class ExchangeRace
{
    private readonly ICollective _ranks;
    private readonly GradientCombiner _combiner;
    private readonly float[] _source, _gradient, _sum;
    private readonly double[] _agreement, _agreements;

    public ExchangeRace(ICollective ranks, int length)
    {
        _ranks = ranks;
        // What the two forms need alike: without memory, and without a scale of its own.
        _combiner = new GradientCombiner([length], 1, new AdaptiveConsensus { Momentum = 0, Rescale = Rescale.None }, AggregationGranularity.Model, ranks);
        _source = GC.AllocateArray<float>(length, pinned: true);
        _gradient = GC.AllocateArray<float>(length, pinned: true);
        _sum = GC.AllocateArray<float>(length, pinned: true);
        _agreement = new double[2];
        _agreements = new double[2 * ranks.Size];
        new RandomStream(1, (ulong)ranks.Rank).FillUniform(_source, -0.5f, 1);
    }

    /// <summary>Takes times.</summary>
    /// <returns>Median seconds of the mean, of two all-reduces, of the sharded exchange; and by how much the updates of the latter differ.</returns>
    public double[] Run(int rounds)
    {
        Action[] forms = [Mean, TwoAllReduces, Sharded];
        double[][] seconds = [.. forms.Select(_ => new double[rounds])];
        double difference = 0;
        for (int round = -1; round < rounds; round++)
        {
            for (int form = 0; form < forms.Length; form++)
            {
                _source.CopyTo(_gradient, 0);
                _source.CopyTo(_combiner.Gradient(0));
                _ranks.Barrier();
                long start = Stopwatch.GetTimestamp();
                forms[form]();
                double slowest = Slowest(Stopwatch.GetElapsedTime(start).TotalSeconds);
                if (round >= 0)
                {
                    seconds[form][round] = slowest;
                }
                else if (form == 1)
                {
                    _gradient.CopyTo(_sum, 0);
                }
                else if (form == 2)
                {
                    TensorPrimitives.Subtract(_sum, _combiner.Update, _gradient);
                    difference = Math.Sqrt(Dot(_gradient, _gradient) / Dot(_sum, _sum));
                }
            }
        }
        return [.. seconds.Select(InterleavedTimer.Median), difference];
    }

    private double Slowest(double seconds)
    {
        double[] all = new double[_ranks.Size];
        _ranks.AllGather([seconds], all);
        return all.Max();
    }

    private void Mean()
    {
        _ranks.AllReduceSum(_gradient);
        TensorPrimitives.Multiply(_gradient, 1f / _ranks.Size, _gradient);
    }

    private void Sharded() => _combiner.Combine();

    // As published: the mean, how much this rank's gradient agrees with it, and the sum of the weighted gradients.
    private void TwoAllReduces()
    {
        _gradient.CopyTo(_sum, 0);
        _ranks.AllReduceSum(_sum);
        double norm = Math.Sqrt(Dot(_gradient, _gradient));
        _agreement[0] = Dot(_sum, _gradient) / norm / _ranks.Size;
        _agreement[1] = norm;
        _ranks.AllGather(_agreement, _agreements);
        double total = 0;
        for (int rank = 0; rank < _ranks.Size; rank++)
        {
            total += _agreements[2 * rank];
        }
        TensorPrimitives.Multiply(_gradient, (float)(_agreement[0] / total / norm), _gradient);
        _ranks.AllReduceSum(_gradient);
    }

    // Floats within a block, doubles over blocks: one long sum of floats would differ by more than the forms do.
    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        const int Block = 4096;
        double sum = 0;
        for (int start = 0; start < a.Length; start += Block)
        {
            int length = Math.Min(Block, a.Length - start);
            sum += TensorPrimitives.Dot(a.Slice(start, length), b.Slice(start, length));
        }
        return sum;
    }
}
