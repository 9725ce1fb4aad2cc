// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>A solution in single precision, its bias moved to where the rates are what was asked: what is handed out, and what is measured.</summary>
/// <param name="Candidate">The solution.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Bias">The bias, moved.</param>
/// <param name="Measure">What it comes to on the training rows.</param>
/// <param name="Scores">Their scores.</param>
/// <param name="Flipped">The part of the rows, by weight, whose side the move changed.</param>
/// <param name="Reachable">The best that each rate comes to at another bias, the others being what was asked; NaN where that was not looked for.</param>
internal sealed record PlacedModel(Candidate Candidate, float[] Weights, float Bias, ModelMeasure Measure, double[] Scores, double Flipped, IReadOnlyList<double> Reachable)
{
    /// <summary>By how much the bias was moved.</summary>
    public double Shift => Bias - Candidate.Solution.Bias;

    /// <summary>Whether the rows keep to all that was asked.</summary>
    public bool IsMet { get; } = Measure.IsMet;

    // How many times the rounding a score may be moved only to be beyond it.
    private const double WorthMoving = 10;
    private const int Neighbours = 4;

    public static PlacedModel Of(Candidate candidate, ConstraintPlan plan, BiasPlacement placement, CancellationToken cancel)
    {
        float[] weights = Array.ConvertAll(candidate.Solution.Weights, weight => (float)weight);
        float bias = (float)candidate.Solution.Bias;
        double[] scores = LinearScores.Of(plan.Rows.Rows, weights, bias, out var rounding, cancel);
        if (!plan.HasRates || placement.Find(scores, [], cancel) is not { } shift)
        {
            return At(bias);
        }
        // Where features are large and scores lie close together, there may be no place beyond rounding but one that nobody wants.
        double? safe = placement.Find(scores, rounding.OfRows, cancel);
        if (safe is { } far && far != shift && Math.Abs(far - shift) <= WorthMoving * rounding.Usual && Near((float)(bias + far)).Select(At).FirstOrDefault(model => model.IsMet) is { } sure)
        {
            return sure;
        }
        return Near((float)(bias + shift)).Select(At).FirstOrDefault(model => model.IsMet) ?? At(bias);

        PlacedModel At(float to)
        {
            cancel.ThrowIfCancellationRequested();
            double by = (double)to - bias, flipped = 0, all = 0;
            double[] moved = new double[scores.Length];
            for (int row = 0; row < moved.Length; row++)
            {
                moved[row] = scores[row] + by;
                flipped += moved[row] > 0 == scores[row] > 0 ? 0 : plan.Rows.Weights[row];
                all += plan.Rows.Weights[row];
            }
            return new PlacedModel(candidate, weights, to, new ModelMeasure(plan, candidate, weights, to, moved, rounding), moved, flipped / all, placement.Reachable);
        }
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
