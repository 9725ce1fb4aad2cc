// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>
/// Solves a constrained problem by restricting it, in each iteration, to a subspace of weights: the gradients of the objective and of each active constraint, each scaled by curvature,
/// the weights themselves, and the latest steps. An iteration reads the rows twice. What was found stays: another solve, at other levels, begins where the last one ended.
/// </summary>
internal sealed class ConstrainedSolver : IDisposable
{
    private const double FirstPenalty = 10, LargestPenalty = 1e6;
    private const int MultiplierUpdates = 8;

    private readonly ConstrainedProblem _problem;
    private readonly ThreadTeam _team;
    private readonly RowPasses _passes;
    private readonly LossBlocks _losses;
    private readonly BlockGradients _gradients;
    private readonly ConstrainedPoint _point;
    private readonly RestrictedSaddle _restricted;
    private readonly Queue<(double[] Step, double[] Image)> _steps = new();
    private readonly int _memory, _refreshEvery, _lossCount;
    private readonly bool[] _isActive;
    private readonly double[] _work, _lagrangian, _tolerances;
    private KktScales? _scales;
    private SubspaceBasis? _basis;
    private double _lagrangianBias, _penalty = FirstPenalty, _violation = double.PositiveInfinity;
    private int _sinceRefresh;
    private bool _isFresh;

    /// <summary>Prepares for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="threads">How many threads work; results don't depend on it.</param>
    /// <param name="memory">How many earlier steps are directions.</param>
    /// <param name="refreshEvery">After how many iterations scores and images are computed anew.</param>
    public ConstrainedSolver(ConstrainedProblem problem, int threads = 1, int memory = 5, int refreshEvery = 20)
    {
        _problem = problem;
        _memory = memory;
        _refreshEvery = refreshEvery;
        _lossCount = problem.LossConstraints.Count;
        int constraints = _lossCount + problem.LinearConstraints.Count;
        _team = new ThreadTeam(threads);
        _passes = new RowPasses(problem.Rows, _team, _lossCount + 3);
        _losses = new LossBlocks(problem, _team);
        _gradients = new BlockGradients(_lossCount, _passes.Features, _passes.Rows);
        _point = new ConstrainedPoint(_passes.Features, _passes.Rows, constraints);
        _restricted = new RestrictedSaddle(problem, _losses, _point);
        _isActive = new bool[constraints];
        _work = new double[_passes.Features];
        _lagrangian = new double[_passes.Features];
        _tolerances = new double[constraints];
    }

    /// <summary>The scores of all rows at the present weights.</summary>
    public ReadOnlySpan<double> Scores => _point.Scores;

    /// <summary>Passes over the rows of all solves.</summary>
    public int Passes => _passes.Count;

    /// <summary>Newton steps, within subspaces, of all solves.</summary>
    public int NewtonSteps => _restricted.NewtonSteps;

    /// <summary>Goes to a point that is known to be near the solution; the next solve begins there.</summary>
    /// <param name="weights">w.</param>
    /// <param name="bias">b.</param>
    /// <param name="worst">t; without meaning where it is no variable.</param>
    /// <param name="multipliers">One for each constraint; empty for zeros.</param>
    public void Start(ReadOnlySpan<double> weights, double bias, double worst, ReadOnlySpan<double> multipliers)
    {
        // Scales are those at zero weights, wherever a solve begins.
        Begin(_point.Levels.ToArray());
        weights.CopyTo(_point.Weights);
        _point.Bias = bias;
        _point.Worst = worst;
        if (!multipliers.IsEmpty)
        {
            multipliers.CopyTo(_point.Multipliers);
        }
        _steps.Clear();
        Refresh();
    }

