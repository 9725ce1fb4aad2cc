// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Reports;
using Spectre.Console;

namespace MLNetExtensions.Tool;

/// <summary>One run of the quantizer with a progress bar, where somebody watches, and a report.</summary>
internal static class Quantization
{
    public static void Run(string model, string target, OnnxQuantizationOptions options, string? reportPath, bool json, TextWriter output)
    {
        var report = WithProgress(output, quiet: json, progress => OnnxQuantizer.Quantize(model, target, options with { Progress = progress }));
        if (reportPath is not null)
        {
            File.WriteAllText(reportPath, report.ToJson());
        }
        if (json)
        {
            output.WriteLine(report.ToJson());
            return;
        }
        Tables.Write(output, Tables.Of(report.Tensors, errors: true));
        output.WriteLine($"{target}: {report.QuantizedTensors} of {report.Tensors.Count} tensors quantized, {report.QuantizedBytesBefore:N0} -> {report.QuantizedBytesAfter:N0} bytes of weights (x {report.BytesRatio:F3}), ONNX Runtime {report.FactsOfVersion}.");
        if (report.OpsetObstacle is { } obstacle)
        {
            output.WriteLine($"The opset stays at {report.OpsetBefore}: {obstacle}.");
        }
    }

    private static QuantizationReport WithProgress(TextWriter output, bool quiet, Func<IProgress<QuantizationProgress>?, QuantizationReport> quantize)
    {
        if (quiet || Console.IsOutputRedirected || output != Console.Out)
        {
            return quantize(null);
        }
        QuantizationReport? report = null;
        AnsiConsole.Progress().AutoClear(true).Start(display =>
        {
            var bar = display.AddTask("quantizing", maxValue: 1);
            report = quantize(new Progress<QuantizationProgress>(state =>
            {
                bar.Description = Markup.Escape(state.Tensor);
                bar.Value = state.Fraction;
            }));
        });
        return report!;
    }
}
