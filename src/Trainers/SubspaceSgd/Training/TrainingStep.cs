// SPDX-License-Identifier: MIT
using System.Diagnostics;
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>One optimiser step: every worker's gradient, their combination, the update. It allocates nothing after the first time.</summary>
internal sealed class TrainingStep : IDisposable
{
    // What suits Adam: features of about unit size, and layers that multiply each other's changes.
    private const float LinearRate = 0.03f, NetworkRate = 0.002f;

    private readonly TrainingSetup _setup;
    private readonly ThreadTeam _team;
    private readonly LanePool _lanes;
    private readonly Evaluation _evaluation;
    private readonly TrainingWorker[] _workers;
    private readonly PenalizedRanges _penalized;
    private readonly GradientCombiner _combiner;
    private readonly CurvatureStep? _curvature;
    private readonly ParameterUpdate _update;
    private readonly Action<int> _computeGradient;
    private readonly int _layerThreads;
    private readonly float _learningRate;
    private readonly Grain _grain;
    private RowWindow? _window;
    private int _epoch;
    private long _stepOfEpoch;
    private float _scale;
    private float _penalty;
    private long _fallbacks;

    public TrainingStep(TrainingSetup setup)
    {
        _setup = setup;
        var options = setup.Options;
        int localWorkers = setup.Assignment.LocalWorkers;
        int threads = ThreadTeam.CountOf(options.Threads);
        ulong seed = (ulong)options.Seed;
        var tensors = setup.Model.Tensors;
        Parameters = setup.Model.Initialize(seed);
        _layerThreads = Math.Max(1, threads / localWorkers);
        _team = new ThreadTeam(threads);
        _lanes = new LanePool(Enumerable.Range(0, threads).Select(_ => new Lane(setup.Model.CreateReplica(setup.Loss), setup.Loss, setup.Coding)));
        _evaluation = new Evaluation(_team, _lanes, options.CancellationToken);
        _penalized = new PenalizedRanges(tensors);
        _combiner = new GradientCombiner([.. tensors.Select(tensor => tensor.Length)], localWorkers, options.Aggregator, options.Granularity, options.Collective, _team);
        _workers = [.. Enumerable.Range(0, localWorkers).Select(local => new TrainingWorker(local, setup.Assignment.NumberOf(local), _combiner.Gradient(local), setup.Plan, seed))];
        _curvature = _combiner.Curvature is null ? null : new CurvatureStep(setup, _combiner, _penalized, _team, _lanes, _workers);
        _update = new ParameterUpdate(options.Optimizer, tensors) { MaximumNorm = options.MaximumGradientNorm, L1 = options.L1Regularization };
        _computeGradient = ComputeGradient;
        _grain = new Grain(options.AlwaysThreads);
        _learningRate = options.LearningRate ?? (options.Network is null ? LinearRate : NetworkRate);
    }

    /// <summary>The weights, the same on all ranks.</summary>
    public float[] Parameters { get; }

    /// <summary>Steps done.</summary>
    public long Count => _update.Iteration;

    /// <summary>Steps in which the mean took the place of the aggregator's choice.</summary>
    public long Fallbacks => _fallbacks;

    /// <summary>The weighted sum of the losses of this process's rows in the last step.</summary>
    public double LossSum { get; private set; }

    /// <summary>The sum of their weights.</summary>
    public double WeightSum { get; private set; }

    /// <summary>The learning rate of the last step.</summary>
    public float LearningRate { get; private set; }

    /// <summary>What the last combination came to.</summary>
    public Combination Combination { get; private set; }

    /// <summary>The coefficients of the last combination, in which the whole model or its first tensor has its own.</summary>
    public ReadOnlySpan<double> Coefficients => _combiner.Coefficients[.._setup.Plan.Workers];

    /// <summary>Takes a step.</summary>
    /// <returns>False when a gradient was not finite, or a rank was cancelled; then nothing has changed.</returns>
    public bool Run(RowWindow window, int epoch, long step)
    {
        var options = _setup.Options;
        _window = window;
        _epoch = epoch;
        _stepOfEpoch = step;
        _scale = (float)(_setup.WeightScale * _setup.Plan.Workers / _setup.Plan.RowsOf(step, out int active));
        // The mean over the workers has the whole penalty.
        _penalty = options.EffectiveL2 * _setup.Plan.Workers / active;
        if (_setup.Ranks.Size > 1 && options.CancellationToken.IsCancellationRequested)
        {
            // What all ranks see at once, without a word more between them. The window may be incomplete then.
            _combiner.Gradient(0).Span[0] = float.NaN;
        }
        else
        {
            ComputeGradients();
            _curvature?.Run(Parameters, window, step, _scale);
        }
        Combination = _combiner.Combine();
        if (!Combination.IsFinite)
        {
            return false;
        }
        _fallbacks += Combination.FellBack ? 1 : 0;
        LearningRate = _learningRate * options.Schedule.Factor(Count, _setup.Plan.Steps * options.Epochs);
        return double.IsFinite(_update.Apply(Parameters, _combiner.Update, LearningRate));
    }

    /// <summary>Shows the parameters, and what optimiser and aggregator remember.</summary>
    public void Accept(IStateVisitor visitor)
    {
        long count = Count;
        visitor.Visit(ref count);
        _update.Iteration = count;
        visitor.Visit(ref _fallbacks);
        visitor.Visit(Parameters);
        visitor.Visit(_update.State);
        visitor.Visit(_combiner.State);
    }

    /// <summary>Sums the losses of the first rows of each local worker.</summary>
    public (double Loss, double Weight) EvaluateSome(RowWindow window) => _evaluation.Sum(Parameters, window.Orders.Select(order => (window.Rows, order[..Math.Min(order.Length, 256)])));

    /// <summary>Sums the losses of this process's rows that are held out.</summary>
    public (double Loss, double Weight) Evaluate(IShardedRows rows) => _evaluation.Sum(Parameters, rows.HeldOut());

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private void ComputeGradients()
    {
        if (_workers.Length > 1 && _grain.IsWorthThreads)
        {
            _team.Run(_workers.Length, _computeGradient);
        }
        else
        {
            long start = Stopwatch.GetTimestamp();
            for (int worker = 0; worker < _workers.Length; worker++)
            {
                ComputeGradient(worker);
            }
            _grain.Observe(Stopwatch.GetElapsedTime(start));
        }
        LossSum = WeightSum = 0;
        foreach (var worker in _workers)
        {
            LossSum += worker.LossSum;
            WeightSum += worker.WeightSum;
        }
    }

    private void ComputeGradient(int worker)
    {
        var lane = _lanes.Take();
        _workers[worker].Compute(lane, Parameters, _window!, _epoch, _stepOfEpoch, _scale, _layerThreads);
        // Without rows that weigh something a worker's gradient stays zero: a penalty alone would pass for a direction of its own.
        if (_penalty > 0 && _workers[worker].WeightSum > 0)
        {
            _penalized.AddSquare(Parameters, _combiner.Gradient(worker).Span, _penalty);
        }
        _lanes.Return(lane);
    }
}
