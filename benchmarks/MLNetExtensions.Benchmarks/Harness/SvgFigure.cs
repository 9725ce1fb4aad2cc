// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security;
using System.Text;

namespace MLNetExtensions.Benchmarks.Harness;

/// <summary>Charts side by side in one SVG file, with one legend: a line of a name looks the same in all of them.</summary>
public sealed class SvgFigure(string title, int chartsInARow)
{
    private const int TitleHeight = 34, LegendHeight = 26, LegendEntry = 270;

    // Okabe and Ito's colours, told apart by those who see no red and green; dashes where prints have no colour.
    private static readonly string[] Strokes =
    [
        "stroke=\"#000000\" stroke-width=\"2\"",
        "stroke=\"#E69F00\" stroke-width=\"2\"",
        "stroke=\"#009E73\" stroke-width=\"2\" stroke-dasharray=\"2 3\"",
        "stroke=\"#0072B2\" stroke-width=\"2\" stroke-dasharray=\"8 3\"",
        "stroke=\"#CC79A7\" stroke-width=\"2\" stroke-dasharray=\"5 3 1 3\"",
        "stroke=\"#D55E00\" stroke-width=\"2\" stroke-dasharray=\"1 2\"",
        "stroke=\"#56B4E9\" stroke-width=\"2\"",
    ];

    private readonly List<SvgChart> _charts = [];

    /// <summary>Adds a chart to the right of the last one, or below.</summary>
    public void Add(SvgChart chart) => _charts.Add(chart);

    /// <summary>Writes the file.</summary>
    public void Save(string path)
    {
        string[] names = [.. _charts.SelectMany(chart => chart.Names).Distinct()];
        if (names.Length > Strokes.Length)
        {
            throw new InvalidOperationException($"There are {names.Length} lines and {Strokes.Length} ways to draw one.");
        }
        int columns = Math.Min(chartsInARow, _charts.Count), rows = (_charts.Count + chartsInARow - 1) / chartsInARow;
        int width = columns * SvgChart.Width, entriesInARow = Math.Max(1, width / LegendEntry), legendRows = (names.Length + entriesInARow - 1) / entriesInARow;
        int legendTop = TitleHeight + (rows * SvgChart.Height), height = legendTop + (legendRows * LegendHeight) + 8;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ");
        svg.Append("font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{width / 2}\" y=\"22\" text-anchor=\"middle\" font-size=\"15\" font-weight=\"bold\">{SecurityElement.Escape(title)}</text>\n");
        for (int i = 0; i < _charts.Count; i++)
        {
            _charts[i].Write(svg, i % chartsInARow * SvgChart.Width, TitleHeight + (i / chartsInARow * SvgChart.Height), name => Strokes[Array.IndexOf(names, name)], $"plot{i}");
        }
        for (int i = 0; i < names.Length; i++)
        {
            int x = 20 + (i % entriesInARow * LegendEntry), y = legendTop + (i / entriesInARow * LegendHeight) + 14;
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x} {y}h36\" fill=\"none\" {Strokes[i]}/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 44}\" y=\"{y + 4}\">{SecurityElement.Escape(names[i])}</text>\n");
        }
        svg.Append("</svg>\n");
        File.WriteAllText(path, svg.ToString());
    }
}
