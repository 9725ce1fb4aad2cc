// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Reports;
using Spectre.Console;

namespace MLNetExtensions.Tool;

/// <summary>Reports as console tables.</summary>
internal static class Tables
{
    private const int WidthOfFiles = 200;

    public static Table Of(IReadOnlyList<TensorReport> tensors, bool errors)
    {
        var table = new Table().RoundedBorder();
        table.AddColumn("tensor").AddColumn("shape");
        table.AddColumn(new TableColumn("groups").RightAligned()).AddColumn(new TableColumn("bits").RightAligned());
        if (errors)
        {
            table.AddColumn(new TableColumn("error").RightAligned()).AddColumn(new TableColumn("SQNR dB").RightAligned());
        }
        table.AddColumn(new TableColumn("bytes").RightAligned()).AddColumn(new TableColumn("after").RightAligned());
        table.AddColumn("in ONNX Runtime");
        foreach (var tensor in tensors)
        {
            table.AddRow([.. Cells(tensor, errors).Select(text => new Text(text))]);
        }
        return table;
    }

    public static void Write(TextWriter output, Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (output != Console.Out || Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfFiles;
        }
        console.Write(table);
    }

    private static IEnumerable<string> Cells(TensorReport tensor, bool errors)
    {
        yield return tensor.Name;
        yield return string.Join(" x ", tensor.Shape);
        yield return tensor.Groups > 0 ? $"{tensor.Groups:N0} of {tensor.GroupSize}" : "";
        yield return $"{tensor.Bits}";
        if (errors)
        {
            yield return tensor.NormalizedSquaredError is { } error ? $"{error:E2}" : "";
            yield return tensor.SignalToNoise is { } ratio ? $"{ratio:F1}" : "";
        }
        yield return $"{tensor.BytesBefore:N0}";
        yield return $"{tensor.BytesAfter:N0}";
        yield return tensor.Path switch
        {
            RuntimePath.Fused => $"fused: {tensor.Explanation}",
            RuntimePath.DequantizedAtEachRun => $"dequantized at each run: {tensor.Explanation}",
            _ => $"not quantized: {tensor.Explanation}",
        };
    }
}
