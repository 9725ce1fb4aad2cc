// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>What must be true of rows before a constrained training begins.</summary>
internal static class RowChecks
{
    // That a message tells.
    private const int MostNames = 10;

    /// <summary>Of rows by themselves.</summary>
    public static void Rows(TrainingRows rows, RowGroups? groups, ConstrainedLogisticRegressionOptions options)
    {
        if (rows.Count == 0)
        {
            throw new ArgumentException("There are no rows to train on.", nameof(rows));
        }
        Labels(rows);
        if (groups is null && options.NeedsGroups)
        {
            string what = options.Constraints.FirstOrDefault(constraint => constraint.NeedsGroups)?.ToString() ?? $"the objective {options.Objective}";
            throw new ArgumentException($"'{what}' needs groups, and there are none. Set {nameof(options.GroupColumnName)}.", nameof(options));
        }
        if (groups is not null && groups.Rows.Length != rows.Count)
        {
            throw new ArgumentException($"There are groups for {groups.Rows.Length} rows, and {rows.Count} rows.", nameof(groups));
        }
        if (options.WarmStart is { } earlier && earlier.Weights.Count != rows.Features)
        {
            throw new ArgumentException($"The model to start from has {earlier.Weights.Count} features; the rows have {rows.Features}.", nameof(options));
        }
    }

    /// <summary>Of rows that are measured beside.</summary>
    public static void HeldOut(TrainingRows heldOut, RowGroups? heldOutGroups, TrainingRows rows, RowGroups? groups, ConstrainedLogisticRegressionOptions options)
    {
        if (heldOut.Features != rows.Features)
        {
            throw new ArgumentException($"Held-out rows have {heldOut.Features} features, rows to train on {rows.Features}; they must be alike.", nameof(heldOut));
        }
        Labels(heldOut);
        if (options.ValidationFraction > 0)
        {
            throw new ArgumentException($"Held-out rows are passed, and {nameof(options.ValidationFraction)} holds out others. Choose one.", nameof(heldOut));
        }
        if ((heldOutGroups is null) != (groups is null) || (heldOutGroups is not null && heldOutGroups.Rows.Length != heldOut.Count))
        {
            throw new ArgumentException("Held-out rows must have groups, one for each, if and only if rows to train on have.", nameof(heldOutGroups));
        }
    }

    /// <summary>Groups by the numbers that they have in training; rows of other groups get numbers beyond.</summary>
    public static RowGroups SameNames(RowGroups groups, RowGroups training)
    {
        List<string> names = [.. training.Names];
        names.AddRange(groups.Names.Except(names, StringComparer.Ordinal));
        var numberOf = names.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => pair.number, StringComparer.Ordinal);
        int[] numbers = [.. groups.Names.Select(name => numberOf[name])];
        return new RowGroups(names, groups.Rows.ToArray().Select(group => numbers[group]));
    }

    /// <summary>Of the rows that are left to train on.</summary>
    public static void Training(RatedRows rows, ConstrainedLogisticRegressionOptions options)
    {
        double weight = rows.Weights.Sum();
        if (!(weight > 0) || !double.IsFinite(weight))
        {
            throw new ArgumentException($"The weights of the {rows.Count} rows to train on add up to {weight}; a positive number is needed{From(options.ExampleWeightColumnName)}.");
        }
        if (rows.Rows.IsAllZero)
        {
            throw new ArgumentException($"All features of all rows are zero, so there is nothing to learn from. Look at how column '{options.FeatureColumnName}' is made.");
        }
        foreach (bool positive in new[] { true, false })
        {
            if (rows.Subset(positive).Rows.Length == 0)
            {
                throw new ArgumentException($"No row to train on that has a weight is {(positive ? "positive" : "negative")} (column '{options.LabelColumnName}'); both classes are needed.");
            }
        }
        foreach (var constraint in options.Constraints)
        {
            Groups(constraint, rows, options);
        }
    }

    private static void Groups(Constraint constraint, RatedRows rows, ConstrainedLogisticRegressionOptions options)
    {
        string groups = $"The groups{From(options.GroupColumnName)} are: {string.Join(", ", rows.GroupNames.Take(MostNames).Select(name => $"'{name}'"))}{(rows.GroupNames.Count > MostNames ? $" and {rows.GroupNames.Count - MostNames} more" : "")}.";
        bool? positive = constraint.Kind switch { ConstraintKind.MinRecall or ConstraintKind.EqualOpportunity => true, ConstraintKind.MaxFalsePositiveRate => false, _ => null };
        string what = positive switch { true => "positive rows", false => "negative rows", _ => "rows" };
        if (constraint.Group is { } name)
        {
            int group = rows.GroupNames.ToList().IndexOf(name);
            if (group < 0)
            {
                throw new ArgumentException($"'{constraint}' is about group '{name}', which has no rows to train on. {groups}");
            }
            if (rows.Subset(positive, group).Rows.Length == 0)
            {
                throw new ArgumentException($"'{constraint}' is about group '{name}', which has no {what} with a weight. Leave the constraint out, or merge the group with another.");
            }
        }
        if (!constraint.IsDifference)
        {
            return;
        }
        int[] there = [.. Enumerable.Range(0, rows.GroupNames.Count).Where(group => rows.Subset(group: group).Rows.Length > 0)];
        if (there.Length < 2)
        {
            throw new ArgumentException($"'{constraint}' compares groups, and the rows to train on have {there.Length}. {groups}");
        }
        int empty = Array.FindIndex(there, group => rows.Subset(positive, group).Rows.Length == 0);
        if (empty >= 0)
        {
            throw new ArgumentException($"'{constraint}' compares groups, and group '{rows.GroupNames[there[empty]]}' has no {what} with a weight. Leave its rows out, or merge it with another.");
        }
    }

    private static void Labels(TrainingRows rows)
    {
        int bad = rows.Labels.IndexOfAnyExcept(0, 1);
        if (bad >= 0)
        {
            throw new ArgumentException($"Row {bad} has the label {rows.Labels[bad]}; 0 or 1 is needed.", nameof(rows));
        }
    }

    private static string From(string? column) => column is null ? "" : $" (column '{column}')";
}
