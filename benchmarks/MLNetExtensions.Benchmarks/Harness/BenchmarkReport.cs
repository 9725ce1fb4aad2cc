// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.Harness;

/// <summary>Collects the figures of one run: tables for the console, and a flat JSON object of named figures.</summary>
public sealed class BenchmarkReport(string name, IAnsiConsole console)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly JsonObject _figures = [];
    private readonly Table _targets = new Table().Title("Targets").Border(TableBorder.Rounded)
        .AddColumn("figure").AddColumn(new TableColumn("measured").RightAligned()).AddColumn(new TableColumn("target").RightAligned()).AddColumn("");

    /// <summary>The number of targets that were missed.</summary>
    public int Missed { get; private set; }

    /// <summary>Records a figure of the result file.</summary>
    public void Add(string figure, double value) => _figures[figure] = double.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Records a text of the result file.</summary>
    public void Add(string figure, string value) => _figures[figure] = value;

    /// <summary>Shows a table.</summary>
    public void Show(Table table) => console.Write(table);

    /// <summary>Shows a line of text.</summary>
    public void Say(string line) => console.WriteLine(line);

    /// <summary>Records a figure together with the value that it must not exceed.</summary>
    public void AtMost(string figure, double value, double target) => Judge(figure, value, target, value <= target, "<=");

    /// <summary>Records a figure together with the value that it must reach.</summary>
    public void AtLeast(string figure, double value, double target) => Judge(figure, value, target, value >= target, ">=");

    /// <summary>Shows what was judged, and writes the result file.</summary>
    /// <returns>The path of the file.</returns>
    public string Finish(string folder)
    {
        if (_targets.Rows.Count > 0)
        {
            console.Write(_targets);
        }
        foreach ((string key, string value) in MachineFacts.All())
        {
            _figures[key] = value;
        }
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name + ".json");
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, _figures.ToJsonString(Indented) + "\n");
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    private void Judge(string figure, double value, double target, bool met, string relation)
    {
        Add(figure, value);
        Missed += met ? 0 : 1;
        _targets.AddRow(
            Markup.Escape(figure),
            value.ToString("G4", CultureInfo.InvariantCulture),
            relation + " " + target.ToString("G4", CultureInfo.InvariantCulture),
            met ? "[green]met[/]" : "[red]MISSED[/]");
    }
}