    /// <summary>Goes on from the present point to the solution at these levels.</summary>
    /// <param name="levels">What each constraint's value may be at most; 0 where a worst loss is subtracted, as a rule.</param>
    /// <param name="relativeTolerance">The residual at which a point counts as a solution.</param>
    /// <param name="maxPasses">The passes after which no further iteration is begun.</param>
    /// <param name="progress">Told once an iteration, on this thread.</param>
    /// <param name="token">Ends the solve with an exception; the solver may be used further.</param>
    public ConstrainedSolution Solve(
        ReadOnlySpan<double> levels, double relativeTolerance, int maxPasses, IProgress<ConstrainedProgress>? progress = null, CancellationToken token = default)
    {
        if (levels.Length != _point.Levels.Length)
        {
            throw new ArgumentException($"There are {levels.Length} levels for {_point.Levels.Length} constraints.", nameof(levels));
        }
        int firstPass = _passes.Count;
        Begin(levels);
        for (int iteration = 0; ; iteration++)
        {
            token.ThrowIfCancellationRequested();
            var residual = Measure();
            if (residual.Value <= relativeTolerance && !_isFresh)
            {
                Refresh();
                residual = Measure();
            }
            progress?.Report(new ConstrainedProgress(iteration, _passes.Count - firstPass, residual.Value, residual.Violation));
            var infeasible = residual.Value <= relativeTolerance ? null : InfeasibleLevels.Find(_problem, _point, _scales!, _gradients, relativeTolerance, _work);
            SaddleStatus? status = !double.IsFinite(residual.Value) ? SaddleStatus.NonFinite
                : residual.Value <= relativeTolerance ? SaddleStatus.Converged
                : infeasible is not null ? SaddleStatus.InfeasibleSuspected
                : _passes.Count - firstPass >= maxPasses ? SaddleStatus.Budget
                : null;
            if (status is { } reason)
            {
                double objective = _losses.Objective + (_problem.L2 / 2 * TensorPrimitives.SumOfSquares<double>(_point.Weights)) + _point.Worst;
                return new ConstrainedSolution(
                    reason, [.. _point.Weights], _point.Bias, _point.Worst, [.. _point.Multipliers], [.. _point.Values],
                    objective, residual.Value, iteration, _passes.Count - firstPass, infeasible);
            }
            Step(relativeTolerance);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private void Begin(ReadOnlySpan<double> levels)
    {
        levels.CopyTo(_point.Levels);
        if (_scales is null)
        {
            _losses.Evaluate(_point.Scores);
            _scales = new KktScales(_problem, _passes, _losses, _gradients);
            _basis = new SubspaceBasis(_scales.Metric, _passes.Rows);
            _isFresh = true;
            SetPenalties();
            if (_problem.MinimizesWorst)
            {
                _point.Worst = _problem.LossConstraints.Select((constraint, k) => constraint.IsBelowWorst ? _losses.Values[k] - _point.Levels[k] : double.NegativeInfinity).Max();
            }
        }
        SetValues();
    }

    private void SetPenalties()
    {
        for (int k = 0; k < _point.Penalties.Length; k++)
        {
            _point.Penalties[k] = _penalty * _scales!.Objective / (_scales.Sizes[k] * _scales.Sizes[k]);
        }
    }

    // From the losses, which are those at the present scores.
    private void SetValues()
    {
        for (int k = 0; k < _point.Values.Length; k++)
        {
            _point.Values[k] = k < _lossCount
                ? _losses.Values[k] - _point.Levels[k] - (_problem.LossConstraints[k].IsBelowWorst ? _point.Worst : 0)
                : Value(_problem.LinearConstraints[k - _lossCount]) - _point.Levels[k];
            _isActive[k] = _point.Multipliers[k] > 0 || _point.Values[k] > 0;
        }
    }

    private double Value(LinearConstraint constraint) => TensorPrimitives.Dot(constraint.Vector, _point.Weights) + (constraint.BiasFactor * _point.Bias);

    private void Refresh()
    {
        _passes.Multiply([_point.Weights, .. _steps.Select(step => step.Step)], [_point.Scores, .. _steps.Select(step => step.Image)]);
        TensorPrimitives.Add(_point.Scores, _point.Bias, _point.Scores);
        _losses.Evaluate(_point.Scores);
        SetValues();
        _gradients.Forget();
        _sinceRefresh = 0;
        _isFresh = true;
    }

    private KktResidual Measure()
    {
        _gradients.Update(_losses, _passes, _isActive.AsSpan(0, _lossCount));
        return KktResidual.Of(_problem, _point, _scales!, _gradients, _lagrangian, out _lagrangianBias);
    }

    private void Step(double relativeTolerance)
    {
        var basis = _basis!;
        FillBasis(basis);
        basis.Complete(_passes);
        for (int k = 0; k < _tolerances.Length; k++)
        {
            _tolerances[k] = 0.01 * relativeTolerance * _scales!.Sizes[k];
        }
        var coefficients = _restricted.Solve(basis, MultiplierUpdates, _tolerances);
        Remember(basis, coefficients);
        SetValues();
        _gradients.Forget();
        _isFresh = false;
        AdaptPenalty(relativeTolerance);
        if (++_sinceRefresh >= _refreshEvery)
        {
            Refresh();
        }
    }

    private void FillBasis(SubspaceBasis basis)
    {
        basis.Clear();
        double[] image = new double[_passes.Rows];
        TensorPrimitives.Subtract(_point.Scores, _point.Bias, image);
        basis.Add(_point.Weights, image);
        foreach (var step in _steps.Reverse())
        {
            basis.Add(step.Step, step.Image);
        }
        // The Lagrangian's gradient comes first: near the solution those of its parts almost cancel, and what their difference is would be lost in rounding. With
        // the constraints' gradients it spans the objective's.
        _lagrangian.CopyTo(_work, 0);
        AddScaled(basis, _lagrangianBias);
        for (int k = 0; k < _lossCount; k++)
        {
            if (_isActive[k])
            {
                _gradients.Weights[k + 1].CopyTo(_work, 0);
                AddScaled(basis, _gradients.Biases[k + 1]);
            }
        }
        for (int l = 0; l < _problem.LinearConstraints.Count; l++)
        {
            if (_isActive[_lossCount + l])
            {
                _problem.LinearConstraints[l].Vector.CopyTo(_work, 0);
                AddScaled(basis, 0);
            }
        }
    }

    // The part along the features' means is taken off: the bias does what it would do, better.
    private void AddScaled(SubspaceBasis basis, double bias)
    {
        TensorPrimitives.MultiplyAdd(_scales!.Mean, -bias, _work, _work);
        TensorPrimitives.Divide(_work, _scales.Metric, _work);
        basis.Add(_work);
    }

    private void Remember(SubspaceBasis basis, ReadOnlySpan<double> coefficients)
    {
        var (step, image) = _steps.Count >= _memory && _steps.Count > 0 ? _steps.Dequeue() : (new double[_passes.Features], new double[_passes.Rows]);
        Array.Clear(step);
        Array.Clear(image);
        for (int j = 0; j < basis.Count; j++)
        {
            TensorPrimitives.MultiplyAdd(basis.Direction(j), coefficients[j], step, step);
            TensorPrimitives.MultiplyAdd(basis.Image(j), coefficients[j], image, image);
        }
        if (_memory > 0)
        {
            _steps.Enqueue((step, image));
        }
    }

    private void AdaptPenalty(double relativeTolerance)
    {
        double violation = 0;
        for (int k = 0; k < _point.Values.Length; k++)
        {
            violation = Math.Max(violation, _point.Values[k] / _scales!.Sizes[k]);
        }
        if (violation > relativeTolerance && violation > _violation / 4 && _penalty < LargestPenalty)
        {
            _penalty *= 2;
            SetPenalties();
        }
        _violation = violation;
    }
}
