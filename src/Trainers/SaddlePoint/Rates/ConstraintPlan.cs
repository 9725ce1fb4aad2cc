// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>What is asked of given rows, as a problem for the solver: which of its constraints belong to what was asked.</summary>
internal sealed class ConstraintPlan
{
    // Of a stated loss: what a bias that is moved for the sake of a rate, which is a step, may take.
    private const double ForSteps = 1e-4;

    // And what single precision may.
    private const double ForRounding = 1e-5;

    private readonly int[][] _places;
    private readonly double _tolerance, _reserve;

    public ConstraintPlan(RatedRows rows, ConstrainedLogisticRegressionOptions options)
    {
        Rows = rows;
        _tolerance = options.RateTolerance;
        CheckSurrogates(rows, options);
        HasRates = options.Constraints.Any(constraint => constraint.IsRate);
        _reserve = HasRates ? ForSteps : 0;
        Forms = [.. options.Constraints.Select(constraint => FormOf(constraint, options.Tolerance))];
        Objective = ObjectiveWeights.Resolve(options, rows);
        bool worst = Objective == ConstrainedObjective.WorstGroupLoss;
        var asked = Forms.SelectMany(form => form.Terms).ToArray();
        SurrogateTerm[] groups = worst ? [.. Enumerable.Range(0, rows.GroupNames.Count).Where(group => rows.Subset(group: group).Rows.Length > 0).Select(WorstTerm)] : [];
        // The solver wants losses before what is linear.
        Terms = [.. groups, .. asked.Where(term => term.Loss is not null), .. asked.Where(term => term.Linear is not null)];
        // Two constraints may have equal surrogates, each with its own level.
        _places = Array.ConvertAll(Forms, form => form.Terms.Select(term => Array.FindIndex(Terms, other => ReferenceEquals(other, term))).ToArray());
        WorstTerms = groups.Length;
        Problem = new ConstrainedProblem(
            rows.Rows, worst ? new double[rows.Count] : ObjectiveWeights.Of(Objective, rows), options.L2Regularization, worst,
            [.. Terms.Select(term => term.Loss).OfType<LossConstraint>()], [.. Terms.Select(term => term.Linear).OfType<LinearConstraint>()]);

        SurrogateTerm WorstTerm(int group)
        {
            var subset = rows.Subset(group: group);
            return new($"mean loss of group '{rows.GroupNames[group]}' less the worst", new LossConstraint(subset.Rows, subset.Shares, IsBelowWorst: true));
        }
    }

    public RatedRows Rows { get; }

    /// <summary>One for each constraint that was asked for.</summary>
    public IConstraintForm[] Forms { get; }

    /// <summary>The solver's constraints, in its order.</summary>
    public SurrogateTerm[] Terms { get; }

    /// <summary>How many of them, the first, are groups below the worst loss.</summary>
    public int WorstTerms { get; }

    /// <summary>What is minimised, resolved.</summary>
    public ConstrainedObjective Objective { get; }

    public ConstrainedProblem Problem { get; }

    /// <summary>Whether there are levels to look for.</summary>
    public bool HasRates { get; }

    /// <summary>Which of the solver's constraints belong to one that was asked for.</summary>
    public ReadOnlySpan<int> PlacesOf(int form) => _places[form];

    /// <summary>Whether groups are compared with each other: a bias that takes all rows, or none, would always do.</summary>
    public bool ComparesGroups => Array.Exists(Forms, form => form.Constraint.IsDifference && form.Constraint.IsRate);

    /// <summary>Whether the search may move a level.</summary>
    public bool IsFree(int place)
    {
        for (int form = 0; form < Forms.Length; form++)
        {
            if (Array.IndexOf(_places[form], place) >= 0)
            {
                return Forms[form].Constraint.IsRate;
            }
        }
        return false;
    }


    /// <summary>Fills in the levels of one constraint that the scores suggest.</summary>
    /// <param name="form">Which.</param>
    /// <param name="scores">The present scores.</param>
    /// <param name="active">Which of the solver's constraints hold them.</param>
    /// <param name="gain">How much farther levels of differences should move.</param>
    /// <param name="levels">One for each of the solver's constraints.</param>
    public void Propose(int form, ReadOnlySpan<double> scores, ReadOnlySpan<bool> active, double gain, Span<double> levels)
    {
        int[] places = _places[form];
        Span<double> own = stackalloc double[places.Length];
        Span<bool> held = stackalloc bool[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            held[i] = active[places[i]];
        }
        if (Forms[form].Constraint.SurrogateLevel is { } level)
        {
            own.Fill(Forms[form].Constraint.IsDifference ? level : level * (1 - _reserve));
        }
        else
        {
            Forms[form].Propose(scores, ToleranceOf(form) / 2, held, gain, own);
        }
        for (int i = 0; i < places.Length; i++)
        {
            levels[places[i]] = own[i];
        }
    }

