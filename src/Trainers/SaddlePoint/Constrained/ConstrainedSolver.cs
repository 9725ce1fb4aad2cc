// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>
/// Solves a constrained problem by restricting it, in each iteration, to a subspace of weights: the gradients of the Lagrangian and of each active constraint, divided by curvature,
/// the weights themselves, and the latest steps. An iteration reads the rows twice. What was found stays: another solve, at other levels, begins where the last one ended.
/// </summary>
/// <remarks>
/// Memory is that of twice as many numbers for each row as there are constraints and remembered steps, and a dozen more; the work within a subspace grows with the square of its directions,
/// so 50 active constraints on a million rows take 1 GB and seconds for an iteration.
/// </remarks>
internal sealed class ConstrainedSolver : IDisposable
{
    private const double FirstPenalty = 100, LargestPenalty = 1e12;
    private const int MultiplierUpdates = 3;

    // Of the tolerance: how exactly constraints are met within a subspace.
    private const double InnerTolerance = 0.01;

    private readonly ConstrainedProblem _problem;
    private readonly ThreadTeam _team;
    private readonly RowPasses _passes;
    private readonly LossBlocks _losses;
    private readonly BlockGradients _gradients;
    private readonly ConstrainedPoint _point;
    private readonly RestrictedSaddle _restricted;
    private readonly ConstrainedSubspace _subspace;
    private readonly int _refreshEvery, _lossCount;
    private readonly ResidualPace _pace = new();
    private readonly bool[] _isActive;
    private readonly double[] _lagrangian, _work, _tolerances;
    private KktScales? _scales;
    private ConstrainedStart? _lastGood;
    private double _lagrangianBias, _penalty = FirstPenalty, _violation = double.PositiveInfinity;
    private int _sinceRefresh, _reported;
    private bool _isFresh, _isLost;

    /// <summary>Prepares for a problem; weights, bias and multipliers are zero.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="threads">How many threads work; results don't depend on it.</param>
    /// <param name="memory">How many earlier steps are directions.</param>
    /// <param name="refreshEvery">After how many iterations scores and images are computed anew.</param>
    /// <param name="largestFullCurvature">Up to how many features all second derivatives are computed, where the diagonal alone has not led to a solution within as much work; 0 for never.</param>
    public ConstrainedSolver(ConstrainedProblem problem, int threads = 1, int memory = 5, int refreshEvery = 20, int largestFullCurvature = 512)
    {
        _problem = problem;
        _refreshEvery = refreshEvery;
        _lossCount = problem.LossConstraints.Count;
        int constraints = _lossCount + problem.LinearConstraints.Count;
        _team = new ThreadTeam(threads);
        _passes = new RowPasses(problem.Rows, _team, _lossCount + 1);
        _losses = new LossBlocks(problem, _team);
        _gradients = new BlockGradients(_lossCount, _passes.Features, _passes.Rows);
        _point = new ConstrainedPoint(_passes.Features, _passes.Rows, constraints);
        _restricted = new RestrictedSaddle(problem, _losses, _point);
        _subspace = new ConstrainedSubspace(problem, _passes, _losses, _point, memory, _passes.Features <= largestFullCurvature);
        _isActive = new bool[constraints];
        _lagrangian = new double[_passes.Features];
        _work = new double[_passes.Features];
        _tolerances = new double[constraints];
    }

    /// <summary>The scores of all rows at the present weights.</summary>
    public ReadOnlySpan<double> Scores => _point.Scores;

    /// <summary>Passes over the rows so far.</summary>
    public int Passes => _passes.Count;

    /// <summary>Newton steps, within subspaces, of all solves.</summary>
    public int NewtonSteps => _restricted.NewtonSteps;

    /// <summary>Sets where the next solve begins; a pass, which that solve counts.</summary>
    /// <param name="weights">w.</param>
    /// <param name="bias">b.</param>
    /// <param name="worst">t; without meaning where it is no variable.</param>
    /// <param name="multipliers">One for each constraint; empty for zeros.</param>
    public void Start(ReadOnlySpan<double> weights, double bias, double worst, ReadOnlySpan<double> multipliers)
    {
        if (weights.Length != _passes.Features || (!multipliers.IsEmpty && multipliers.Length != _point.Multipliers.Length))
        {
            throw new ArgumentException(
                $"There are {weights.Length} weights and {multipliers.Length} multipliers; needed are {_passes.Features} and {_point.Multipliers.Length} (or none).", nameof(weights));
        }
        weights.CopyTo(_point.Weights);
        _point.Bias = bias;
        _point.Worst = _problem.MinimizesWorst ? worst : 0;
        Array.Clear(_point.Multipliers);
        multipliers.CopyTo(_point.Multipliers);
        _subspace.Forget();
        _pace.Clear();
        Refresh();
    }

