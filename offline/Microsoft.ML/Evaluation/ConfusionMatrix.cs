// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>How often each class was taken for each.</summary>
public sealed class ConfusionMatrix
{
    private readonly string[] _names;
    private readonly string _title;

    /// <param name="counts">Rows are true classes, columns those predicted.</param>
    /// <param name="names">The names of the classes.</param>
    /// <param name="title">What stands before the table.</param>
    internal ConfusionMatrix(double[][] counts, string[] names, string title)
    {
        Counts = counts;
        _names = names;
        _title = title;
        PerClassRecall = [.. counts.Select((row, i) => Ratio(row[i], row.Sum()))];
        PerClassPrecision = [.. counts.Select((row, i) => Ratio(row[i], counts.Sum(other => other[i])))];
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses => Counts.Count;

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        Check(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        Check(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    public string GetFormattedConfusionTable()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        int width = NumberOfClasses == 2 ? 8 : 5;
        bool numbered = _names.Any(n => n.Length > width);
        string[] columns = numbered ? [.. _names.Select((_, i) => i.ToString(culture))] : _names;
        int longest = _names.Max(n => n.Length);
        int digits = (NumberOfClasses - 1).ToString(culture).Length;
        string[] rows = [.. _names.Select((name, i) => numbered ? $"{i.ToString(culture).PadLeft(digits)}. {name.PadLeft(longest)}" : name)];
        int margin = numbered ? Math.Max(9, rows.Max(r => r.Length)) : 9;
        string rule = new string(' ', margin) + " ||" + new string('=', NumberOfClasses * (width + 3)) + "\n";

        var text = new StringBuilder(_title).Append("\nConfusion table\n").Append(rule);
        text.Append("PREDICTED".PadRight(margin)).Append(" ||").AppendJoin("", columns.Select(c => " " + c.PadLeft(width) + " |")).Append(" Recall\n");
        text.Append("TRUTH".PadRight(margin)).Append(" ||").Append(rule.AsSpan(margin + 3));
        for (int i = 0; i < NumberOfClasses; i++)
        {
            text.Append(rows[i].PadLeft(margin)).Append(" ||");
            foreach (double count in Counts[i])
            {
                text.Append(' ').Append(count.ToString("#,##0.##", culture).PadLeft(width)).Append(" |");
            }

            text.Append(' ').Append(PerClassRecall[i].ToString("0.0000", culture)).Append('\n');
        }

        text.Append(rule).Append("Precision".PadRight(margin)).Append(" ||");
        text.AppendJoin("", PerClassPrecision.Select(p => p.ToString("0.0000", culture).PadLeft(width + 1) + " |"));
        return text.Append('\n').ToString();
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private void Check(int index, string name)
    {
        if ((uint)index >= (uint)NumberOfClasses)
        {
            throw new ArgumentOutOfRangeException(name, "Invalid index. Should be non-negative, less than the number of classes.");
        }
    }
}
