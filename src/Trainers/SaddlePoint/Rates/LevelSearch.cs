// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Looks for the surrogates' levels at which the rates are what was asked.</summary>
/// <remarks>
/// At any weights one can say by how much the scores of some rows would have to move, all alike, for a rate to be right, and what the surrogate would be
/// then: that is the next level. Where the rate is right already, the level is the surrogate's own value, so the levels sought are a fixed point, and
/// since a change of level moves scores mostly alike, a few solves come near it; secants make up for what moves more or less. All levels move together,
/// each solve begins where the last one ended, and solves are coarse until the rates are right.
/// </remarks>
internal sealed class LevelSearch
{
    private const int MostCoarseSolves = 20, MostFineSolves = 8, MostLost = 2, MostUnsolved = 3;
    private const double FirstTolerance = 1e-2, CoarseTolerance = 1e-3;
    private const double Nearer = 0.9;

    // A coarse solve that takes longer has wrong levels, and need not know the multipliers exactly.
    private const int CoarsePasses = 80;

    private readonly ConstraintPlan _plan;
    private readonly ConstrainedLogisticRegressionOptions _options;
    private readonly ConstrainedSolver _solver;
    private readonly RateTable _table;
    private readonly LevelSteps _steps;
    private readonly BiasPlacement _placement;
    private readonly List<Candidate> _candidates = [];
    private int _solves, _iterations, _otherPasses, _lost;
    private double[] _achieved, _shares = [];
    private double _nearest = double.PositiveInfinity;
    private SaddleStatus? _trouble;

    private LevelSearch(ConstraintPlan plan, ConstrainedLogisticRegressionOptions options, ConstrainedSolver solver)
    {
        _plan = plan;
        _options = options;
        _solver = solver;
        _table = new RateTable(plan.Rows);
        _steps = new LevelSteps(plan);
        _placement = new BiasPlacement(plan);
        _achieved = new double[plan.Forms.Length];
        Array.Fill(_achieved, double.NaN);
    }

    /// <summary>Solves until the rates are right, or nothing helps.</summary>
    public static LevelResult Run(ConstraintPlan plan, ConstrainedLogisticRegressionOptions options)
    {
        using ConstrainedSolver solver = new(plan.Problem, ThreadTeam.CountOf(options.Threads), options.Memory);
        return new LevelSearch(plan, options, solver).Run();
    }

    private int Passes => _solver.Passes + _otherPasses;

    private bool MustEnd => (Passes >= _options.MaxPasses && _candidates.Count > 0) || _lost >= MostLost;

    private LevelResult Run()
    {
        if (!Begin())
        {
            _steps.Next(_solver.Scores, null);
        }
        if (_plan.HasRates)
        {
            Search(FirstTolerance, 1);
            Search(CoarseTolerance, MostCoarseSolves);
        }
        Search(_options.Tolerance, _plan.HasRates ? MostFineSolves : 1);
        var best = _candidates.OrderBy(candidate => candidate.Status == SaddleStatus.Converged ? 0 : candidate.IsFine ? 1 : 2).ThenBy(candidate => candidate.Shortfall).ThenBy(candidate => candidate.Solution.Objective);
        return _candidates.Count > 0
            ? new LevelResult([.. best], _solves, _iterations, Passes, _trouble, _shares)
            : throw new InvalidOperationException($"Weights are no longer finite numbers in single precision. Normalise column '{_options.FeatureColumnName}', or raise {nameof(_options.L2Regularization)}.");
    }

    // Levels and weights by turns, until the rates are right at this tolerance.
    private void Search(double tolerance, int mostSolves)
    {
        bool fine = tolerance <= _options.Tolerance;
        int unsolved = 0;
        _steps.Unbracket();
        for (int solve = 0; solve < mostSolves && !MustEnd; solve++)
        {
            var solution = Solve(_solver, _steps.Levels, tolerance, fine ? int.MaxValue : CoarsePasses);
            Candidate candidate = new(solution, [.. _steps.Levels], _plan.Shortfall(_achieved = _plan.Measure(_table.Count(_solver.Scores))), fine);
            _options.Progress?.Report(new ConstrainedProgress(_solves, Passes, solution.Residual, _achieved));
            if (!candidate.IsFinite || solution.Status is SaddleStatus.InfeasibleSuspected or SaddleStatus.NonFinite)
            {
                if (!GoBack(candidate))
                {
                    return;
                }
                continue;
            }
            _candidates.Add(candidate);
            _nearest = Math.Min(_nearest, candidate.Shortfall);
            if (solution.Status == SaddleStatus.Converged || _placement.Find(_solver.Scores, [], _options.CancellationToken) is not { } shift)
            {
                _steps.Keep(solution);
            }
            else
            {
                _steps.Keep(solution, _solver.Scores, shift);
            }
            unsolved = solution.Status == SaddleStatus.Converged ? 0 : unsolved + 1;
            if ((_plan.IsSettled(_achieved, solution) && _steps.IsAtEdge(_solver.Scores, solution)) || !_plan.HasRates || unsolved >= MostUnsolved)
            {
                return;
            }
            // Where levels have come to rest, or weights don't answer to them any more, only a finer solve can tell more.
            if (!_steps.Next(_solver.Scores, solution, candidate.Shortfall == 0) || (solution.Iterations == 0 && solve > 0))
            {
                return;
            }
        }
    }

