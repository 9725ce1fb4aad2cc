// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>A solution in single precision, its bias moved to where the rates are what was asked: what is handed out, and what is measured.</summary>
/// <param name="Candidate">The solution.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Bias">The bias, moved.</param>
/// <param name="Scores">The scores of the training rows.</param>
/// <param name="IsMet">Whether their rates are what was asked.</param>
/// <param name="Reachable">Where they are not: the best that each comes to at another bias, the others being what was asked.</param>
internal sealed record PlacedModel(Candidate Candidate, float[] Weights, float Bias, double[] Scores, bool IsMet, IReadOnlyList<double> Reachable)
{
    /// <summary>By how much the bias was moved.</summary>
    public double Shift => Bias - Candidate.Solution.Bias;

    public static PlacedModel Of(Candidate candidate, ConstraintPlan plan, BiasPlacement placement)
    {
        float[] weights = Array.ConvertAll(candidate.Solution.Weights, weight => (float)weight);
        float bias = (float)candidate.Solution.Bias;
        double[] scores = LinearScores.Of(plan.Rows.Rows, weights, bias, out double rounding);
        double? shift = placement.Find(scores, rounding);
        float moved = (float)(bias + (shift ?? 0));
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] += (double)moved - bias;
        }
        return new PlacedModel(candidate, weights, moved, scores, shift is not null, placement.Reachable);
    }
}
