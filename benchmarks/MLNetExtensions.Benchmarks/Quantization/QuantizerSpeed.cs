// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Solvers;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.Quantization;

/// <summary>Whole-tensor times of the exact solver beside its two yardsticks, all cores, codes and errors included.</summary>
internal sealed class QuantizerSpeed(float[] weights, int side)
{
    private const int Rounds = 5;

    public void Measure(BenchmarkReport report)
    {
        (string Name, string Groups, QuantizationForm Form, IScaleSolver Solver)[] runs =
        [
            ("exact Symmetric b32", "b32", QuantizationForm.Symmetric, ScaleSolvers.Exact),
            ("vector grid 2 x 100 b32", "b32", QuantizationForm.Symmetric, new VectorGridSearch()),
            ("sorted changes b32", "b32", QuantizationForm.Symmetric, new SortedChanges()),
            ("exact PositiveScale b32", "b32", QuantizationForm.PositiveScale, ScaleSolvers.Exact),
            ("exact Asymmetric b32", "b32", QuantizationForm.Asymmetric, ScaleSolvers.Exact),
            ("exact RealOffset b32", "b32", QuantizationForm.RealOffset, ScaleSolvers.Exact),
            ("exact Symmetric channel", "channel", QuantizationForm.Symmetric, ScaleSolvers.Exact),
            ("exact Asymmetric channel", "channel", QuantizationForm.Asymmetric, ScaleSolvers.Exact),
            ("exact RealOffset channel", "channel", QuantizationForm.RealOffset, ScaleSolvers.Exact),
            ("exact Symmetric tensor", "tensor", QuantizationForm.Symmetric, ScaleSolvers.Exact),
        ];
        double[] processorSeconds = new double[runs.Length];
        Action[] actions = [.. runs.Select((run, i) => (Action)(() =>
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            GroupQuantizer.Quantize(weights, Layout(run.Groups), run.Form, run.Solver);
            processorSeconds[i] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }))];
        double[] medians = InterleavedTimer.Medians(Rounds, actions);
        Table table = new Table().Title($"Microseconds per weight, {Environment.ProcessorCount} cores, medians of {Rounds} interleaved rounds").Border(TableBorder.Rounded)
            .AddColumn("run").AddColumn(new TableColumn("elapsed").RightAligned()).AddColumn(new TableColumn("processor").RightAligned())
            .AddColumn(new TableColumn("Mweights/s").RightAligned());
        for (int i = 0; i < runs.Length; i++)
        {
            double microseconds = medians[i] * 1e6 / weights.Length;
            report.Add($"us/weight {runs[i].Name}", microseconds);
            report.Add($"processor us/weight {runs[i].Name}", processorSeconds[i] * 1e6 / weights.Length);
            table.AddRow(runs[i].Name, Text(microseconds, "F4"), Text(processorSeconds[i] * 1e6 / weights.Length, "F4"), Text(1 / microseconds, "F1"));
        }
        report.Show(table);
        report.AtLeast("exact over vector grid, speed", medians[1] / medians[0], 1);
        report.AtLeast("exact over sorted changes, speed", medians[2] / medians[0], 5);
        report.AtMost("exact Symmetric b32, us/weight", medians[0] * 1e6 / weights.Length, 0.08);
    }

    private GroupLayout Layout(string groups) => groups switch
    {
        "b32" => GroupLayout.Blocks(side, side, 1, 32),
        "channel" => GroupLayout.PerChannel(1, side, side),
        "tensor" => GroupLayout.PerTensor(weights.Length),
        _ => throw new UnreachableException(groups),
    };

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
