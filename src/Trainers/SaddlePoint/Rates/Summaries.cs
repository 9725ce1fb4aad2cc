// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Says what a training came to, measured on the model as it is handed out.</summary>
internal static class Summaries
{
    // How far a surrogate whose level was stated may be above it: the solver's tolerance and single precision.
    private const double RelativeTolerance = 1e-4, AbsoluteTolerance = 1e-5;

    public static ConstrainedSummary Of(
        ConstraintPlan plan, RatedRows measured, LevelResult found, PlacedModel model, double[] heldOutScores)
    {
        var table = new RateTable(plan.Rows).Count(model.Scores);
        double[] rates = plan.Measure(table), heldOut = plan.Measure(new RateTable(measured).Count(heldOutScores));
        var solution = model.Candidate.Solution;
        List<ConstraintOutcome> outcomes = [];
        for (int form = 0; form < plan.Forms.Length; form++)
        {
            List<SurrogateOutcome> surrogates = [];
            foreach (int place in plan.PlacesOf(form))
            {
                surrogates.Add(new(plan.Terms[place].Name, model.Candidate.Levels[place], ValueOf(plan.Terms[place], plan, model), solution.Multipliers[place]));
            }
            var constraint = plan.Forms[form].Constraint;
            bool met = constraint.SurrogateLevel is { } level
                ? surrogates.TrueForAll(surrogate => surrogate.Value <= (level * (1 + RelativeTolerance)) + AbsoluteTolerance)
                : constraint.Allows(rates[form]);
            outcomes.Add(new ConstraintOutcome(constraint, met, rates[form], met ? rates[form] : model.Reachable[form], heldOut[form], surrogates));
        }
        return new ConstrainedSummary(
            model.Candidate.Status, outcomes.AsReadOnly(), Groups(plan, table, solution), solution.Objective, solution.Residual, model.Shift,
            found.Solves, found.Iterations, found.Passes, plan.Rows.Count, measured.Count);
    }

    private static GroupOutcome[] Groups(ConstraintPlan plan, RateTable table, ConstrainedSolution solution)
    {
        var groups = plan.Rows.GroupNames;
        var outcomes = new GroupOutcome[groups.Count];
        for (int group = 0, term = 0; group < outcomes.Length; group++)
        {
            bool isTerm = plan.WorstTerms > 0 && plan.Rows.Subset(group: group).Rows.Length > 0;
            outcomes[group] = new(groups[group], table.Rate(true, group), table.Rate(false, group), table.Rate(null, group), table.Loss(group), isTerm ? solution.Multipliers[term++] : 0);
        }
        return outcomes;
    }

    private static double ValueOf(SurrogateTerm term, ConstraintPlan plan, PlacedModel model)
    {
        double sum = 0;
        if (term.Linear is { } linear)
        {
            for (int i = 0; i < model.Weights.Length; i++)
            {
                sum += linear.Vector[i] * model.Weights[i];
            }
            return sum + (linear.BiasFactor * model.Bias);
        }
        var (rows, shares, _) = term.Loss!;
        for (int i = 0; i < rows.Length; i++)
        {
            double score = model.Scores[rows[i]];
            sum += shares[i] * LogisticLoss.At(plan.Rows.Positive[rows[i]] ? score : -score);
        }
        return sum;
    }
}
