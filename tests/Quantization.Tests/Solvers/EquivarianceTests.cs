// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Tests.Solvers;

public sealed class EquivarianceTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(new Replay(new Rnd(20, 21), FSharpOption<int>.None));

    /// <summary>Groups of 1 to 80 weights with a spread of magnitudes, some of them zero.</summary>
    private static Arbitrary<float[]> Groups { get; } = Arb.From(
        from count in Gen.Choose(1, 80)
        from weights in Gen.ArrayOf(from value in Gen.Choose(-1000, 1000) from divisor in Gen.Choose(1, 9) select value / (float)(divisor * divisor), count)
        select weights);

    private static Arbitrary<QuantizationForm> Forms { get; } = Arb.From(Gen.Elements(QuantizationForm.Symmetric, QuantizationForm.PositiveScale, QuantizationForm.Asymmetric));

    [Fact]
    public void A_power_of_two_scales_the_scale() => Prop.ForAll(Groups, Forms, (weights, form) =>
    {
        QuantizedGroup plain = ScaleSolvers.Exact.Solve(weights, form);
        QuantizedGroup scaled = ScaleSolvers.Exact.Solve([.. weights.Select(w => w * 0.125f)], form);

        return weights.All(w => w == 0) || (scaled.Scale == plain.Scale * 0.125f && scaled.ZeroPoint == plain.ZeroPoint);
    }).Check(Fixed);

    [Fact]
    public void Negation_keeps_the_error_of_forms_that_are_symmetric() => Prop.ForAll(Groups, weights =>
    {
        float[] negated = [.. weights.Select(w => -w)];
        double slack = 1e-7 * WeightSamples.Energy(weights);

        return Enum.GetValues<QuantizationForm>().Where(form => form is QuantizationForm.Symmetric or QuantizationForm.Asymmetric).All(form =>
            Math.Abs(ScaleSolvers.Exact.Solve(weights, form).SquaredError - ScaleSolvers.Exact.Solve(negated, form).SquaredError) <= slack);
    }).Check(Fixed);

    [Fact]
    public void Order_does_not_matter() => Prop.ForAll(Groups, Forms, (weights, form) =>
    {
        float[] reversed = [.. weights.Reverse()];
        QuantizedGroup plain = ScaleSolvers.Exact.Solve(weights, form);
        QuantizedGroup other = ScaleSolvers.Exact.Solve(reversed, form);

        return Math.Abs(plain.SquaredError - other.SquaredError) <= 1e-7 * WeightSamples.Energy(weights);
    }).Check(Fixed);

    [Fact]
    public void The_same_group_has_the_same_result() => Prop.ForAll(Groups, Forms, (weights, form) =>
        ScaleSolvers.Exact.Solve(weights, form) == ScaleSolvers.Exact.Solve([.. weights], form)).Check(Fixed);

    [Fact]
    public void Negated_gaussian_weights_mirror_scale_and_zero_point()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            float[] weights = WeightSamples.Draw("gaussian", 32, seed);
            float[] negated = [.. weights.Select(w => -w)];

            QuantizedGroup either = ScaleSolvers.Exact.Solve(weights, QuantizationForm.Symmetric);
            float mirroredScale = ScaleSolvers.Exact.Solve(negated, QuantizationForm.Symmetric).Scale;
            bool signMatters = Math.Max(weights.Max(), -weights.Min()) > 7.5f * Math.Abs(either.Scale);    // else both signs are equally good, and the positive one is taken
            Assert.Equal(either.Scale, signMatters ? -mirroredScale : mirroredScale);
            QuantizedGroup plain = ScaleSolvers.Exact.Solve(weights, QuantizationForm.Asymmetric);
            QuantizedGroup mirrored = ScaleSolvers.Exact.Solve(negated, QuantizationForm.Asymmetric);
            Assert.Equal((plain.Scale, plain.ZeroPoint), (mirrored.Scale, 15 - mirrored.ZeroPoint));
        }
    }
}
