// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Solvers;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.Quantization;

/// <summary>The squared error of every solver and form on random weights, and the speed of the exact solver.</summary>
public sealed class QuantizerMseBenchmark : IBenchmark
{
    private const int Side = 1024;

    private static readonly (QuantizationForm Form, string[] Solvers)[] Rows =
    [
        (QuantizationForm.Symmetric, ["exact", "golden-section", "grid", "alternating", "signed-max", "full-range", "max-abs"]),
        (QuantizationForm.PositiveScale, ["exact", "golden-section", "grid", "alternating", "full-range", "max-abs"]),
        (QuantizationForm.Asymmetric, ["exact", "golden-section", "grid", "alternating", "max-abs"]),
        (QuantizationForm.RealOffset, ["exact", "golden-section", "grid", "alternating", "max-abs"]),
    ];

    /// <inheritdoc/>
    public string Name => "quantizer-mse";

    /// <inheritdoc/>
    public string Summary => "squared error of each scale solver on random weights, and the speed of the exact one";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        float[] gaussian = UnitVarianceWeights.Gaussian(Side * Side, seed: 0);
        float[] laplace = UnitVarianceWeights.Laplace(Side * Side, seed: 0);
        CompareErrors(report, gaussian, laplace);
        new QuantizerSpeed(gaussian, Side).Measure(report);
    }

    private static void CompareErrors(BenchmarkReport report, float[] gaussian, float[] laplace)
    {
        (string Name, float[] Weights, GroupLayout Layout)[] cells =
        [
            .. from source in new[] { (Name: "gaussian", Weights: gaussian), (Name: "laplace", Weights: laplace) }
               from grouping in new[]
               {
                   (Name: "b32", Layout: GroupLayout.Blocks(Side, Side, 1, 32)),
                   (Name: "b128", Layout: GroupLayout.Blocks(Side, Side, 1, 128)),
                   (Name: "channel", Layout: GroupLayout.PerChannel(1, Side, Side)),
               }
               select ($"{source.Name} {grouping.Name}", source.Weights, grouping.Layout),
        ];
        Table table = new Table().Title("Mean squared error (x 1e-3), unit variance, 1024 x 1024").Border(TableBorder.Rounded).AddColumn("form, solver");
        foreach ((string name, _, _) in cells)
        {
            table.AddColumn(new TableColumn(name.Replace(' ', '\n')).RightAligned());
        }
        int beaten = 0;
        foreach ((QuantizationForm form, string[] solvers) in Rows)
        {
            table.AddRow($"[bold]{form}[/]");
            double[] exact = new double[cells.Length];
            foreach (string solver in solvers)
            {
                List<string> row = ["  " + solver];
                for (int c = 0; c < cells.Length; c++)
                {
                    QuantizedTensor tensor = GroupQuantizer.Quantize(cells[c].Weights, cells[c].Layout, form, ScaleSolvers.ByName(solver));
                    double error = tensor.SquaredError / (Side * Side);
                    exact[c] = solver == "exact" ? error : exact[c];
                    beaten += error < exact[c] * (1 - 1e-9) ? 1 : 0;
                    report.Add($"mse {form} {solver} {cells[c].Name}", error);
                    row.Add((error * 1e3).ToString("F3", CultureInfo.InvariantCulture));
                }
                table.AddRow([.. row]);
            }
        }
        report.Show(table);
        report.AtMost("cells where exact is not the best", beaten, 0);
        report.AtMost("exact Symmetric gaussian b32", Exact(gaussian, QuantizationForm.Symmetric), 6.60e-3);
        report.AtMost("exact Asymmetric gaussian b32", Exact(gaussian, QuantizationForm.Asymmetric), 5.90e-3);
        report.AtMost("exact RealOffset gaussian b32", Exact(gaussian, QuantizationForm.RealOffset), 5.40e-3);
    }

    private static double Exact(float[] weights, QuantizationForm form) =>
        GroupQuantizer.Quantize(weights, GroupLayout.Blocks(Side, Side, 1, 32), form, ScaleSolvers.Exact).SquaredError / weights.Length;
}
