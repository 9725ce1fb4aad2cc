// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The scale solvers by name. <see cref="Exact"/> is the one to use; the others are there for comparison.</summary>
public static class ScaleSolvers
{
    /// <summary>The global optimum of each group.</summary>
    public static ExactScaleSolver Exact { get; } = new();

    /// <summary>Golden-section search, 25 iterations.</summary>
    public static GoldenSectionSolver GoldenSection { get; } = new();

    /// <summary>The best of 100 evenly spaced scales.</summary>
    public static GridSolver Grid { get; } = new();

    /// <summary>Round to nearest on a grid that spans the group.</summary>
    public static MaxAbsSolver MaxAbs { get; } = new();

    /// <summary>Every name that <see cref="ByName"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["exact", "golden-section", "grid", "max-abs", "signed-max", "full-range", "alternating"];

    /// <summary>The solver of a name, in any case.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="storage">The type in which scales are stored.</param>
    /// <exception cref="ArgumentException">There is no such solver.</exception>
    public static IScaleSolver ByName(string name, ScaleStorage storage = ScaleStorage.SinglePrecision)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.ToLowerInvariant() switch
        {
            "exact" => new ExactScaleSolver(storage),
            "golden-section" => new GoldenSectionSolver(storage: storage),
            "grid" => new GridSolver(storage: storage),
            "max-abs" => new MaxAbsSolver(storage),
            "signed-max" => new SignedMaxSolver(storage),
            "full-range" => new FullRangeSolver(storage),
            "alternating" => new AlternatingSolver(storage: storage),
            _ => throw new ArgumentException($"There is no scale solver '{name}'; the names are {string.Join(", ", Names)}.", nameof(name)),
        };
    }
}
