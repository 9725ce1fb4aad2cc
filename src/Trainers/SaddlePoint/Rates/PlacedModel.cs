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

    // How many times the rounding a score may be moved only to be beyond it.
    private const double WorthMoving = 10;
    private const int Neighbours = 4;

    public static PlacedModel Of(Candidate candidate, ConstraintPlan plan, BiasPlacement placement)
    {
        float[] weights = Array.ConvertAll(candidate.Solution.Weights, weight => (float)weight);
        float bias = (float)candidate.Solution.Bias;
        double[] scores = LinearScores.Of(plan.Rows.Rows, weights, bias, out double rounding);
        double? least = placement.Find(scores, 0);
        // Where features are large and scores lie close together, there may be no place beyond rounding but one that nobody wants.
        double? safe = least is null ? null : placement.Find(scores, rounding);
        double shift = (safe is { } far && Math.Abs(far - least!.Value) <= WorthMoving * rounding ? far : least) ?? 0;
        float moved = (float)(bias + shift);
        RateTable table = new(plan.Rows);
        foreach (float near in Near(moved))
        {
            double[] at = Array.ConvertAll(scores, score => score + ((double)near - bias));
            if (least is null || plan.Shortfall(plan.Measure(table.Count(at))) == 0)
            {
                return new PlacedModel(candidate, weights, near, at, least is not null, placement.Reachable);
            }
        }
        return new PlacedModel(candidate, weights, moved, Array.ConvertAll(scores, score => score + ((double)moved - bias)), false, placement.Reachable);
    }

    // A number and those next to it in single precision.
    private static IEnumerable<float> Near(float value)
    {
        yield return value;
        float above = value, below = value;
        for (int i = 0; i < Neighbours; i++)
        {
            yield return above = MathF.BitIncrement(above);
            yield return below = MathF.BitDecrement(below);
        }
    }
}
