// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using MLNetExtensions.Trainers.Predictions;

namespace MLNetExtensions.Trainers.Tests.Predictions;

public sealed class PlattScalingTests
{
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2.5, -1, 1)]
    [InlineData(-0.7, 0.3, 1)]
    [InlineData(1, -3, 1000)]
    public void It_finds_the_minimum_that_a_general_minimiser_finds(double slope, double offset, double scale)
    {
        var (scores, labels, weights) = Draw(400, slope, offset, scale);

        var found = PlattScaling.Fit(scores, labels, weights)!.Value;

        // The independent oracle works on scores of unit scale, which is a change of the slope's unit.
        var minimum = new NelderMeadSimplex(1e-12, 20_000).FindMinimum(
            ObjectiveFunction.Value(at => Loss(at[0] / scale, at[1], scores, labels, weights)), Vector<double>.Build.Dense([0.1, 0]));
        Assert.Equal(minimum.MinimizingPoint[0] / scale, found.Slope, 2e-5 * Math.Abs(found.Slope) + 1e-7);
        Assert.Equal(minimum.MinimizingPoint[1], found.Offset, 1e-4);
    }

    [Fact]
    public void Many_rows_of_a_known_sigmoid_give_it_back()
    {
        var (scores, labels, _) = Draw(200_000, 1.5, -0.5, 1);

        var found = PlattScaling.Fit(scores, labels)!.Value;

        // Four standard errors of a logistic fit of that size.
        Assert.Equal(1.5, found.Slope, 0.03);
        Assert.Equal(-0.5, found.Offset, 0.03);
    }

    [Fact]
    public void A_weight_counts_like_so_many_rows()
    {
        var (scores, labels, _) = Draw(60, 1, 0.2, 1);
        float[] weights = [.. Enumerable.Range(0, 60).Select(i => 1f + i % 3)];
        int[] repeated = [.. Enumerable.Range(0, 60).SelectMany(i => Enumerable.Repeat(i, 1 + i % 3))];

        var weighted = PlattScaling.Fit(scores, labels, weights)!.Value;
        var longer = PlattScaling.Fit(Array.ConvertAll(repeated, i => scores[i]), Array.ConvertAll(repeated, i => labels[i]))!.Value;

        Assert.Equal(longer.Slope, weighted.Slope, 1e-5);
        Assert.Equal(longer.Offset, weighted.Offset, 1e-5);
    }

    [Fact]
    public void Ranks_that_add_up_their_sums_calibrate_all_rows_together()
    {
        var (scores, labels, _) = Draw(60, 1, 0.2, 1);

        // Two ranks with the same rows: every sum is twice this one's.
        var together = PlattScaling.Fit(scores, labels, sumOverRanks: sums =>
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] *= 2;
            }
        });

        Assert.Equal(PlattScaling.Fit((float[])[.. scores, .. scores], (float[])[.. labels, .. labels]), together);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1e5f)]
    public void Equal_scores_give_the_smoothed_share_of_positives(float score)
    {
        float[] scores = [.. Enumerable.Repeat(score, 20_000)];
        float[] labels = [.. Enumerable.Range(0, 20_000).Select(i => i % 4 == 0 ? 1f : 0f)];

        var found = PlattScaling.Fit(scores, labels)!.Value;

        double smoothed = ((5000 * (5001.0 / 5002)) + (15_000 / 15_002.0)) / 20_000;
        Assert.Equal(smoothed, 1 / (1 + Math.Exp(-((found.Slope * (double)score) + found.Offset))), 1e-3);
    }

    [Fact]
    public void Separable_scores_give_finite_parameters()
    {
        var found = PlattScaling.Fit((float[])[-2, -1, 1, 2], (float[])[0, 0, 1, 1])!.Value;

        Assert.True(found.Slope > 0 && float.IsFinite(found.Slope) && float.IsFinite(found.Offset), $"{found}");
        Assert.Equal(0, found.Offset, 1e-6);
    }

    [Fact]
    public void Rows_of_one_class_or_none_can_not_be_calibrated()
    {
        Assert.Null(PlattScaling.Fit(default, default));
        Assert.Null(PlattScaling.Fit((float[])[1, 2], (float[])[1, 1]));
        Assert.Null(PlattScaling.Fit((float[])[1, 2], (float[])[1, 0], (float[])[1, 0]));
    }

    [Fact]
    public void A_sample_stands_for_all_rows()
    {
        var (scores, labels, _) = Draw(60, 1, 0.2, 1);

        Assert.Equal(PlattScaling.Fit(scores, labels, (float[])[.. Enumerable.Repeat(3f, 60)]), PlattScaling.Fit(scores, labels, rowsEach: 3));
    }

    [Fact]
    public void A_sample_keeps_all_rows_up_to_its_size_and_beyond_it_draws_evenly()
    {
        var all = new CalibrationSample(weighted: true, seed: 1);
        var few = new CalibrationSample(weighted: true, seed: 1, capacity: 5_000);
        for (int i = 0; i < 100_000; i++)
        {
            all.Add(i, i % 2, i + 1);
            few.Add(i, i % 2, i + 1);
        }

        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => (float)i), all.Scores.ToArray());
        Assert.Equal(1, all.RowsEach);
        Assert.Equal(5_000, few.Scores.Length);
        Assert.Equal(20, few.RowsEach);
        Assert.Equal(few.Scores.ToArray().Select(i => (i % 2, i + 1)), few.Labels.ToArray().Zip(few.Weights.ToArray()));
        // Uniform on 0..99 999: the mean of 5000 lies within four standard errors of 408.
        Assert.InRange(few.Scores.ToArray().Average(), 50_000 - 1_632, 50_000 + 1_632);
        Assert.True(new CalibrationSample(weighted: false, 1).Weights.IsEmpty);
    }

    private static (float[] Scores, float[] Labels, float[] Weights) Draw(int rows, double slope, double offset, double scale)
    {
        var random = new Random(5);
        float[] scores = new float[rows], labels = new float[rows], weights = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            double score = 6 * random.NextDouble() - 3;
            scores[i] = (float)(score * scale);
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-((slope * score) + offset))) ? 1 : 0;
            weights[i] = 0.5f + random.NextSingle();
        }
        return (scores, labels, weights);
    }

    private static double Loss(double slope, double offset, float[] scores, float[] labels, float[] weights)
    {
        double positives = labels.Zip(weights).Sum(row => row.First * (double)row.Second), negatives = weights.Sum(w => (double)w) - positives;
        double loss = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double target = labels[i] == 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
            double p = 1 / (1 + Math.Exp(-((slope * scores[i]) + offset)));
            loss -= weights[i] * ((target * Math.Log(p)) + ((1 - target) * Math.Log(1 - p)));
        }
        return loss;
    }
}
