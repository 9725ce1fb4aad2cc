// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Reports;
using Spectre.Console;

namespace MLNetExtensions.Tool;

/// <summary>One run of the quantizer with a progress bar, where somebody watches, and a report.</summary>
internal static class Quantization
{
    public static void Run(string model, string target, OnnxQuantizationOptions options, string? reportPath, bool json, TextWriter output)
    {
        using var loaded = OnnxModel.Load(model);
        var report = WithProgress(output, quiet: json, progress => OnnxQuantizer.Quantize(loaded, options with { Progress = progress }));
        string? draft = reportPath is null ? null : WriteDraft(reportPath, report);
        try
        {
            loaded.Save(target, new OnnxSaveOptions { CancellationToken = options.CancellationToken });
            if (draft is not null)
            {
                File.Move(draft, reportPath!, overwrite: true);
            }
        }
        catch when (draft is not null)
        {
            File.Delete(draft);
            throw;
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

    // Before the model is saved, so that a report that cannot be written stops the run while nothing has changed.
    private static string WriteDraft(string reportPath, QuantizationReport report)
    {
        string draft = $"{reportPath}.{Path.GetRandomFileName()}.tmp";
        File.WriteAllText(draft, report.ToJson());
        return draft;
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
