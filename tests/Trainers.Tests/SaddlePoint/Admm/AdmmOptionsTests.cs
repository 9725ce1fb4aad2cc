// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Admm;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

public sealed class AdmmOptionsTests
{
    [Fact]
    public void Defaults_are_those_that_were_published_and_tight_tolerances()
    {
        AdmmOptions options = new();
        Assert.Equal((0.1, 1e3, 1e-6, 1.6, 10, 5), (options.Rho, options.EqualityRhoFactor, options.Sigma, options.Relaxation, options.ScalingRounds, options.RhoTolerance));
        Assert.Equal((50, 10, false, 1e-9, 1e-9), (options.RhoInterval, options.Memory, options.SplitDisplacement, options.AbsoluteTolerance, options.RelativeTolerance));
        Assert.Equal((1e-8, 20_000, 25), (options.InfeasibilityTolerance, options.MaxIterations, options.CheckEvery));
        LassoOptions lasso = new();
        Assert.Equal((1, 1.6, 10, false, 1e-8, 20_000), (lasso.Rho, lasso.Relaxation, lasso.Memory, lasso.SplitDisplacement, lasso.RelativeGap, lasso.MaxIterations));
    }

    [Fact]
    public void Bad_values_are_refused_by_name()
    {
        Refused(nameof(AdmmOptions.Rho), () => new AdmmOptions { Rho = 0 });
        Refused(nameof(AdmmOptions.Rho), () => new AdmmOptions { Rho = double.NaN });
        Refused(nameof(AdmmOptions.EqualityRhoFactor), () => new AdmmOptions { EqualityRhoFactor = -1 });
        Refused(nameof(AdmmOptions.RhoInterval), () => new AdmmOptions { RhoInterval = -1 });
        Refused(nameof(AdmmOptions.RhoTolerance), () => new AdmmOptions { RhoTolerance = 0.5 });
        Refused(nameof(AdmmOptions.Sigma), () => new AdmmOptions { Sigma = 0 });
        Refused(nameof(AdmmOptions.Relaxation), () => new AdmmOptions { Relaxation = 2 });
        Refused(nameof(AdmmOptions.ScalingRounds), () => new AdmmOptions { ScalingRounds = -1 });
        Refused(nameof(AdmmOptions.Memory), () => new AdmmOptions { Memory = 101 });
        Refused(nameof(AdmmOptions.AbsoluteTolerance), () => new AdmmOptions { AbsoluteTolerance = double.NaN });
        Refused(nameof(AdmmOptions.RelativeTolerance), () => new AdmmOptions { RelativeTolerance = -1 });
        Refused(nameof(AdmmOptions.InfeasibilityTolerance), () => new AdmmOptions { InfeasibilityTolerance = 0 });
        Refused(nameof(AdmmOptions.MaxIterations), () => new AdmmOptions { MaxIterations = 0 });
        Refused(nameof(AdmmOptions.CheckEvery), () => new AdmmOptions { CheckEvery = 0 });
        Refused(nameof(LassoOptions.Rho), () => new LassoOptions { Rho = double.PositiveInfinity });
        Refused(nameof(LassoOptions.Relaxation), () => new LassoOptions { Relaxation = 0 });
        Refused(nameof(LassoOptions.Memory), () => new LassoOptions { Memory = -1 });
        Refused(nameof(LassoOptions.RelativeGap), () => new LassoOptions { RelativeGap = -1 });
        Refused(nameof(LassoOptions.MaxIterations), () => new LassoOptions { MaxIterations = 0 });
    }

    private static void Refused(string option, Func<object> make) => Assert.StartsWith(option + " must be", Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
}