    /// <summary>Goes on from the present point to the solution at these levels.</summary>
    /// <param name="levels">What each constraint's value may be at most; infinite for one that is left out, 0 as a rule where the worst loss is subtracted.</param>
    /// <param name="relativeTolerance">The residual at which a point counts as a solution; see <see cref="KktResidual"/>.</param>
    /// <param name="maxPasses">The passes after which no further iteration is begun.</param>
    /// <param name="progress">Told once an iteration, on this thread.</param>
    /// <param name="token">Ends the solve with an exception; the solver may be used further.</param>
    public ConstrainedSolution Solve(
        ReadOnlySpan<double> levels, double relativeTolerance, int maxPasses, IProgress<ConstrainedSolverProgress>? progress = null, CancellationToken token = default)
    {
        SetLevels(levels);
        int first = _reported;
        for (int iteration = 0; ; iteration++)
        {
            token.ThrowIfCancellationRequested();
            var residual = Measure();
            if (residual.Value <= relativeTolerance && !_isFresh)
            {
                Refresh();
                residual = Measure();
            }
            progress?.Report(new ConstrainedSolverProgress(iteration, _passes.Count - first, residual.Value, residual.Violation));
            var infeasible = residual.Value <= relativeTolerance ? null : InfeasibleLevels.Find(_problem, _point, _scales!, _gradients, relativeTolerance, _work);
            SaddleStatus? status = !double.IsFinite(residual.Value) ? SaddleStatus.NonFinite
                : residual.Value <= relativeTolerance ? SaddleStatus.Converged
                : infeasible is not null ? SaddleStatus.InfeasibleSuspected
                : _passes.Count - first >= maxPasses ? SaddleStatus.Budget
                : null;
            if (status is { } reason)
            {
                return End(reason, residual.Value, iteration, infeasible);
            }
            _subspace.UpdateCurvature(_pace.PassesTo(relativeTolerance, residual.Value), token);
            _pace.Add(residual.Value);
            Step(relativeTolerance);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private ConstrainedSolution End(SaddleStatus status, double residual, int iterations, InfeasibleLevels? infeasible)
    {
        double objective = _losses.Objective + (_problem.L2 / 2 * TensorPrimitives.SumOfSquares<double>(_point.Weights)) + _point.Worst;
        int passes = _passes.Count - _reported;
        _reported = _passes.Count;
        _isLost = status is SaddleStatus.InfeasibleSuspected or SaddleStatus.NonFinite;
        if (status == SaddleStatus.Converged)
        {
            _lastGood = new ConstrainedStart([.. _point.Weights], _point.Bias, _point.Worst, [.. _point.Multipliers]);
        }
        return new ConstrainedSolution(
            status, [.. _point.Weights], _point.Bias, _point.Worst, [.. _point.Multipliers], [.. _point.Values], objective, residual, iterations, passes, infeasible);
    }

    private void SetLevels(ReadOnlySpan<double> levels)
    {
        if (levels.Length != _point.Levels.Length || levels.ContainsAny(double.NaN, double.NegativeInfinity))
        {
            throw new ArgumentException($"{_point.Levels.Length} constraints need as many levels, which may be infinite but not NaN; given are {levels.Length}.", nameof(levels));
        }
        if (_scales is null)
        {
            Measure0();
        }
        if (!levels.SequenceEqual(_point.Levels))
        {
            _violation = double.PositiveInfinity;
            _pace.Clear();
            if (_isLost)
            {
                // Multipliers have grown without end, and weights have followed them.
                _penalty = FirstPenalty;
                SetPenalties();
                var start = _lastGood ?? new ConstrainedStart(new double[_passes.Features], 0, 0, new double[_point.Multipliers.Length]);
                Start(start.Weights, start.Bias, start.Worst, start.Multipliers);
            }
            levels.CopyTo(_point.Levels);
            for (int k = 0; k < levels.Length; k++)
            {
                _point.Multipliers[k] = double.IsPositiveInfinity(levels[k]) ? 0 : _point.Multipliers[k];
            }
        }
        SetValues();
    }

    // What everything is measured against, at zero weights; then back to where the point is.
    private void Measure0()
    {
        _losses.Evaluate(new double[_passes.Rows]);
        _gradients.Forget();
        _scales = new KktScales(_problem, _passes, _losses, _gradients);
        _subspace.Begin(_scales.Curvature);
        SetPenalties();
        _isFresh = true;
        if (_point.Scores.AsSpan().ContainsAnyExcept(0))
        {
            _losses.Evaluate(_point.Scores);
            _gradients.Forget();
        }
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
        _point.SetValues(_problem, _losses);
        for (int k = 0; k < _isActive.Length; k++)
        {
            _isActive[k] = _point.Multipliers[k] > 0 || _point.Values[k] > 0;
        }
    }

    private void Refresh()
    {
        _subspace.Refresh();
        _losses.Evaluate(_point.Scores);
        SetValues();
        _gradients.Forget();
        _sinceRefresh = 0;
        _isFresh = true;
    }

    private KktResidual Measure()
    {
        _subspace.UpdateGradients(_gradients, _isActive.AsSpan(0, _lossCount));
        return KktResidual.Of(_problem, _point, _scales!, _gradients, _lagrangian, out _lagrangianBias);
    }

    private void Step(double relativeTolerance)
    {
        if (_sinceRefresh >= _refreshEvery)
        {
            // Drift is smaller by far than what gradients are needed for here: they stay.
            _subspace.Refresh();
            _losses.Evaluate(_point.Scores);
            _sinceRefresh = 0;
        }
        var basis = _subspace.Span(_gradients, _isActive, _lagrangian, _lagrangianBias);
        for (int k = 0; k < _tolerances.Length; k++)
        {
            _tolerances[k] = InnerTolerance * relativeTolerance * _scales!.Sizes[k];
        }
        var coefficients = _restricted.Solve(basis, MultiplierUpdates, _tolerances);
        _subspace.Remember(coefficients);
        SetValues();
        _gradients.Forget();
        _isFresh = false;
        _sinceRefresh++;
        AdaptPenalty(relativeTolerance);
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
