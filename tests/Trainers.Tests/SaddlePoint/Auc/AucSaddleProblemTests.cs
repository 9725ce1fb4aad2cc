// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint.Auc;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Auc;

/// <summary>The saddle of AUC against its definition: pairs, differences, the closed form.</summary>
public sealed class AucSaddleProblemTests
{
    private const double L2 = 0.02;

    public static TheoryData<double, bool, bool> Kinds => new()
    {
        { 1, false, false }, { 1, true, false }, { 1, false, true }, { 1, true, true }, { 0.1, false, false }, { 0.1, true, true },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_field_is_zero_at_the_closed_form(double density, bool weighted, bool preconditioned)
    {
        var rows = AucRows.Draw(1_500, 12, 1, density: density, weighted: weighted);
        Assert.Equal(density == 1, rows.IsDense);
        using ThreadTeam team = new(2);
        var moments = ClassMoments.Of(rows, team);
        AucSaddleProblem problem = new(rows, moments, L2, preconditioned, team);
        double[] solution = AucRows.Solution(rows, L2), field = new double[15], first = new double[15];
        if (preconditioned)
        {
            // Variables are w over the scale, and a and b less what the means give.
            double[] scale = problem.WeightsAt([.. Enumerable.Repeat(1.0, 15)]);
            solution = [.. solution[..12].Select((weight, j) => weight / scale[j]), 0, 0, solution[14]];
        }

        problem.Field(solution, field);
        problem.Field(new double[15], first);

        Assert.True(Norm(field) < 1e-13 * Norm(first), $"The field is {Norm(field)}, that of zero {Norm(first)}.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Images_are_differences_of_the_field(double density, bool weighted, bool preconditioned)
    {
        var rows = AucRows.Draw(700, 9, 2, density: density, weighted: weighted);
        using ThreadTeam team = new(1);
        AucSaddleProblem problem = new(rows, ClassMoments.Of(rows, team), L2, preconditioned, team);
        var random = new Random(3);
        double[] point = Numbers(random, 12), direction = Numbers(random, 12), primal = new double[12], dual = new double[12];

        problem.Images(point, direction, primal, dual);

        // The field is affine: a difference is the image but for rounding.
        Assert.Equal(Difference(problem, point, [.. direction[..11], 0]), primal, Near);
        Assert.Equal(Difference(problem, point, [.. new double[11], direction[11]]), dual, Near);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_field_is_the_gradient_of_the_value(bool preconditioned)
    {
        var rows = AucRows.Draw(300, 5, 4, weighted: true);
        using ThreadTeam team = new(1);
        AucSaddleProblem problem = new(rows, ClassMoments.Of(rows, team), L2, preconditioned, team);
        double[] point = Numbers(new Random(5), 8), field = new double[8];

        problem.Field(point, field);

        for (int i = 0; i < 8; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 1e-3;
            down[i] -= 1e-3;
            // Central differences of a quadratic are exact but for rounding.
            Assert.Equal((problem.Value(up) - problem.Value(down)) / 2e-3 * (i == 7 ? -1 : 1), field[i], 1e-10);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_value_is_the_squared_loss_of_all_pairs(bool weighted)
    {
        var rows = AucRows.Draw(200, 6, 6, weighted: weighted);
        using ThreadTeam team = new(1);
        var moments = ClassMoments.Of(rows, team);
        AucSaddleProblem problem = new(rows, moments, L2, isPreconditioned: false, team);
        double[] weights = Numbers(new Random(7), 6);
        double mean(double[] of) => of.Select((value, j) => value * weights[j]).Sum();

        // For given w the best a and b are the classes' mean scores, the best α their negative difference.
        double value = problem.Value([.. weights, mean(moments.PositiveMean), mean(moments.NegativeMean), -mean(moments.Difference)]);

        double p = AucRows.Share(rows), q = p * (1 - p);
        Assert.Equal((q * (PairLoss(rows, weights) - 1)) + (0.5 * L2 * weights.Sum(w => w * w)), value, 1e-12);
    }

    [Fact]
    public void Weights_are_repeated_rows()
    {
        var weighted = AucRows.Draw(400, 4, 8, weighted: true);
        int[] repeated = [.. Enumerable.Range(0, 400).SelectMany(row => Enumerable.Repeat(row, (int)(2 * weighted.Weights[row])))];
        float[] features = new float[4];
        var rows = TrainingRows.Dense([.. repeated.SelectMany(row => { weighted.CopyFeatures(row, features); return features.ToArray(); })], 4, [.. repeated.Select(row => weighted.Labels[row])]);
        using ThreadTeam team = new(1);
        double[] point = Numbers(new Random(9), 7), one = new double[7], other = new double[7];

        new AucSaddleProblem(weighted, ClassMoments.Of(weighted, team), L2, true, team).Field(point, one);
        new AucSaddleProblem(rows, ClassMoments.Of(rows, team), L2, true, team).Field(point, other);

        Assert.Equal(other, one, Near);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    public void Any_number_of_threads_gives_the_same_bits(double density)
    {
        var rows = AucRows.Draw(5_000, 7, 10, density: density);
        double[] point = Numbers(new Random(11), 10);
        double[][] fields = Array.ConvertAll(new[] { 1, 2, 3 }, threads =>
        {
            using ThreadTeam team = new(threads);
            double[] field = new double[10];
            new AucSaddleProblem(rows, ClassMoments.Of(rows, team), L2, true, team).Field(point, field);
            return field;
        });

        Assert.Equal(fields[0], fields[1]);
        Assert.Equal(fields[0], fields[2]);
    }

    [Fact]
    public void A_feature_that_is_constant_has_no_variance_and_a_small_one_beside_a_large_mean_keeps_its_own()
    {
        float[] labels = [.. Enumerable.Range(0, 3_000).Select(row => row % 3 == 0 ? 1f : 0)];
        var rows = TrainingRows.Dense([.. labels.SelectMany((label, row) => new[] { 0.1f, 1e6f + (row % 2), label })], 3, labels);
        using ThreadTeam team = new(1);

        double[] variance = ClassMoments.Of(rows, team).Variance;

        Assert.Equal(0, variance[0]);
        Assert.Equal(0.5, variance[1], 1e-6);
        Assert.Equal(0, variance[2]);
    }

    private static double PairLoss(TrainingRows rows, double[] weights)
    {
        double loss = 0, pairs = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < rows.Count; j++)
            {
                if (rows.Labels[i] > 0 && rows.Labels[j] == 0)
                {
                    double weight = rows.Weights.IsEmpty ? 1 : rows.Weights[i] * rows.Weights[j], miss = 1 - (rows[i].Dot(weights) - rows[j].Dot(weights));
                    loss += weight * miss * miss;
                    pairs += weight;
                }
            }
        }
        return loss / pairs;
    }

    private static double[] Difference(AucSaddleProblem problem, double[] point, double[] direction)
    {
        double[] here = new double[point.Length], there = new double[point.Length];
        problem.Field(point, here);
        problem.Field([.. point.Zip(direction, (x, d) => x + d)], there);
        return [.. there.Zip(here, (b, a) => b - a)];
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-13;

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(x => x * x));
}
