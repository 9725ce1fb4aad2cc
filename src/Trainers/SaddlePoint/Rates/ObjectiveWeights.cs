// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Which rows the objective is about.</summary>
internal static class ObjectiveWeights
{
    /// <summary>What is minimised where the options leave it to the constraints.</summary>
    /// <exception cref="ArgumentException">The objective is about one class, and nothing keeps the other's scores on its side.</exception>
    public static ConstrainedObjective Resolve(ConstrainedLogisticRegressionOptions options, RatedRows rows)
    {
        bool keepsPositives = Covers(options, rows, ConstraintKind.MinRecall), keepsNegatives = Covers(options, rows, ConstraintKind.MaxFalsePositiveRate);
        switch (options.Objective)
        {
            case ConstrainedObjective.Automatic:
                return keepsPositives && options.Constraints.All(constraint => constraint.Kind == ConstraintKind.MinRecall) ? ConstrainedObjective.Negatives
                    : keepsNegatives && options.Constraints.All(constraint => constraint.Kind == ConstraintKind.MaxFalsePositiveRate) ? ConstrainedObjective.Positives
                    : ConstrainedObjective.AllRows;
            case ConstrainedObjective.Negatives when !keepsPositives:
                throw new ArgumentException($"The objective is {options.Objective}, and no constraint keeps the scores of all positives up: the best bias would be minus infinity. Add {nameof(Constraint.MinRecall)} or {nameof(Constraint.BoundedGroupLoss)}, or take {ConstrainedObjective.AllRows}.", nameof(options));
            case ConstrainedObjective.Positives when !keepsNegatives:
                throw new ArgumentException($"The objective is {options.Objective}, and no constraint keeps the scores of all negatives down: the best bias would be infinity. Add {nameof(Constraint.MaxFalsePositiveRate)} or {nameof(Constraint.BoundedGroupLoss)}, or take {ConstrainedObjective.AllRows}.", nameof(options));
            default:
                return options.Objective;
        }
    }

    /// <summary>One for each row; their sum is 1.</summary>
    public static double[] Of(ConstrainedObjective objective, RatedRows rows)
    {
        double[] weights = new double[rows.Count];
        Add(weights, rows.Subset(objective switch { ConstrainedObjective.Negatives => false, ConstrainedObjective.Positives => true, _ => null }), 1);
        return weights;
    }

    /// <summary>Both classes weigh the same.</summary>
    public static double[] Balanced(RatedRows rows)
    {
        double[] weights = new double[rows.Count];
        Add(weights, rows.Subset(true), 1);
        Add(weights, rows.Subset(false), 1);
        return weights;
    }

    private static void Add(double[] weights, RowSubset subset, double sum)
    {
        for (int i = 0; i < subset.Rows.Length; i++)
        {
            weights[subset.Rows[i]] = sum * subset.Shares[i];
        }
    }

    // Whether constraints of a kind, or on groups' losses, are about each row of the class.
    private static bool Covers(ConstrainedLogisticRegressionOptions options, RatedRows rows, ConstraintKind kind)
    {
        var named = options.Constraints.Where(constraint => constraint.Kind == kind).Select(constraint => constraint.Group).ToHashSet();
        return named.Contains(null) || options.Constraints.Any(constraint => constraint.Kind == ConstraintKind.BoundedGroupLoss)
            || (named.Count > 0 && Enumerable.Range(0, rows.GroupNames.Count).All(group => named.Contains(rows.GroupNames[group]) || rows.Subset(kind == ConstraintKind.MinRecall, group).Rows.Length == 0));
    }
}
