// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Numerics;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.Numerics;

/// <summary>Our matrix product beside OpenBLAS, one thread each, on the same operands in the same run.</summary>
public sealed class GemmBenchmark : IBenchmark
{
    private const int Rounds = 21;
    private const double OperationsOfARound = 1e8;
    private const double TargetRatio = 0.75;
    private static readonly int[] Sizes = [128, 256, 512, 1024];
    private static readonly (string Name, bool TransposeA, bool TransposeB)[] Forms = [("A B", false, false), ("A B'", false, true), ("A' B", true, false), ("A' B'", true, true)];
    private static readonly (int Rows, int Columns)[] Vectors = [(256, 123), (4096, 123), (1024, 1024), (4096, 4096)];
    private static readonly string[] Columns = ["product", "ours GFLOP/s", "OpenBLAS", "ratio"];

    /// <inheritdoc/>
    public string Name => "gemm";

    /// <inheritdoc/>
    public string Summary => "single-precision matrix products on one thread beside OpenBLAS";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var openBlas = OpenBlas.TryLoad();
        report.Say(openBlas is null
            ? "OpenBLAS is not installed, so there is nothing to compare with (Debian: apt-get install libopenblas0-pthread)."
            : $"Baseline: {openBlas.Configuration}, one thread.");
        report.Add("openblas", openBlas?.Configuration ?? "absent");
        var table = new Table().Title($"One thread, medians of {Rounds} interleaved rounds").Border(TableBorder.Rounded).AddColumns(Columns);
        foreach (int size in Sizes)
        {
            double slowest = double.PositiveInfinity;
            foreach (var (form, transposeA, transposeB) in Forms)
            {
                float[] a = Operand(size * size, 1), b = Operand(size * size, 2), ours = new float[size * size], theirs = new float[size * size];
                double ratio = Measure(
                    table, report, $"{form}, {size}", 2.0 * size * size * size, ours, theirs,
                    () => MatrixProduct.Multiply(a, transposeA, b, transposeB, ours, size, size, size),
                    openBlas is null ? null : () => openBlas.Multiply(a, transposeA, b, transposeB, theirs, size, size, size));
                slowest = Math.Min(slowest, ratio);
            }
            Judge(report, size, slowest, openBlas is not null);
        }
        foreach (var (rows, columns) in Vectors)
        {
            foreach (bool transposed in new[] { false, true })
            {
                int length = transposed ? columns : rows, inner = transposed ? rows : columns;
                float[] a = Operand(rows * columns, 1), x = Operand(inner, 2), ours = new float[length], theirs = new float[length];
                Measure(
                    table, report, $"{(transposed ? "A' x" : "A x")}, {rows} x {columns}", 2.0 * rows * columns, ours, theirs,
                    () => MatrixProduct.Multiply(a, transposed, x, false, ours, length, 1, inner),
                    openBlas is null ? null : () => openBlas.MultiplyVector(a, transposed, x, theirs, rows, columns));
            }
        }
        report.Show(table);
    }

    // The issue's figure is that of the slowest of the four forms.
    private static void Judge(BenchmarkReport report, int size, double ratio, bool hasBaseline)
    {
        if (!hasBaseline)
        {
            return;
        }
        if (size >= 256)
        {
            report.AtLeast($"slowest_form_over_openblas_{size}", ratio, TargetRatio);
        }
        else
        {
            report.Add($"slowest_form_over_openblas_{size}", ratio);
        }
    }

    private static double Measure(Table table, BenchmarkReport report, string name, double operations, float[] ours, float[] theirs, Action our, Action? their)
    {
        int repeats = Math.Max(1, (int)(OperationsOfARound / operations));
        Action repeated = () => Repeat(our, repeats);
        double[] seconds = their is null ? InterleavedTimer.Medians(Rounds, repeated) : InterleavedTimer.Medians(Rounds, repeated, () => Repeat(their, repeats));
        double rate = operations * repeats / seconds[0] * 1e-9, ratio = double.NaN;
        report.Add($"{name}, GFLOP/s", rate);
        if (their is not null)
        {
            double largest = ours.Max(Math.Abs);
            double difference = ours.Zip(theirs, (left, right) => Math.Abs(left - right)).Max() / largest;
            if (!(difference <= 1e-4))
            {
                throw new InvalidOperationException($"{name}: the results differ by {difference} of the largest value.");
            }
            ratio = seconds[1] / seconds[0];
            report.Add($"{name}, over OpenBLAS", ratio);
        }
        table.AddRow(Markup.Escape(name), Text(rate, "F1"), their is null ? "" : Text(rate / ratio, "F1"), their is null ? "" : Text(ratio, "F2"));
        return ratio;
    }

    private static void Repeat(Action action, int times)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    private static float[] Operand(int length, ulong stream)
    {
        float[] values = new float[length];
        new RandomStream(1, stream).FillUniform(values, -1, 1);
        return values;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
