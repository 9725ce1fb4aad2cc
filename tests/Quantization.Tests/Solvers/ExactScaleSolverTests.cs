// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Tests.Solvers;

public sealed class ExactScaleSolverTests
{
    /// <summary>Of the group's energy: what double sums in another order may differ by.</summary>
    private const double SameOptimum = 1e-12;

    /// <summary>Of the group's energy: what rounding the scale and each decoded weight to single precision may cost.</summary>
    private const double SingleRounding = 1e-7;

    private static readonly QuantizationForm[] IntegerForms = [QuantizationForm.Symmetric, QuantizationForm.PositiveScale, QuantizationForm.Asymmetric];

    public static TheoryData<string> Kinds => [.. WeightSamples.Kinds];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Is_the_best_of_all_codes(int count)
    {
        foreach (string kind in WeightSamples.Kinds)
        {
            for (int seed = 0; seed < 3; seed++)
            {
                float[] weights = WeightSamples.Draw(kind, count, seed);
                foreach (QuantizationForm form in IntegerForms)
                {
                    QuantizedGroup group = ScaleSolvers.Exact.Solve(weights, form);

                    double tolerance = SameOptimum * WeightSamples.Energy(weights);
                    Assert.Equal(BestOfAllCodes(weights, form), StoredCodes.IdealError(weights, group, form), tolerance);
                }
            }
        }
    }

    [Theory]
    [InlineData(QuantizationForm.Symmetric)]
    [InlineData(QuantizationForm.PositiveScale)]
    public void Is_the_best_of_all_codes_of_four_weights(QuantizationForm form)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            float[] weights = WeightSamples.Draw("laplace", 4, seed);

            QuantizedGroup group = ScaleSolvers.Exact.Solve(weights, form);

