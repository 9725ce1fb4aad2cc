// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Samples.QuantizeMnist;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 120;
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
}
string folder = Directory.CreateTempSubdirectory("mlnetx-demo-").FullName;
try
{
    string? dataFolder = MnistFiles.FindDataFolder();
    var mnist = MnistFiles.LoadTestSet(dataFolder);
    var digits = mnist ?? SyntheticDigits.Draw(count: 10_000, seed: 3);
    AnsiConsole.MarkupLineInterpolated($"[bold]INT4 quantization, through ML.NET and back[/] - {digits.Images.Length:N0} {digits.Name}");
    var networks = mnist is null ? [DemoNetwork.TrainGlyphs(folder)] : DemoNetwork.FromDataFolder(dataFolder!);

    var demo = new Demo(digits, folder);
    var results = new List<DemoResult>();
    AnsiConsole.Progress().HideCompleted(false).Start(progress =>
    {
        foreach (var network in networks)
        {
            var task = progress.AddTask(Markup.Escape(network.Name), maxValue: 1);
            results.Add(demo.Run(network, (step, fraction) =>
            {
                task.Description = Markup.Escape($"{network.Name}: {step}");
                task.Value = fraction;
            }));
        }
    });
    Show(results);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static void Show(IReadOnlyList<DemoResult> results)
{
    var table = new Table().RoundedBorder();
    table.AddColumn(new TableColumn("network").NoWrap().PadRight(0));
    foreach (string heading in new[] { "fp32", "INT4", "fp32 kB", "INT4 kB", "ratio", "batched", "ML.NET", "times" })
    {
        table.AddColumn(new TableColumn(heading).RightAligned().NoWrap().PadRight(0));
    }
    foreach (var result in results)
    {
        table.AddRow(
            Markup.Escape(result.Network), $"{100 * result.FloatAccuracy:F2}", $"{100 * result.QuantizedAccuracy:F2}",
            $"{result.FloatBytes / 1000.0:F1}", $"{result.QuantizedBytes / 1000.0:F1}", $"{(double)result.QuantizedBytes / result.FloatBytes:F3}",
            $"{result.BatchedRowsPerSecond:N0}", $"{result.RowByRowRowsPerSecond:N0}", $"{result.BatchedRowsPerSecond / result.RowByRowRowsPerSecond:F1}");
    }
    AnsiConsole.Write(table);
    AnsiConsole.WriteLine("fp32, INT4: accuracy in percent, the latter of the model that ML.NET loaded");
    AnsiConsole.WriteLine("(blocks of 32, integer zero points); then the sizes of the files.");
    AnsiConsole.WriteLine("batched, ML.NET: rows per second of the INT4 model by ApplyOnnxModelBatched");
    AnsiConsole.WriteLine("and by ML.NET's own ApplyOnnxModel, best of 3.");
}
