// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>How to solve a lasso problem, and when to stop. Every value is checked where it is set.</summary>
public sealed record LassoOptions
{
    /// <summary>ρ, the penalty on the distance of the two copies of x. It stays as it is; with acceleration it matters little.</summary>
    /// <value>The default is 1.</value>
    public double Rho { get; init => field = value > 0 && double.IsFinite(value) ? value : throw Bad(nameof(Rho), value, "positive"); } = 1;

    /// <summary>α, the relaxation; 1 for none.</summary>
    /// <value>The default is 1.6.</value>
    public double Relaxation { get; init => field = value is > 0 and < 2 ? value : throw Bad(nameof(Relaxation), value, "above 0 and below 2"); } = 1.6;

    /// <summary>The previous steps that subspace acceleration combines; 0 for the plain method.</summary>
    /// <value>The default is 10.</value>
    public int Memory { get; init => field = value is >= 0 and <= 100 ? value : throw Bad(nameof(Memory), value, "from 0 to 100"); } = 10;

    /// <summary>Whether the last displacement's primal and dual parts are directions of their own; each costs one further step.</summary>
    /// <value>The default is false.</value>
    public bool SplitDisplacement { get; init; }

    /// <summary>The duality gap, over the objective, that is small enough.</summary>
    /// <value>The default is 1e-8.</value>
    public double RelativeGap { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw Bad(nameof(RelativeGap), value, "at least 0"); } = 1e-8;

    /// <summary>Steps after which no further one is begun; those that acceleration tries in vain count too.</summary>
    /// <value>The default is 20 000.</value>
    public int MaxIterations { get; init => field = value > 0 ? value : throw Bad(nameof(MaxIterations), value, "at least 1"); } = 20_000;

    /// <summary>Told the number of steps and the relative duality gap after each step; it is called on the solver's thread.</summary>
    /// <value>The default is null.</value>
    public IProgress<(int Iteration, double RelativeGap)>? Progress { get; init; }

    /// <summary>Ends the solver with <see cref="SaddleStatus.Cancelled"/> and the point that it has.</summary>
    /// <value>The default is none.</value>
    public CancellationToken CancellationToken { get; init; }

    private static ArgumentOutOfRangeException Bad(string option, object value, string needed) => new(nameof(value), value, $"{option} must be {needed}.");
}
