// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>How to solve a saddle-point problem, and when to stop. Every value is checked where it is set.</summary>
public sealed record SaddleSolverOptions
{
    /// <summary>The method.</summary>
    /// <value>The default is sequential subspace optimisation with minimum residual.</value>
    public ISaddleMethod Method { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new SequentialSubspace();

    /// <summary>Where to begin: x, then y; null for zeros.</summary>
    /// <value>The default is null.</value>
    public IReadOnlyList<double>? Start { get; init; }

    /// <summary>The residual, over that at the start, at which a point counts as a solution; so does one whose residual no longer falls and is as small as rounding lets it be.</summary>
    /// <value>The default is 1e-8.</value>
    public double RelativeTolerance { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw Bad(nameof(RelativeTolerance), value); } = 1e-8;

    /// <summary>The residual that is added to what the relative tolerance allows.</summary>
    /// <value>The default is 0.</value>
    public double AbsoluteTolerance { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw Bad(nameof(AbsoluteTolerance), value); }

    /// <summary>The work after which no further step is begun, in bundles.</summary>
    /// <value>The default is 10 000.</value>
    public long MaxBundles { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(MaxBundles)} must be at least 1."); } = 10_000;

    /// <summary>Where an earlier solve of the same problem ended: this one goes on as if it had not, with the earlier one's method; null to begin anew.</summary>
    /// <value>The default is null.</value>
    public SaddleState? Resume { get; init; }

    /// <summary>Where an earlier solve of a similar problem ended: this one begins at its point with what it remembers, with the earlier one's method; null to begin anew. Residuals are then relative to the one there or at zeros, whichever is larger.</summary>
    /// <value>The default is null.</value>
    public SaddleState? WarmStart { get; init; }

    /// <summary>Told after each step; it is called on the solver's thread.</summary>
    /// <value>The default is null.</value>
    public IProgress<SaddleProgress>? Progress { get; init; }

    /// <summary>Ends the solver with <see cref="SaddleStatus.Cancelled"/> and the point that it has.</summary>
    /// <value>The default is none.</value>
    public CancellationToken CancellationToken { get; init; }

    private static ArgumentOutOfRangeException Bad(string option, double value) => new(nameof(value), value, $"{option} must be finite and at least 0.");
}