            Assert.Equal(BestOfAllCodes(weights, form), StoredCodes.IdealError(weights, group, form), SameOptimum * WeightSamples.Energy(weights));
        }
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("shifted")]
    public void Is_the_best_of_all_codes_and_zero_points_of_four_weights(string kind)
    {
        for (int seed = 0; seed < 3; seed++)
        {
            float[] weights = WeightSamples.Draw(kind, 4, seed);

            QuantizedGroup group = ScaleSolvers.Exact.Solve(weights, QuantizationForm.Asymmetric);

            double best = BestOfAllCodes(weights, QuantizationForm.Asymmetric);
            Assert.Equal(best, StoredCodes.IdealError(weights, group, QuantizationForm.Asymmetric), SameOptimum * WeightSamples.Energy(weights));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Equals_the_sweep_over_all_sorted_changes(string kind)
    {
        foreach (int count in (int[])[1, 2, 5, 8, 9, 31, 32, 33, 100, 128, 300, 1100])
        {
            for (int seed = 0; seed < (count > 200 ? 2 : 12); seed++)
            {
                float[] weights = WeightSamples.Draw(kind, count, seed);
                foreach (QuantizationForm form in IntegerForms)
                {
                    QuantizedGroup group = ScaleSolvers.Exact.Solve(weights, form);

                    double tolerance = SameOptimum * WeightSamples.Energy(weights);
                    Assert.Equal(SortedSweep.SquaredError(weights, form), StoredCodes.IdealError(weights, group, form), tolerance);
                }
            }
        }
    }

    [Theory]
    [InlineData("gaussian", 300_000)]
    [InlineData("laplace", 300_000)]
    [InlineData("heavy tailed", 100_000)]
    public void Equals_the_sweep_over_all_sorted_changes_of_a_whole_tensor(string kind, int count)
    {
        float[] weights = WeightSamples.Draw(kind, count, 7);

        QuantizedGroup group = ScaleSolvers.Exact.Solve(weights, QuantizationForm.Symmetric);

        double tolerance = SameOptimum * WeightSamples.Energy(weights);
        Assert.Equal(SortedSweep.SquaredError(weights, QuantizationForm.Symmetric), StoredCodes.IdealError(weights, group, QuantizationForm.Symmetric), tolerance);
    }

    /// <summary>Weights that all stand a hundred times have the best scale of one set of them, so that the sweep need not sort 80 million changes.</summary>
    [Fact]
    public void Equals_the_sweep_over_all_sorted_changes_of_ten_million_weights()
    {
        const int Copies = 100;
        float[] once = WeightSamples.Draw("gaussian", 100_000, 3);
        float[] weights = new float[once.Length * Copies];
        for (int copy = 0; copy < Copies; copy++)
        {
            once.CopyTo(weights.AsSpan(copy * once.Length));
        }

        QuantizedGroup group = ScaleSolvers.Exact.Solve(weights, QuantizationForm.Symmetric);

        double expected = SortedSweep.SquaredError(once, QuantizationForm.Symmetric);
        Assert.Equal(expected, StoredCodes.IdealError(once, group, QuantizationForm.Symmetric), SameOptimum * WeightSamples.Energy(once));
        Assert.Equal(expected * Copies, group.SquaredError, 1e-6 * expected * Copies);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_never_above_a_fine_grid(string kind)
    {
        const int Points = 20_000;
        for (int count = 1; count <= 8; count++)
        {
            float[] weights = WeightSamples.Draw(kind, count, 11);
            GridSolver fine = new(Points);
            foreach (QuantizationForm form in (QuantizationForm[])[QuantizationForm.Symmetric, QuantizationForm.PositiveScale])
            {
                double exact = ScaleSolvers.Exact.Solve(weights, form).SquaredError;

                Assert.True(exact <= fine.Solve(weights, form).SquaredError + (SingleRounding * WeightSamples.Energy(weights)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_reported_error_is_that_of_the_decoded_weights(string kind)
    {
        foreach (ScaleStorage storage in Enum.GetValues<ScaleStorage>())
        {
            foreach (QuantizationForm form in Enum.GetValues<QuantizationForm>())
            {
                float[] weights = WeightSamples.Draw(kind, 77, 3);

                QuantizedGroup group = new ExactScaleSolver(storage).Solve(weights, form);

                double expected = StoredCodes.DecodedError(weights, group, form);
                Assert.Equal(expected, group.SquaredError, (1e-12 * expected) + 1e-300);
            }
        }
    }

    [Theory]
    [InlineData(QuantizationForm.Symmetric)]
    [InlineData(QuantizationForm.PositiveScale)]
    [InlineData(QuantizationForm.Asymmetric)]
    [InlineData(QuantizationForm.RealOffset)]
    public void Weights_on_a_lattice_lose_nothing(QuantizationForm form)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            QuantizedGroup group = ScaleSolvers.Exact.Solve(WeightSamples.Draw("lattice", 40, seed), form);

            Assert.Equal(0, group.SquaredError);
        }
    }

    [Fact]
    public void Of_scales_with_equal_error_the_largest_is_taken()
    {
        Assert.Equal(0.75f, ScaleSolvers.Exact.Solve([0.75f], QuantizationForm.Symmetric).Scale);
        Assert.Equal(0.5f, ScaleSolvers.Exact.Solve([0.5f, -0.5f, 0, 1, 0.5f], QuantizationForm.PositiveScale).Scale);
        Assert.Equal(0.3f, ScaleSolvers.Exact.Solve([0.3f, 0.3f, 0.3f, 0, 0.3f, 0.3f, 0.3f], QuantizationForm.Asymmetric).Scale);
    }

    [Fact]
    public void A_real_offset_is_never_worse_than_an_integer_zero_point()
    {
        foreach (string kind in WeightSamples.Kinds)
        {
            foreach (int count in (int[])[1, 2, 3, 17, 32, 128, 1500])
            {
                float[] weights = WeightSamples.Draw(kind, count, 2);

                double real = ScaleSolvers.Exact.Solve(weights, QuantizationForm.RealOffset).SquaredError;
                double integer = ScaleSolvers.Exact.Solve(weights, QuantizationForm.Asymmetric).SquaredError;

                Assert.True(real <= integer + (SingleRounding * WeightSamples.Energy(weights)), $"{kind} {count}: {real} > {integer}");
            }
        }
    }

    private static double BestOfAllCodes(float[] weights, QuantizationForm form)
    {
        double energy = WeightSamples.Energy(weights);
        double best = energy;
        (int firstZero, int lastZero) = form == QuantizationForm.Asymmetric ? (0, 15) : (8, 8);
        for (int zeroPoint = firstZero; zeroPoint <= lastZero; zeroPoint++)
        {
            for (int all = 0; all < 1 << (4 * weights.Length); all++)
            {
                (double products, double squares) = (0, 0);
                for (int i = 0; i < weights.Length; i++)
                {
                    double code = ((all >> (4 * i)) & 15) - zeroPoint;
                    products += weights[i] * code;
                    squares += code * code;
                }
                if (squares > 0 && (products > 0 || form == QuantizationForm.Symmetric))
                {
                    best = Math.Min(best, energy - (products * products / squares));
                }
            }
        }
        return best;
    }
}
