// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>What is asked of given rows, as a problem for the solver: which of its constraints belong to what was asked.</summary>
internal sealed class ConstraintPlan
{
    private readonly int[][] _places;
    private readonly double _tolerance;

    public ConstraintPlan(RatedRows rows, ConstrainedLogisticRegressionOptions options)
    {
        Rows = rows;
        _tolerance = options.RateTolerance;
        Forms = [.. options.Constraints.Select(constraint => FormOf(constraint, rows))];
        Objective = ObjectiveWeights.Resolve(options, rows);
        bool worst = Objective == ConstrainedObjective.WorstGroupLoss;
        var asked = Forms.SelectMany(form => form.Terms).ToArray();
        SurrogateTerm[] groups = worst ? [.. Enumerable.Range(0, rows.GroupNames.Count).Where(group => rows.Subset(group: group).Rows.Length > 0).Select(WorstTerm)] : [];
        // The solver wants losses before what is linear.
        Terms = [.. groups, .. asked.Where(term => term.Loss is not null), .. asked.Where(term => term.Linear is not null)];
        _places = Array.ConvertAll(Forms, form => form.Terms.Select(term => Array.IndexOf(Terms, term)).ToArray());
        WorstTerms = groups.Length;
        if (Terms.Length > ConstrainedLogisticRegressionOptions.MostSurrogates)
        {
            throw new ArgumentException($"The constraints on {rows.GroupNames.Count} groups have {Terms.Length} surrogates; at most {ConstrainedLogisticRegressionOptions.MostSurrogates} are possible. Ask for fewer, or merge small groups.", nameof(options));
        }
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
    public bool HasRates => Array.Exists(Forms, IsRate);

    /// <summary>Which of the solver's constraints belong to one that was asked for.</summary>
    public ReadOnlySpan<int> PlacesOf(int form) => _places[form];

    /// <summary>Whether groups are compared with each other: a bias that takes all rows, or none, would always do.</summary>
    public bool ComparesGroups => Array.Exists(Forms, form => form.Constraint.IsDifference && IsRate(form));

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
            own.Fill(level);
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

    public double[] Measure(RateTable table) => Array.ConvertAll(Forms, form => form.Measure(table));

    /// <summary>Whether rates are what was asked, and nothing is given away beyond the tolerance that was not free.</summary>
    public bool IsSettled(double[] rates, ConstrainedSolution solution)
    {
        for (int form = 0; form < Forms.Length; form++)
        {
            var constraint = Forms[form].Constraint;
            if (IsRate(Forms[form])
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
            if (IsRate(Forms[form]) && !Forms[form].Constraint.Allows(rates[form]))
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
            if (!IsRate(Forms[form]) || Forms[form].Constraint.Allows(rates[form]))
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

    // A multiplier that rounding may leave.
    private const double NoMultiplier = 1e-6;

    // How much of a small rate may be given away.
    private const double NearBound = 0.05;

    private static bool IsRate(IConstraintForm form) => form.Constraint.SurrogateLevel is null && form.Constraint.Kind != ConstraintKind.BoundedGroupLoss;

    // Rates near 0 or 1 are wanted more closely; where rows are few, a rate moves by whole rows.
    private double ToleranceOf(int form)
    {
        double bound = Forms[form].Constraint.Bound, near = NearBound * Math.Min(bound, 1 - bound);
        return Math.Max(near > 0 ? Math.Min(_tolerance, near) : _tolerance, 1.01 * Forms[form].Step);
    }

    private static IConstraintForm FormOf(Constraint constraint, RatedRows rows) => constraint.Kind switch
    {
        ConstraintKind.MinPrecision => new PrecisionForm(constraint, rows),
        ConstraintKind.EqualOpportunity or ConstraintKind.DemographicParity => new DifferenceForm(constraint, rows),
        ConstraintKind.BoundedGroupLoss => new GroupLossForm(constraint, rows),
        _ => new MissForm(constraint, rows, constraint.Group is { } name ? rows.GroupNames.ToList().IndexOf(name) : null),
    };
}