    // From levels that could not be met together, or led beyond all numbers, towards those of the last point that was found; or, where there is none yet, to what the scores suggest.
    private bool GoBack(Candidate candidate)
    {
        // Where other levels bring the rates no nearer, they are out of reach.
        _lost += candidate.Shortfall < Nearer * _nearest ? 0 : 1;
        _nearest = Math.Min(_nearest, candidate.Shortfall);
        _trouble = candidate.IsFinite ? candidate.Solution.Status : SaddleStatus.NonFinite;
        if (_trouble == SaddleStatus.NonFinite)
        {
            return _steps.Back();
        }
        _candidates.Add(candidate);
        _shares = candidate.Solution.Infeasible?.Shares ?? _shares;
        if (!_plan.HasRates)
        {
            return false;
        }
        // Here or at another bias, the rates may be right although the levels were too strict.
        if (_placement.Find(_solver.Scores, [], _options.CancellationToken) is { } shift)
        {
            _steps.Keep(candidate.Solution, _solver.Scores, shift);
            return _steps.BackToKept();
        }
        return _steps.Back() || _steps.Next(_solver.Scores, candidate.Solution);
    }

    // A first idea of the scores, from which levels can be told: the loss without constraints; or what an earlier training came to, perhaps with its levels.
    private bool Begin()
    {
        if (_options.WarmStart?.State is { } earlier)
        {
            // Multipliers of what could not be met grew without bound, and would only lead astray.
            bool same = _options.WarmStart.Summary.Status == SaddleStatus.Converged && earlier.Objective == _plan.Objective && earlier.Surrogates.SequenceEqual(_plan.Terms.Select(term => term.Name), StringComparer.Ordinal);
            _solver.Start(earlier.Weights, earlier.Bias, earlier.Worst, same ? earlier.Multipliers : []);
            if (!same || !earlier.Constraints.SequenceEqual(_options.Constraints))
            {
                return false;
            }
            _steps.Start(earlier.Levels);
            return true;
        }
        if (!_plan.HasRates)
        {
            return false;
        }
        bool oneClass = _plan.Objective is ConstrainedObjective.Negatives or ConstrainedObjective.Positives;
        double[] weights = oneClass ? ObjectiveWeights.Balanced(_plan.Rows) : ObjectiveWeights.Of(ConstrainedObjective.AllRows, _plan.Rows);
        ConstrainedProblem free = new(_plan.Rows.Rows, weights, _plan.Problem.L2, false, [], []);
        using ConstrainedSolver solver = new(free, ThreadTeam.CountOf(_options.Threads), _options.Memory);
        var solution = Solve(solver, [], FirstTolerance, CoarsePasses);
        _otherPasses = solver.Passes;
        double worst = _plan.WorstTerms == 0 ? 0 : Enumerable.Range(0, _plan.Rows.GroupNames.Count).Select(_table.Count(solver.Scores).Loss).Where(double.IsFinite).Max();
        _solver.Start(solution.Weights, solution.Bias, worst, []);
        return false;
    }

    private ConstrainedSolution Solve(ConstrainedSolver solver, ReadOnlySpan<double> levels, double tolerance, int mostPasses)
    {
        var solution = solver.Solve(levels, tolerance, Math.Max(1, Math.Min(mostPasses, _options.MaxPasses - Passes)), _options.Progress is null ? null : new Told(this), _options.CancellationToken);
        _solves++;
        _iterations += solution.Iterations;
        return solution;
    }

    private sealed class Told(LevelSearch search) : IProgress<ConstrainedSolverProgress>
    {
        // The solve without constraints has a solver of its own, which is not counted before it ends.
        public void Report(ConstrainedSolverProgress value) => search._options.Progress!.Report(
            new ConstrainedProgress(search._solves, search.Passes + (search._solves == 0 && search._solver.Passes == 0 ? value.Passes : 0), value.Residual, search._achieved));
    }
}
