// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>ADMM, plain and with subspace acceleration, on published quadratic programs and on the lasso.</summary>
public sealed class SaddleQpBenchmark : IBenchmark
{
    private const int MaxIterations = 20_000, Rows = 200, Columns = 400;
    private const double Tolerance = 1e-9, ObjectiveTolerance = 1e-6;

    private static readonly (string Name, AdmmOptions Options)[] Methods =
    [
        ("plain", Options with { Memory = 0 }),
        ("subspace 10", Options with { Memory = 10 }),
        ("subspace 10 split", Options with { Memory = 10, SplitDisplacement = true }),
    ];

    private static readonly double[] Rhos = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];

    private static readonly (string Name, LassoOptions Options)[] LassoMethods =
    [
        ("plain", new LassoOptions { Memory = 0, Relaxation = 1 }),
        ("plain, relaxation 1.6", new LassoOptions { Memory = 0, Relaxation = 1.6 }),
        ("subspace 10", new LassoOptions { Memory = 10, Relaxation = 1 }),
        ("subspace 10, relaxation 1.6", new LassoOptions { Memory = 10, Relaxation = 1.6 }),
        ("subspace 10 split", new LassoOptions { Memory = 10, Relaxation = 1, SplitDisplacement = true }),
    ];

    private static AdmmOptions Options => new() { AbsoluteTolerance = Tolerance, RelativeTolerance = Tolerance, MaxIterations = MaxIterations, CheckEvery = 5 };

    /// <inheritdoc/>
    public string Name => "saddle-qp";

    /// <inheritdoc/>
    public string Summary => "20 quadratic programs and a lasso by ADMM, plain and with subspace acceleration";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(arguments);
        report.Add("settings", $"OSQP's published defaults: sigma 1e-6, rho 0.1 (equalities 1e3 times), relaxation 1.6, 10 rounds of Ruiz scaling; rho looked at every 50 steps, changed where by 5 times; " +
            $"residuals and gap in the programs' own units within 1e-9 + 1e-9 relative, looked at every 5 steps; {MaxIterations} steps, those tried in vain counted");
        Programs(report, [.. arguments]);
        Lasso(report);
    }

    private static void Programs(BenchmarkReport report, HashSet<string> only)
    {
        Table table = new Table().Title($"ADMM steps to residuals of 1e-9, at most {MaxIterations} (rejected, changes of rho)").Border(TableBorder.Rounded).AddColumn("program").AddColumn(new TableColumn("size").RightAligned());
        Table missed = new Table().Title("Where it did not converge, or the objective differs from the published one").Border(TableBorder.Rounded)
            .AddColumn("program").AddColumn("method").AddColumn("objective").AddColumn("published").AddColumn("error").AddColumn("primal").AddColumn("dual").AddColumn("gap");
        foreach ((string name, _) in Methods)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }
        int[] solved = new int[Methods.Length], within = new int[Methods.Length], steps = new int[Methods.Length], slower = new int[Methods.Length];
        foreach (string[] fields in File.ReadLines(DataFolder.PathOf(Path.Combine("qp", "index.tsv"))).Skip(1).Select(line => line.Split('\t')).Where(fields => only.Count == 0 || only.Contains(fields[0])))
        {
            QuadraticProgram program = QuadraticProgramFile.Read(DataFolder.PathOf(Path.Combine("qp", fields[0] + ".json")));
            double optimum = double.Parse(fields[6], CultureInfo.InvariantCulture);
            List<string> cells = [fields[0], $"{program.Variables} x {program.Rows}"];
            int plain = 0;
            for (int k = 0; k < Methods.Length; k++)
            {
                AdmmResult result = AdmmSolver.Solve(program, Methods[k].Options);
                double error = Math.Abs(result.Objective - optimum) / Math.Max(1, Math.Abs(optimum));
                bool met = result.Status == SaddleStatus.Converged && error <= ObjectiveTolerance;
                within[k] += error <= ObjectiveTolerance ? 1 : 0;
                solved[k] += met ? 1 : 0;
                steps[k] += result.Iterations;
                plain = k == 0 ? result.Iterations : plain;
                slower[k] += result.Iterations > plain ? 1 : 0;
                Record(report, $"{fields[0]} {Methods[k].Name}", result, error);
                cells.Add($"{(result.Status == SaddleStatus.Converged ? "" : "> ")}{result.Iterations} ({result.Rejected}, {result.RhoUpdates})");
                if (!met)
                {
                    missed.AddRow(fields[0], Methods[k].Name, $"{result.Objective:G8}", $"{optimum:G8}", Short(error), Short(result.PrimalResidual), Short(result.DualResidual), Short(result.DualityGap));
                }
            }
            table.AddRow([.. cells]);
        }
        report.Show(table);
        report.Show(missed);
        for (int k = 0; k < Methods.Length; k++)
        {
            report.AtLeast($"objective within 1e-6 {Methods[k].Name}", within[k], 14);
            report.AtLeast($"the same, and residuals within 1e-9 {Methods[k].Name}", solved[k], 14);
            report.Add($"programs with more steps than plain {Methods[k].Name}", slower[k]);
            report.Add($"steps of all programs {Methods[k].Name}", steps[k]);
        }
    }

    private static void Record(BenchmarkReport report, string figure, AdmmResult result, double error)
    {
        report.Add($"{figure} status", result.Status.ToString());
        report.Add($"{figure} steps", result.Iterations);
        report.Add($"{figure} rejected", result.Rejected);
        report.Add($"{figure} rho updates", result.RhoUpdates);
        report.Add($"{figure} objective error", error);
        report.Add($"{figure} primal residual", result.PrimalResidual);
        report.Add($"{figure} dual residual", result.DualResidual);
        report.Add($"{figure} duality gap", result.DualityGap);
    }

    private static void Lasso(BenchmarkReport report)
    {
        LassoDraw draw = new(Rows, Columns, nonZeros: 20, seed: 1);
        LassoProblem problem = draw.Problem(share: 0.1);
        (int epochs, double least) = draw.CoordinateDescent(problem, relativeGap: 1e-8);
        Table table = new Table().Title($"Lasso {Rows} x {Columns}, penalty 0.1 of the largest: steps to a relative duality gap of 1e-8 (coordinate descent: {epochs} epochs)").Border(TableBorder.Rounded).AddColumn("method");
        report.Add("lasso coordinate descent epochs", epochs);
        foreach (double rho in Rhos)
        {
            table.AddColumn(new TableColumn($"rho {rho.ToString(CultureInfo.InvariantCulture)}").RightAligned());
        }
        double worst = 0;
        foreach ((string name, LassoOptions options) in LassoMethods)
        {
            List<string> cells = [name];
            foreach (double rho in Rhos)
            {
                LassoResult result = LassoSolver.Solve(problem, options with { Rho = rho });
                worst = Math.Max(worst, Math.Abs(result.Objective - least) / least);
                report.Add($"lasso {name} rho {rho.ToString(CultureInfo.InvariantCulture)} steps", result.Status == SaddleStatus.Converged ? result.Iterations : double.PositiveInfinity);
                cells.Add(result.Status == SaddleStatus.Converged ? $"{result.Iterations}" : "-");
            }
            table.AddRow([.. cells]);
        }
        report.Show(table);
        report.AtMost("lasso largest difference of an objective from coordinate descent's", worst, 2e-8);
    }

    private static string Short(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
