// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Auc;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Auc;

public sealed class RocAreaTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_the_share_of_pairs_in_order_ties_counted_half(bool weighted)
    {
        var random = new Random(1);
        double[] scores = [.. Enumerable.Range(0, 150).Select(_ => (double)random.Next(20))];
        float[] labels = [.. scores.Select(score => random.Next(30) < score ? 1f : 0)], weights = weighted ? [.. scores.Select(_ => (float)random.Next(3))] : [];
        double right = 0, pairs = 0;
        for (int i = 0; i < 150; i++)
        {
            for (int j = 0; j < 150; j++)
            {
                double pair = labels[i] > labels[j] ? weighted ? weights[i] * weights[j] : 1 : 0;
                right += pair * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
                pairs += pair;
            }
        }

        Assert.Equal(right / pairs, RocArea.Of(scores, labels, weights), 1e-14);
    }

    [Fact]
    public void Without_both_classes_there_is_none() => Assert.Equal(double.NaN, RocArea.Of([1, 2], [1, 1]));
}
