// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>How to solve a quadratic program, and when to stop. Every value is checked where it is set; the method's constants are those that OSQP publishes.</summary>
public sealed record AdmmOptions
{
    internal const double SmallestRho = 1e-6, LargestRho = 1e6;

    /// <summary>ρ, the penalty on rows at the start.</summary>
    /// <value>The default is 0.1.</value>
    public double Rho { get; init => field = value is >= SmallestRho and <= LargestRho ? value : throw Bad(nameof(Rho), value, "from 1e-6 to 1e6"); } = 0.1;

    /// <summary>The factor on ρ of rows that are equalities.</summary>
    /// <value>The default is 1000.</value>
    public double EqualityRhoFactor { get; init => field = value > 0 && double.IsFinite(value) ? value : throw Bad(nameof(EqualityRhoFactor), value, "positive"); } = 1e3;

    /// <summary>Steps after which ρ is adapted to the ratio of residuals; 0 for never. It is steps, not seconds, so that results repeat.</summary>
    /// <value>The default is 50.</value>
    public int RhoInterval { get; init => field = value >= 0 ? value : throw Bad(nameof(RhoInterval), value, "at least 0"); } = 50;

    /// <summary>The factor by which ρ would have to change before it is changed.</summary>
    /// <value>The default is 5.</value>
    public double RhoTolerance { get; init => field = value >= 1 && double.IsFinite(value) ? value : throw Bad(nameof(RhoTolerance), value, "at least 1"); } = 5;

    /// <summary>σ, the penalty on the change of x.</summary>
    /// <value>The default is 1e-6.</value>
    public double Sigma { get; init => field = value > 0 && double.IsFinite(value) ? value : throw Bad(nameof(Sigma), value, "positive"); } = 1e-6;

    /// <summary>α, the relaxation.</summary>
    /// <value>The default is 1.6.</value>
    public double Relaxation { get; init => field = value is > 0 and < 2 ? value : throw Bad(nameof(Relaxation), value, "above 0 and below 2"); } = 1.6;

    /// <summary>Rounds of Ruiz scaling; 0 for none.</summary>
    /// <value>The default is 10.</value>
    public int ScalingRounds { get; init => field = value >= 0 ? value : throw Bad(nameof(ScalingRounds), value, "at least 0"); } = 10;

    /// <summary>The previous steps that subspace acceleration combines; 0 for the plain method.</summary>
    /// <value>The default is 10.</value>
    public int Memory { get; init => field = value is >= 0 and <= 100 ? value : throw Bad(nameof(Memory), value, "from 0 to 100"); } = 10;

    /// <summary>Whether the last displacement's primal and dual parts are directions of their own. Each costs one further step to see what it changes; it rarely pays.</summary>
    /// <value>The default is false.</value>
    public bool SplitDisplacement { get; init; }

    /// <summary>The residuals, in the program's own units, that are small enough.</summary>
    /// <value>The default is 1e-9.</value>
    public double AbsoluteTolerance { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw Bad(nameof(AbsoluteTolerance), value, "at least 0"); } = 1e-9;

    /// <summary>What is added to it for each unit of the largest term of a residual.</summary>
    /// <value>The default is 1e-9.</value>
    public double RelativeTolerance { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw Bad(nameof(RelativeTolerance), value, "at least 0"); } = 1e-9;

    /// <summary>How exactly a direction must show that there is no solution: what should be zero, over the slope, both of a direction of size 1, and times the largest term of the slope where that is above 1.
    /// At the default only solutions, or multipliers, are overlooked that are 1e8 times as large as 1 and as the bounds, or costs, of that direction; two looks in a row must agree.</summary>
    /// <value>The default is 1e-8.</value>
    public double InfeasibilityTolerance { get; init => field = value > 0 && double.IsFinite(value) ? value : throw Bad(nameof(InfeasibilityTolerance), value, "positive"); } = 1e-8;

    /// <summary>Steps after which no further one is begun; those that acceleration tries in vain count too.</summary>
    /// <value>The default is 20 000.</value>
    public int MaxIterations { get; init => field = value > 0 ? value : throw Bad(nameof(MaxIterations), value, "at least 1"); } = 20_000;

    /// <summary>Steps after which it is looked whether the residuals are small enough.</summary>
    /// <value>The default is 25.</value>
    public int CheckEvery { get; init => field = value > 0 ? value : throw Bad(nameof(CheckEvery), value, "at least 1"); } = 25;

    /// <summary>x to begin at; null for zeros.</summary>
    /// <value>The default is null.</value>
    public IReadOnlyList<double>? StartPrimal { get; init; }

    /// <summary>y to begin at; null for zeros.</summary>
    /// <value>The default is null.</value>
    public IReadOnlyList<double>? StartDual { get; init; }

    /// <summary>Told whenever residuals are computed; it is called on the solver's thread.</summary>
    /// <value>The default is null.</value>
    public IProgress<AdmmProgress>? Progress { get; init; }

    /// <summary>Ends the solver with <see cref="SaddleStatus.Cancelled"/> and the point that it has.</summary>
    /// <value>The default is none.</value>
    public CancellationToken CancellationToken { get; init; }

    private static ArgumentOutOfRangeException Bad(string option, object value, string needed) => new(nameof(value), value, $"{option} must be {needed}.");
}
