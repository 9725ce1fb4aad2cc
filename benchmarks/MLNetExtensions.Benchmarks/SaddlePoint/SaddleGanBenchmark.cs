// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Games;
using MLNetExtensions.Trainers.SaddlePoint.Methods;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>A generative adversarial network on eight Gaussians: what each method's generator covers, and how small it makes the field.</summary>
public sealed class SaddleGanBenchmark : IBenchmark
{
    private const int Rows = 64, FreshRows = 2000;
    private const long Budget = 4000;

    private static readonly ulong[] Seeds = [1, 2, 3, 4, 5];
    private static readonly double[] Steps = [0.02, 0.05, 0.1, 0.2, 0.4];
    private readonly GaussianRing _ring = new();
    private readonly DenseMatrix _fresh = Noise(FreshRows, 3);

    /// <inheritdoc/>
    public string Name => "saddle-gan";

    /// <inheritdoc/>
    public string Summary => "a generative adversarial network on eight Gaussians: modes covered and residual after equal work";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Add("game", $"generator and discriminator with 16 + 16 tanh, {Rows} samples of 8 Gaussians (radius 1, standard deviation 0.1), {Rows} noise vectors, penalties 1e-4 and 1e-3; {FreshRows} points of other noise are judged");
        report.Add("budget", $"{Budget} bundles; twice as many for alternating descent-ascent and Anderson, which pay a whole bundle for half of a field");
        report.Add("steps", $"best of {string.Join(' ', Steps.Select(step => step.ToString(CultureInfo.InvariantCulture)))} on seed {Seeds[0]}: most modes covered, then most points near one");
        var table = new Table().Title($"Eight Gaussians after {Budget} bundles: modes covered, points near a mode, residual over the first; {Seeds.Length} seeds").Border(TableBorder.Rounded)
            .AddColumns("method", "step", "modes", "near", "relative residual");
        Outcome[] before = [.. Seeds.Select(seed => new Outcome(_ring.Cover(Game().Generate(Game().Initialize(seed), _fresh)), 1))];
        Add(report, table, "start", "", before);
        (string Name, Func<double, ISaddleMethod> At)[] stepped =
        [
            ("descent-ascent", step => new GradientDescentAscent { Step = step }),
            ("alternating descent-ascent", step => new GradientDescentAscent { Step = step, Order = UpdateOrder.Alternating }),
            ("extragradient", step => new Extragradient { Step = step }),
            ("optimistic gradient", step => new OptimisticGradient { Step = step }),
            ("restarted Anderson(10)", step => new RestartedAnderson { Step = step }),
        ];
        foreach (var (name, at) in stepped)
        {
            long budget = HasHalves(name) ? 2 * Budget : Budget;
            double best = Steps.MaxBy(step => Rank(Train(at(step), Seeds[0], budget)));
            Add(report, table, HasHalves(name) ? $"{name}, {budget} bundles" : name, best.ToString(CultureInfo.InvariantCulture), [.. Seeds.Select(seed => Train(at(best), seed, budget))]);
        }
        foreach (var (name, method) in new (string, ISaddleMethod)[] { ("subspace (defaults)", new SequentialSubspace()), ("subspace, hybrid", new SequentialSubspace { Step = SubspaceStep.Hybrid }) })
        {
            Outcome[] outcomes = [.. Seeds.Select(seed => Train(method, seed, Budget))];
            Add(report, table, name, "none", outcomes);
            report.AtLeast($"{name}, seeds with more modes than at the start", before.Zip(outcomes).Count(pair => pair.Second.Coverage.Covered > pair.First.Coverage.Covered), Seeds.Length - 1);
        }
        report.Show(table);
    }

    // Methods that ask for the field's halves pay a whole bundle for each in this game, though much of a half is left out: they get twice the bundles, so as many steps.
    private static bool HasHalves(string method) => method.StartsWith("alternating", StringComparison.Ordinal) || method.Contains("Anderson", StringComparison.Ordinal);

    // Modes first, then points near one; a tie goes to the shorter step, which comes first.
    private static double Rank(Outcome outcome) => outcome.Coverage.Covered + outcome.Coverage.NearShare;

    private Outcome Train(ISaddleMethod method, ulong seed, long budget)
    {
        var game = Game();
        var result = SaddleSolver.Solve(game, new() { Method = method, Start = game.Initialize(seed), MaxBundles = budget, RelativeTolerance = 1e-5 });
        return new Outcome(_ring.Cover(game.Generate(result.Primal, _fresh)), result.RelativeResidual);
    }

    private AdversarialGame Game()
    {
        var network = NetworkSpec.Mlp([16, 16], new Tanh());
        return new AdversarialGame(network, network, _ring.Draw(Rows, 1), Noise(Rows, 2));
    }

    private static void Add(BenchmarkReport report, Table table, string method, string step, Outcome[] outcomes)
    {
        for (int i = 0; i < outcomes.Length; i++)
        {
            report.Add($"{method}, seed {Seeds[i]}, modes covered", outcomes[i].Coverage.Covered);
            report.Add($"{method}, seed {Seeds[i]}, share near a mode", outcomes[i].Coverage.NearShare);
            report.Add($"{method}, seed {Seeds[i]}, relative residual", outcomes[i].Residual);
        }
        report.Add($"{method}, step", step);
        table.AddRow(
            method, step, string.Join(' ', outcomes.Select(outcome => outcome.Coverage.Covered)),
            string.Join(' ', outcomes.Select(outcome => outcome.Coverage.NearShare.ToString("F2", CultureInfo.InvariantCulture))),
            string.Join(' ', outcomes.Select(outcome => outcome.Residual.ToString("0e+0", CultureInfo.InvariantCulture))));
    }

    private static DenseMatrix Noise(int rows, ulong seed)
    {
        DenseMatrix noise = new(rows, 2);
        new RandomStream(seed).FillNormal(noise.Values, 1);
        return noise;
    }

    private sealed record Outcome(ModeCoverage Coverage, double Residual);
}