    /// <summary>Measures what was asked for.</summary>
    public double[] Measure(RateTable table) => Array.ConvertAll(Forms, form => form.Measure(table));

    /// <summary>Measures rates only, into a place for each constraint.</summary>
    public void MeasureRates(RateTable table, double[] rates)
    {
        for (int form = 0; form < Forms.Length; form++)
        {
            rates[form] = Forms[form].Constraint.IsRate ? Forms[form].Measure(table) : double.NaN;
        }
    }

    /// <summary>Whether rates are what was asked, and nothing is given away beyond the tolerance that was not free.</summary>
    public bool IsSettled(double[] rates, ConstrainedSolution solution)
    {
        for (int form = 0; form < Forms.Length; form++)
        {
            var constraint = Forms[form].Constraint;
            if (constraint.IsRate
                && (!constraint.Allows(rates[form]) || (Math.Abs(rates[form] - constraint.Bound) > ToleranceOf(form) && Array.Exists(_places[form], place => solution.Multipliers[place] > NoMultiplier))))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>How far all rates together are from what was asked; 0 where they keep to it.</summary>
    public double Shortfall(double[] rates)
    {
        double sum = 0;
        for (int form = 0; form < Forms.Length; form++)
        {
            if (Forms[form].Constraint.IsRate && !Forms[form].Constraint.Allows(rates[form]))
            {
                sum += double.IsNaN(rates[form]) ? 1 : Math.Abs(rates[form] - Forms[form].Constraint.Bound);
            }
        }
        return sum;
    }

    /// <summary>Keeps a rate that is the better of those where all others are what was asked.</summary>
    public void NoteReachable(double[] rates, double[] best)
    {
        int missed = -1;
        for (int form = 0; form < Forms.Length; form++)
        {
            if (!Forms[form].Constraint.IsRate || Forms[form].Constraint.Allows(rates[form]))
            {
                continue;
            }
            if (missed >= 0 || double.IsNaN(rates[form]))
            {
                return;
            }
            missed = form;
        }
        if (missed >= 0 && (double.IsNaN(best[missed]) || Forms[missed].Constraint.IsBetter(rates[missed], best[missed])))
        {
            best[missed] = rates[missed];
        }
    }

    /// <summary>A multiplier that rounding may leave.</summary>
    public const double NoMultiplier = 1e-6;

    // How much of a small rate may be given away.
    private const double NearBound = 0.05;

    // Before anything is made for so many groups.
    private static void CheckSurrogates(RatedRows rows, ConstrainedLogisticRegressionOptions options)
    {
        int groups = rows.Groups is null ? 0 : Enumerable.Range(0, rows.GroupNames.Count).Count(group => rows.Subset(group: group).Rows.Length > 0);
        int surrogates = (options.Objective == ConstrainedObjective.WorstGroupLoss ? groups : 0)
            + options.Constraints.Sum(constraint => constraint.IsDifference ? (groups == 2 ? 2 : 2 * groups) : constraint.Kind == ConstraintKind.BoundedGroupLoss ? groups : 1);
        if (surrogates > ConstrainedLogisticRegressionOptions.MostSurrogates)
        {
            throw new ArgumentException($"The constraints on {groups} groups have {surrogates} surrogates; at most {ConstrainedLogisticRegressionOptions.MostSurrogates} are possible. Ask for fewer, or merge small groups.", nameof(options));
        }
    }

    /// <summary>Whether one row is more of a rate than its tolerance: then the rate can't tell levels apart between which no row changes its side.</summary>
    public bool IsCoarse(int form) => Forms[form] is MissForm { Constraint.IsRate: true } miss && 1.01 * miss.Step > _tolerance;

    // Rates near 0 or 1 are wanted more closely; where rows are few, a rate moves by whole rows.
    private double ToleranceOf(int form)
    {
        double bound = Forms[form].Constraint.Bound, near = NearBound * Math.Min(bound, 1 - bound);
        return Math.Max(near > 0 ? Math.Min(_tolerance, near) : _tolerance, 1.01 * Forms[form].Step);
    }

    private IConstraintForm FormOf(Constraint constraint, double tolerance) => constraint.Kind switch
    {
        ConstraintKind.MinPrecision => new PrecisionForm(constraint, Rows),
        ConstraintKind.EqualOpportunity or ConstraintKind.DemographicParity => new DifferenceForm(constraint, Rows),
        // The solver may end above a level by its tolerance, of the loss at zero weights.
        ConstraintKind.BoundedGroupLoss => new GroupLossForm(constraint, Rows, Math.Max(constraint.Bound / 2, (constraint.Bound * (1 - ForRounding - _reserve)) - (2 * tolerance * LogisticLoss.At(0)))),
        _ => new MissForm(constraint, Rows, constraint.Group is { } name ? Rows.GroupNames.ToList().IndexOf(name) : null),
    };
}
