// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Tests.Solvers;

public sealed class DominanceTests
{
    public static TheoryData<string, ScaleStorage> Cases
    {
        get
        {
            TheoryData<string, ScaleStorage> cases = [];
            foreach (string kind in WeightSamples.Kinds)
            {
                cases.Add(kind, ScaleStorage.SinglePrecision);
                cases.Add(kind, ScaleStorage.HalfPrecision);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_other_solver_is_better_in_storage_precision(string kind, ScaleStorage storage)
    {
        // Of the energy: half a unit in the last place of the scale, squared, and the rounding of decoded weights.
        double slack = storage == ScaleStorage.HalfPrecision ? 1e-6 : 1e-7;
        ExactScaleSolver exact = new(storage);
        foreach (int count in (int[])[1, 2, 8, 32, 128, 700])
        {
            for (int seed = 0; seed < 4; seed++)
            {
                float[] weights = WeightSamples.Draw(kind, count, seed);
                foreach (QuantizationForm form in (QuantizationForm[])[QuantizationForm.Symmetric, QuantizationForm.PositiveScale, QuantizationForm.Asymmetric])
                {
                    double least = exact.Solve(weights, form).SquaredError;
                    foreach (string name in ScaleSolvers.Names)
                    {
                        double other = ScaleSolvers.ByName(name, storage).Solve(weights, form).SquaredError;
                        bool fits = least <= other + (slack * WeightSamples.Energy(weights));
                        Assert.True(fits, $"{name} reaches {other}, exact {least}: {form}, {count} weights, seed {seed}");
                    }
                }
            }
        }
    }

    /// <summary>With real offsets the optimum is local, so that single groups may go either way.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void No_other_solver_finds_better_real_offsets_over_many_groups(string kind, ScaleStorage storage)
    {
        foreach (int count in (int[])[8, 32, 128, 700])
        {
            float[][] groups = [.. Enumerable.Range(0, 40).Select(seed => WeightSamples.Draw(kind, count, seed))];
            double slack = (storage == ScaleStorage.HalfPrecision ? 1e-5 : 1e-7) * groups.Sum(group => WeightSamples.Energy(group));
            double least = Total(ScaleSolvers.ByName("exact", storage), groups);
            foreach (string name in ScaleSolvers.Names)
            {
                double other = Total(ScaleSolvers.ByName(name, storage), groups);
                Assert.True(least <= other + slack, $"{name} reaches {other}, exact {least}: {count} weights");
            }
        }
    }

    private static double Total(IScaleSolver solver, float[][] groups) =>
        groups.Sum(group => solver.Solve(group, QuantizationForm.RealOffset).SquaredError);

    [Theory]
    [InlineData("gaussian")]
    [InlineData("laplace")]
    [InlineData("heavy tailed")]
    [InlineData("positive")]
    public void More_freedom_never_costs_error(string kind)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            float[] weights = WeightSamples.Draw(kind, 32, seed);
            double[] errors = [.. ((QuantizationForm[])[QuantizationForm.RealOffset, QuantizationForm.Asymmetric, QuantizationForm.Symmetric, QuantizationForm.PositiveScale])
                .Select(form => ScaleSolvers.Exact.Solve(weights, form).SquaredError)];

            double slack = 1e-7 * WeightSamples.Energy(weights);
            Assert.True(errors[0] <= errors[1] + slack && errors[1] <= errors[2] + slack && errors[2] <= errors[3] + slack);
        }
    }
}
