// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security;
using System.Text;

namespace MLNetExtensions.Benchmarks.Harness;

/// <summary>Lines in a square of a figure. Both axes begin and end at the data; the vertical one may be logarithmic.</summary>
/// <param name="title">What stands above it.</param>
/// <param name="horizontal">What the horizontal axis counts.</param>
/// <param name="vertical">What the vertical axis measures.</param>
/// <param name="logarithmic">Whether equal ratios are equally far apart on the vertical axis.</param>
public sealed class SvgChart(string title, string horizontal, string vertical, bool logarithmic = false)
{
    /// <summary>The width of a chart with its labels.</summary>
    public const int Width = 420;

    /// <summary>The height of a chart with its labels.</summary>
    public const int Height = 320;

    private const int Left = 64, Top = 34, PlotWidth = Width - Left - 14, PlotHeight = Height - Top - 46;

    private readonly List<(string Name, (double X, double Y)[] Points)> _lines = [];

    /// <summary>The names of the lines, in the order in which they were added.</summary>
    public IEnumerable<string> Names => _lines.Select(line => line.Name);

    /// <summary>Adds a line; it has a gap where a point is not finite or, on a logarithmic axis, not positive.</summary>
    public void Add(string name, IEnumerable<(double X, double Y)> points) => _lines.Add((name, [.. points]));

    /// <summary>Writes the chart as an SVG group.</summary>
    /// <param name="svg">Where to.</param>
    /// <param name="x">Its left edge.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="strokeOf">The attributes of a line of a name.</param>
    /// <param name="clip">A name for its clipping path, unique in the file.</param>
    internal void Write(StringBuilder svg, int x, int y, Func<string, string> strokeOf, string clip)
    {
        var shown = _lines.SelectMany(line => line.Points).Where(IsShown).ToArray();
        if (shown.Length == 0)
        {
            throw new InvalidOperationException($"The chart '{title}' has no points.");
        }
        ChartAxis across = new(shown.Min(p => p.X), shown.Max(p => p.X), logarithmic: false);
        ChartAxis up = new(shown.Min(p => p.Y), shown.Max(p => p.Y), logarithmic);
        svg.Append(Invariant($"<g transform=\"translate({x},{y})\">\n"));
        Text(svg, Left + (PlotWidth / 2), 20, "middle", title, "font-weight=\"bold\" ");
        Text(svg, Left + (PlotWidth / 2), Height - 8, "middle", horizontal);
        Text(svg, 14, Top + (PlotHeight / 2), "middle", vertical, Invariant($"transform=\"rotate(-90 14 {Top + (PlotHeight / 2)})\" "));
        foreach (double tick in across.Ticks())
        {
            string at = Coordinate(Left + (across.Part(tick) * PlotWidth));
            svg.Append(Invariant($"<line x1=\"{at}\" x2=\"{at}\" y1=\"{Top}\" y2=\"{Top + PlotHeight}\" stroke=\"#ddd\"/>\n"));
            Text(svg, at, Coordinate(Top + PlotHeight + 16), "middle", ChartAxis.Label(tick));
        }
        foreach (double tick in up.Ticks())
        {
            double at = Top + ((1 - up.Part(tick)) * PlotHeight);
            svg.Append(Invariant($"<line x1=\"{Left}\" x2=\"{Left + PlotWidth}\" y1=\"{Coordinate(at)}\" y2=\"{Coordinate(at)}\" stroke=\"#ddd\"/>\n"));
            Text(svg, Coordinate(Left - 6), Coordinate(at + 4), "end", ChartAxis.Label(tick));
        }
        svg.Append(Invariant($"<clipPath id=\"{clip}\"><rect x=\"{Left}\" y=\"{Top}\" width=\"{PlotWidth}\" height=\"{PlotHeight}\"/></clipPath>\n"));
        foreach (var (name, points) in _lines)
        {
            svg.Append(Invariant($"<path clip-path=\"url(#{clip})\" fill=\"none\" {strokeOf(name)} d=\"{PathOf(points, across, up)}\"/>\n"));
        }
        svg.Append(Invariant($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{PlotWidth}\" height=\"{PlotHeight}\" fill=\"none\" stroke=\"#444\"/>\n</g>\n"));
    }

    private string PathOf((double X, double Y)[] points, ChartAxis across, ChartAxis up)
    {
        StringBuilder path = new();
        bool down = false;
        foreach (var point in points)
        {
            if (IsShown(point))
            {
                path.Append(down ? 'L' : 'M').Append(Coordinate(Left + (across.Part(point.X) * PlotWidth))).Append(' ')
                    .Append(Coordinate(Top + ((1 - up.Part(point.Y)) * PlotHeight)));
                down = true;
            }
            else
            {
                down = false;
            }
        }
        return path.ToString();
    }

    private bool IsShown((double X, double Y) point) => double.IsFinite(point.X) && double.IsFinite(point.Y) && (!logarithmic || point.Y > 0);

    private static void Text(StringBuilder svg, int x, int y, string anchor, string text, string attributes = "") =>
        Text(svg, Coordinate(x), Coordinate(y), anchor, text, attributes);

    private static void Text(StringBuilder svg, string x, string y, string anchor, string text, string attributes = "") =>
        svg.Append(Invariant($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" {attributes}>{SecurityElement.Escape(text)}</text>\n"));

    private static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
