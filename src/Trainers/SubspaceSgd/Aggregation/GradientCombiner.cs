// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>Makes one update out of the gradients of all workers of all ranks.</summary>
/// <remarks>
/// Each rank has one part of the coordinates: it takes inner products over them, which are added up over ranks, so that all ranks choose the
/// same coefficients from the same numbers; and it forms the update over them. The result depends on the workers and, in the last bits, on how
/// many ranks share them, never on threads. Nothing is allocated after the first step.
/// </remarks>
internal sealed class GradientCombiner
{
    // Multiplications that are worth handing to another thread.
    private const long LeastParallelWork = 1 << 18;

    private readonly GradientExchange _exchange;
    private readonly CoefficientChoice _choice;
    private readonly ThreadTeam? _team;
    private readonly GramMatrix _gram;
    private readonly GradientSegment[] _segments;
    private readonly int _workers, _groups, _pairs;
    private readonly double[] _segmentProducts, _products, _state, _coefficients;
    private readonly Action<int> _multiplySegment, _sumSegment;
    private bool _shared;

    /// <summary>Allocates everything.</summary>
    /// <param name="tensorLengths">The lengths of the parameter tensors, in their order.</param>
    /// <param name="localWorkers">Workers of this rank; all ranks have as many.</param>
    /// <param name="aggregator">What chooses coefficients.</param>
    /// <param name="granularity">What shares coefficients.</param>
    /// <param name="ranks">The ranks; null for one.</param>
    /// <param name="team">Threads that help with long gradients; null for none.</param>
    public GradientCombiner(
        ReadOnlySpan<int> tensorLengths, int localWorkers, IGradientAggregator aggregator, AggregationGranularity granularity,
        ICollective? ranks = null, ThreadTeam? team = null)
    {
        if (aggregator.NeedsCurvature && granularity == AggregationGranularity.ParameterTensor)
        {
            throw new ArgumentException($"{aggregator.GetType().Name} chooses coefficients for the whole model. Set {nameof(SubspaceSgdOptions.Granularity)} to {AggregationGranularity.Model}.", nameof(granularity));
        }
        int length = 0;
        foreach (int tensorLength in tensorLengths)
        {
            length = checked(length + tensorLength);
        }
        ReadOnlySpan<int> groups = granularity == AggregationGranularity.Model ? [length] : tensorLengths;
        _team = team;
        _exchange = new GradientExchange(length, localWorkers, ranks, aggregator.NeedsCurvature);
        LocalWorkers = localWorkers;
        _workers = _exchange.Slices.Length;
        _groups = groups.Length;
        _pairs = _workers * _workers;
        _segments = GradientSegment.Cut(groups, _exchange.PartStart, _exchange.PartLength);
        _choice = new CoefficientChoice(aggregator, _workers);
        Curvature = aggregator.NeedsCurvature ? new GramMatrix(_workers) : null;
        _gram = new GramMatrix(_workers) { Curvature = Curvature };
        _segmentProducts = new double[_segments.Length * _pairs];
        _products = new double[(_groups + (Curvature is null ? 0 : 1)) * _pairs];
        StateLength = aggregator.StateLength(_workers);
        _state = new double[_groups * StateLength];
        _coefficients = new double[_groups * _workers];
        _multiplySegment = MultiplySegment;
        _sumSegment = SumSegment;
    }

    /// <summary>Workers of this rank.</summary>
    public int LocalWorkers { get; }

    /// <summary>The update of the last step, for the caller to change.</summary>
    public Span<float> Update => _exchange.Update;

    /// <summary>What the aggregator remembers, for checkpoints.</summary>
    public Span<double> State => _state;

    /// <summary>The coefficients of the last step: of the whole model, or of the first tensor.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients.AsSpan(0, _workers);

    /// <summary>This rank's part of the curvature terms, for the caller to write between <see cref="Share"/> and <see cref="Combine"/>; null where the aggregator wants none.</summary>
    public GramMatrix? Curvature { get; }

