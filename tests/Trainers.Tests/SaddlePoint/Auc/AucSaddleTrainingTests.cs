// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Auc;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Auc;

/// <summary>What the training comes to, against the closed form.</summary>
public sealed class AucSaddleTrainingTests
{
    [Theory]
    [InlineData(1, 0, 1, false)]
    [InlineData(10, 0, 0.1, true)]
    [InlineData(10, 1_000, 1, false)]
    [InlineData(1e8, 0, 1, true)]
    public void Weights_are_those_of_the_closed_form(double spread, double mean, double density, bool weighted)
    {
        var rows = AucRows.Draw(2_000, 15, 1, spread, mean, density, weighted);
        // A penalty that even the smallest features feel leaves them something.
        double l2 = 1e-3 / (spread * spread);

        var trained = AucSaddleTraining.Run(rows, new AucSaddleOptions { L2Regularization = l2, Tolerance = 1e-10, MaxPasses = 500 });

        double[] expected = AucRows.Solution(rows, l2)[..15];
        Assert.Equal(SaddleStatus.Converged, trained.Summary.Status);
        for (int j = 0; j < 15; j++)
        {
            // Weights differ as much as features do: each is compared in its own unit.
            double unit = Math.Pow(spread, -j / 14.0);
            Assert.Equal(expected[j] * unit, trained.Direction[j] * unit, 1e-7);
        }
    }

    [Fact]
    public void Features_of_any_size_and_mean_take_the_same_passes()
    {
        long plain = Passes(AucRows.Draw(2_000, 15, 2)), moved = Passes(AucRows.Draw(2_000, 15, 2, mean: 300)), spread = Passes(AucRows.Draw(2_000, 15, 2, spread: 1e6));

        Assert.InRange(plain, 4, 60);
        Assert.InRange(moved, plain - 4, plain + 4);
        Assert.InRange(spread, plain - 4, plain + 4);

        static long Passes(TrainingRows rows) => AucSaddleTraining.Run(rows, new AucSaddleOptions { L2Regularization = 0 }).Summary.Passes;
    }

    [Fact]
    public void Scores_are_log_odds_and_keep_the_order()
    {
        var rows = AucRows.Draw(3_000, 6, 3, weighted: true);

        var trained = AucSaddleTraining.Run(rows, new AucSaddleOptions());

        double scale = trained.Weights[0] / trained.Direction[0], expectedPositives = 0, positives = 0;
        Assert.True(scale > 0);
        for (int j = 0; j < 6; j++)
        {
            Assert.Equal(scale, trained.Weights[j] / trained.Direction[j], 1e-5 * scale);
        }
        double[] scores = [.. Enumerable.Range(0, 3_000).Select(row => (double)rows[row].Dot(trained.Weights) + trained.Bias)];
        for (int row = 0; row < 3_000; row++)
        {
            expectedPositives += rows.Weights[row] / (1 + Math.Exp(-scores[row]));
            positives += rows.Weights[row] * rows.Labels[row];
        }
        // Platt's smoothed targets move the sum by about 1.
        Assert.Equal(positives, expectedPositives, 2.0);
        Assert.Equal(RocArea.Of(scores, rows.Labels, rows.Weights), trained.Summary.AreaUnderRocCurve, 1e-6);
    }

    [Fact]
    public void Constant_and_duplicate_features_are_borne()
    {
        var plain = AucRows.Draw(1_000, 4, 4);
        float[] features = new float[4];
        var rows = TrainingRows.Dense([.. Enumerable.Range(0, 1_000).SelectMany(row =>
        {
            plain.CopyFeatures(row, features);
            return new[] { features[0], 0.1f, features[1], features[0], features[2], features[3], 0 };
        })], 7, plain.Labels);

        var one = AucSaddleTraining.Run(plain, new AucSaddleOptions { L2Regularization = 0, Tolerance = 1e-10 }).Direction;
        var other = AucSaddleTraining.Run(rows, new AucSaddleOptions { L2Regularization = 0, Tolerance = 1e-10 });

        Assert.Equal(SaddleStatus.Converged, other.Summary.Status);
        Assert.Equal([0, 0], new[] { other.Direction[1], other.Direction[6] });
        Assert.Equal(one[0], other.Direction[0] + other.Direction[3], 1e-8);
        Assert.Equal(other.Direction[0], other.Direction[3], 1e-8);
        Assert.Equal(one[1], other.Direction[2], 1e-8);
    }

    [Fact]
    public void Classes_with_the_same_means_get_no_weights()
    {
        var rows = TrainingRows.Dense([1, 2, -1, -2, 1, 2, -1, -2, 1, 2, -1, -2], 2, [0, 0, 1, 1, 0, 0]);

        var trained = AucSaddleTraining.Run(rows, new AucSaddleOptions());

        Assert.Equal([0f, 0], trained.Weights);
        Assert.Equal((SaddleStatus.Converged, 0.5), (trained.Summary.Status, trained.Summary.AreaUnderRocCurve));
    }

    [Fact]
    public void Too_few_passes_are_a_status()
    {
        var trained = AucSaddleTraining.Run(AucRows.Draw(1_000, 20, 5), new AucSaddleOptions { MaxPasses = 10 });

        Assert.Equal(SaddleStatus.Budget, trained.Summary.Status);
        Assert.InRange(trained.Summary.RelativeResidual, 1e-8, 0.5);
        Assert.InRange(trained.Summary.Passes, 8, 14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    public void Any_number_of_threads_gives_the_same_bits(double density)
    {
        var rows = AucRows.Draw(4_000, 9, 6, density: density, weighted: true);
        var options = new AucSaddleOptions { Threads = 1, ValidationFraction = 0.2 };

        var one = AucSaddleTraining.Run(rows, options);
        var three = AucSaddleTraining.Run(rows, options with { Threads = 3 });

        Assert.Equal(one.Direction, three.Direction);
        Assert.Equal((one.Bias, one.Summary), (three.Bias, three.Summary));
    }

    [Fact]
    public void Rows_that_are_held_out_are_not_trained_on()
    {
        var rows = AucRows.Draw(2_000, 5, 7);
        var options = new AucSaddleOptions { ValidationFraction = 0.25 };
        var (training, heldOut) = new RowSplit(0.25, 1).Of(rows);

        var trained = AucSaddleTraining.Run(rows, options);

        Assert.Equal(AucSaddleTraining.Run(training, new AucSaddleOptions()).Direction, trained.Direction);
        Assert.Equal((training.Count, heldOut.Count), (trained.Summary.Rows, trained.Summary.ValidationRows));
        Assert.InRange(heldOut.Count, 400, 600);
        double[] scores = [.. Enumerable.Range(0, (int)heldOut.Count).Select(row => heldOut[row].Dot(trained.Direction))];
        Assert.Equal(RocArea.Of(scores, heldOut.Labels), trained.Summary.ValidationAreaUnderRocCurve, 1e-12);
    }
}
