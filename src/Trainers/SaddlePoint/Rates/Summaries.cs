// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Says what a training came to, measured on the model as it is handed out.</summary>
internal static class Summaries
{
    /// <summary>Says it.</summary>
    /// <param name="plan">What was asked.</param>
    /// <param name="measured">Rows held out.</param>
    /// <param name="found">What the search came to.</param>
    /// <param name="model">The model.</param>
    /// <param name="isExact">Whether the model's bias is that of the solution, but for rows that don't matter.</param>
    /// <param name="heldOutScores">The scores of the rows held out.</param>
    public static ConstrainedSummary Of(
        ConstraintPlan plan, RatedRows measured, LevelResult found, PlacedModel model, bool isExact, double[] heldOutScores)
    {
        double[] rates = model.Measure.Rates, heldOut = plan.Measure(new RateTable(measured).Count(heldOutScores));
        var solution = model.Candidate.Solution;
        // What the search met on its way to a model that keeps to everything is of no interest any more.
        double[] shares = model.IsMet || found.Trouble != SaddleStatus.InfeasibleSuspected ? [] : found.Shares;
        List<ConstraintOutcome> outcomes = [];
        for (int form = 0; form < plan.Forms.Length; form++)
        {
            List<SurrogateOutcome> surrogates = [];
            foreach (int place in plan.PlacesOf(form))
            {
                surrogates.Add(new(plan.Terms[place].Name, model.Candidate.Levels[place], model.Measure.ValueOf(place), solution.Multipliers[place], shares.Length == 0 ? 0 : shares[place]));
            }
            bool met = model.Measure.Keeps(form);
            outcomes.Add(new ConstraintOutcome(plan.Forms[form].Constraint, met, rates[form], met ? rates[form] : model.Reachable[form], heldOut[form], surrogates));
        }
        return new ConstrainedSummary(
            StatusOf(found, model, isExact), outcomes.AsReadOnly(), Groups(plan, model.Measure.Table, solution), model.Measure.Objective(), solution.Residual, model.Shift,
            found.Solves, found.Iterations, found.Passes, plan.Rows.Count, measured.Count);
    }

    private static SaddleStatus StatusOf(LevelResult found, PlacedModel model, bool isExact)
    {
        var status = model.Candidate.Status;
        return !model.IsMet ? found.Trouble ?? status
            : status == SaddleStatus.Converged && isExact ? status
            : found.Trouble == SaddleStatus.NonFinite ? SaddleStatus.NonFinite
            : SaddleStatus.Budget;
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
}