    private int StateLength { get; }

    /// <summary>Where a worker of this rank writes its gradient; always the same memory.</summary>
    public Memory<float> Gradient(int localWorker) => _exchange.Gradient(localWorker);

    /// <summary>Gives every rank every gradient: only for aggregators that need curvature.</summary>
    public void Share()
    {
        _exchange.Distribute();
        _shared = true;
    }

    /// <summary>The gradient of a worker of any rank, after <see cref="Share"/>. A worker's number is its number on its rank times the ranks, plus the rank: as rows are dealt out.</summary>
    public ReadOnlySpan<float> SharedGradient(int worker) => _exchange.WholeGradient(worker);

    /// <summary>Combines what the workers have written.</summary>
    public Combination Combine()
    {
        if (!_shared)
        {
            Share();
        }
        _shared = false;
        ForEachSegment(_multiplySegment, (long)_exchange.PartLength * _workers * (_workers + 1) / 2);
        AddUpProducts();
        var combination = Choose();
        ForEachSegment(_sumSegment, (long)_exchange.PartLength * _workers);
        _exchange.GatherUpdate();
        return combination;
    }

    private Combination Choose()
    {
        double squares = 0, squaredMean = 0, squaredUpdate = 0;
        bool fellBack = false;
        foreach (double product in _products)
        {
            if (!double.IsFinite(product))
            {
                _coefficients.AsSpan().Clear();
                return new Combination(false, false, double.NaN, 0, 0);
            }
        }
        for (int group = 0; group < _groups; group++)
        {
            _products.AsSpan(group * _pairs, _pairs).CopyTo(_gram.Values);
            var coefficients = _coefficients.AsSpan(group * _workers, _workers);
            fellBack |= _choice.Choose(_gram, _state.AsSpan(group * StateLength, StateLength), coefficients);
            for (int worker = 0; worker < _workers; worker++)
            {
                squares += _gram[worker, worker];
            }
            squaredMean += _gram.SquaredMeanNorm();
            squaredUpdate += _gram.SquaredNorm(coefficients);
        }
        double agreement = squares > 0 ? Math.Min(1, squaredMean * _workers / squares) : 0;
        return new Combination(true, fellBack, Math.Sqrt(squaredMean), Math.Sqrt(squaredUpdate), agreement);
    }

    // Always in the same order: over segments here, over ranks in the collective.
    private void AddUpProducts()
    {
        _products.AsSpan().Clear();
        for (int segment = 0; segment < _segments.Length; segment++)
        {
            var sum = _products.AsSpan(_segments[segment].Group * _pairs, _pairs);
            var part = _segmentProducts.AsSpan(segment * _pairs, _pairs);
            for (int pair = 0; pair < sum.Length; pair++)
            {
                sum[pair] += part[pair];
            }
        }
        Curvature?.Values.CopyTo(_products.AsSpan(_groups * _pairs));
        _exchange.Sum(_products);
        if (Curvature is not null)
        {
            _products.AsSpan(_groups * _pairs).CopyTo(Curvature.Values);
        }
    }

    private void ForEachSegment(Action<int> body, long work)
    {
        if (_team is not null && work >= LeastParallelWork)
        {
            _team.Run(_segments.Length, body);
            return;
        }
        for (int segment = 0; segment < _segments.Length; segment++)
        {
            body(segment);
        }
    }

    private void MultiplySegment(int segment)
    {
        var (_, start, length) = _segments[segment];
        GramKernel.InnerProducts(_exchange.Slices, start, length, _segmentProducts.AsSpan(segment * _pairs, _pairs));
    }

    private void SumSegment(int segment)
    {
        var (group, start, length) = _segments[segment];
        GramKernel.WeightedSum(_exchange.Slices, start, _coefficients.AsSpan(group * _workers, _workers), _exchange.UpdatePart.Slice(start, length));
    }
}
