// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML;
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Trainers;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Auc;
using MLNetExtensions.Trainers.SaddlePoint.Methods;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>The saddle of AUC: bundles beside MINRES's and first-order methods', the closed form, and the area on a9a beside logistic regressions'.</summary>
public sealed partial class SaddleAucBenchmark : IBenchmark
{
    private const int Seeds = 3;
    private const long Cap = 6_000;

    /// <inheritdoc/>
    public string Name => "saddle-auc";

    /// <inheritdoc/>
    public string Summary => "AUC as a saddle: bundles beside MINRES's, the closed form, and the area on a9a beside logistic regressions'";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Add("construction", AucProblem.Construction);
        report.Add("bundle", "one product with the rows and one with their transpose");
        report.Add("steps", "of first-order methods: the best of the grid on seed 0, then, over the norm of the field's matrix, used on all seeds");
        using ThreadTeam team = new(Environment.ProcessorCount);
        Drawn(report, "cond 1e2, rho 1e-3", 1e2, 1e-3, team, withRivals: true);
        Drawn(report, "cond 1e4, rho 1e-5", 1e4, 1e-5, team, withRivals: false);
        People(report);
    }

    private static void Drawn(BenchmarkReport report, string name, double condition, double l2, ThreadTeam team, bool withRivals)
    {
        AucProblem[] problems = [.. Enumerable.Range(0, Seeds).Select(seed => new AucProblem(condition, l2, (ulong)seed, team))];
        SaddleContest contest = new(report, name, [.. problems.Select(problem => ((ISaddleProblem)problem.Saddle, problem.Start))], [.. problems.Select(problem => problem.Norm())]);
        var ours = contest.Enter("subspace, as AucSaddle takes it", AucSaddleTraining.Method(new AucSaddleOptions()), Cap);
        contest.Enter("subspace, as AucSaddle, memory 1", AucSaddleTraining.Method(new AucSaddleOptions { Memory = 1 }), Cap);
        contest.Enter("subspace, as AucSaddle, memory 10", AucSaddleTraining.Method(new AucSaddleOptions { Memory = 10 }), Cap);
        var other = contest.Enter("subspace, the solver's defaults", new SequentialSubspace(), Cap);
        contest.Enter("subspace, Galerkin", new SequentialSubspace { Step = SubspaceStep.Galerkin }, Cap);
        var krylov = contest.Enter("MINRES", new MinimumResidualKrylov(), Cap);
        if (withRivals)
        {
            SaddleResult[][] rivals = [.. new[] { SteppedMethod.DescentAscent, SteppedMethod.Extragradient, SteppedMethod.Optimistic }.Select(method => contest.Enter(method, Cap))];
            contest.Enter(SteppedMethod.Anderson(20), Cap);
            report.AtLeast($"{name}, least ratio of the best first-order method's bundles", Enumerable.Range(0, Seeds).Min(seed => (double)rivals.Min(results => results[seed].Bundles) / ours[seed].Bundles), 8);
        }
        contest.Show();
        report.AtMost($"{name}, largest ratio of bundles to MINRES's", ours.Zip(krylov, (a, b) => (double)a.Bundles / b.Bundles).Max(), 1.1);
        report.Add($"{name}, largest ratio of bundles to MINRES's by the solver's defaults", other.Zip(krylov, (a, b) => (double)a.Bundles / b.Bundles).Max());
        report.AtMost($"{name}, largest distance from the closed form", problems.Max(Distance), 1e-7);
    }

    // The residual that bundles are counted to says less of the weights where the condition is bad.
    private static double Distance(AucProblem problem) =>
        problem.DistanceFromClosedForm(SaddleSolver.Solve(problem.Saddle, new SaddleSolverOptions { Method = AucSaddleTraining.Method(new AucSaddleOptions()), RelativeTolerance = 1e-13, MaxBundles = Cap }).Primal);

    private static void People(BenchmarkReport report)
    {
        MLContext context = new(1);
        IDataView training = SparseRow.View(context, LibSvmFile.Read("tabular/a9a/a9a", LibSvmFile.A9aFeatures)), test = SparseRow.View(context, LibSvmFile.Read("tabular/a9a/a9a.t", LibSvmFile.A9aFeatures));
        List<(string Name, Func<IDataView, ITransformer> Fit)> logistic = [("SubspaceSgd, logistic loss", data => context.BinaryClassification.Trainers.SubspaceSgd().Fit(data))];
        AddPeers(context, logistic);
        var table = new Table().Title("a9a, defaults").Border(TableBorder.Rounded).AddColumns("trainer", "test AUC", "test log-loss (bits)", "passes over the rows");
        using var ours = context.BinaryClassification.Trainers.AucSaddle().Fit(training);
        double area = Row("AucSaddle", ours, ours.Summary.Passes.ToString(CultureInfo.InvariantCulture));
        report.Add("a9a, passes", ours.Summary.Passes);
        report.Add("a9a, relative residual", ours.Summary.RelativeResidual);
        report.Add("a9a, training AUC", ours.Summary.AreaUnderRocCurve);
        double best = logistic.Max(trainer => Row(trainer.Name, trainer.Fit(training), ""));
        report.Show(table);
        report.AtLeast("a9a, test AUC less that of the best logistic regression", area - best, -0.005);

        double Row(string name, ITransformer model, string passes)
        {
            var metrics = context.BinaryClassification.Evaluate(model.Transform(test));
            report.Add($"a9a, {name}, test AUC", metrics.AreaUnderRocCurve);
            table.AddRow(Markup.Escape(name), metrics.AreaUnderRocCurve.ToString("F5", CultureInfo.InvariantCulture), metrics.LogLoss.ToString("F5", CultureInfo.InvariantCulture), passes);
            return metrics.AreaUnderRocCurve;
        }
    }

    // Microsoft.ML's own, where there is Microsoft.ML.
    static partial void AddPeers(MLContext context, List<(string Name, Func<IDataView, ITransformer> Fit)> trainers);
}
