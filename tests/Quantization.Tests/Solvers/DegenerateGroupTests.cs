// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Tests.Solvers;

public sealed class DegenerateGroupTests
{
    public static TheoryData<string, QuantizationForm, ScaleStorage> Cases
    {
        get
        {
            TheoryData<string, QuantizationForm, ScaleStorage> cases = [];
            foreach (string name in ScaleSolvers.Names)
            {
                foreach (QuantizationForm form in Enum.GetValues<QuantizationForm>())
                {
                    cases.Add(name, form, ScaleStorage.SinglePrecision);
                    cases.Add(name, form, ScaleStorage.HalfPrecision);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Zeros_have_scale_one_and_no_error(string name, QuantizationForm form, ScaleStorage storage)
    {
        QuantizedGroup group = ScaleSolvers.ByName(name, storage).Solve(new float[9], form);

        Assert.Equal(1, group.Scale);
        Assert.Equal(0, group.SquaredError);
        Assert.Equal(0, group.Offset);
        sbyte[] codes = new sbyte[9];
        GroupCodes.Encode(new float[9], group, form, codes);
        Assert.All(codes, code => Assert.Equal(group.ZeroPoint, code));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_are_finite_at_every_magnitude(string name, QuantizationForm form, ScaleStorage storage)
    {
        IScaleSolver solver = ScaleSolvers.ByName(name, storage);
        foreach (float magnitude in (float[])[1e-45f, 1e-40f, 1e-38f, 1e-30f, 1e-10f, 1e10f, 1e30f, 1e38f])
        {
            float[] weights = [.. WeightSamples.Draw("uniform", 33, 1).Select(w => w * magnitude)];
            foreach (int count in (int[])[1, 2, 33])
            {
                QuantizedGroup group = solver.Solve(weights.AsSpan(0, count), form);

                Assert.True(float.IsFinite(group.Scale) && group.Scale != 0 && float.IsFinite(group.Offset) && double.IsFinite(group.SquaredError));
                Assert.InRange(group.ZeroPoint, 0, 15);
                bool storable = storage == ScaleStorage.SinglePrecision && magnitude is > 1e-40f and < 1e38f;
                Assert.True(!storable || group.SquaredError <= 0.25 * WeightSamples.Energy(weights.AsSpan(0, count)));
            }
        }
    }

    [Theory]
    [InlineData(QuantizationForm.Symmetric)]
    [InlineData(QuantizationForm.PositiveScale)]
    [InlineData(QuantizationForm.Asymmetric)]
    [InlineData(QuantizationForm.RealOffset)]
    public void One_weight_and_equal_weights_lose_nothing(QuantizationForm form)
    {
        foreach (float value in (float[])[0.1f, -0.1f, 1e30f, -1e-30f, 3.3e38f, 1.4e-45f])
        {
            foreach (int count in (int[])[1, 2, 9])
            {
                float[] weights = new float[count];
                Array.Fill(weights, value);

                Assert.Equal(0, ScaleSolvers.Exact.Solve(weights, form).SquaredError);
            }
        }
    }

    [Fact]
    public void Weights_that_are_not_finite_do_not_hang()
    {
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            foreach (QuantizationForm form in Enum.GetValues<QuantizationForm>())
            {
                foreach (string name in ScaleSolvers.Names)
                {
                    ScaleSolvers.ByName(name).Solve([0.5f, bad, -1f, 0.25f], form);
                }
            }
        }
    }

    [Fact]
    public void Unknown_names_are_refused_with_the_known_ones()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ScaleSolvers.ByName("best"));

        Assert.Contains("'best'; the names are exact, golden-section", error.Message, StringComparison.Ordinal);
    }
}
