// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>Where a solver is.</summary>
/// <param name="features">How many weights.</param>
/// <param name="rows">How many scores.</param>
/// <param name="constraints">How many multipliers.</param>
internal sealed class ConstrainedPoint(int features, int rows, int constraints)
{
    /// <summary>w.</summary>
    public double[] Weights { get; } = new double[features];

    /// <summary>b.</summary>
    public double Bias { get; set; }

    /// <summary>t.</summary>
    public double Worst { get; set; }

    /// <summary>s.</summary>
    public double[] Scores { get; } = new double[rows];

    /// <summary>λ.</summary>
    public double[] Multipliers { get; } = new double[constraints];

    /// <summary>σ, one for each constraint.</summary>
    public double[] Penalties { get; } = new double[constraints];

    /// <summary>What each constraint's value may be at most.</summary>
    public double[] Levels { get; } = new double[constraints];

    /// <summary>Each constraint's value, level subtracted.</summary>
    public double[] Values { get; } = new double[constraints];

    /// <summary>Sets the values from the losses, which must be those at the scores.</summary>
    public void SetValues(ConstrainedProblem problem, LossBlocks losses)
    {
        int count = problem.LossConstraints.Count;
        for (int k = 0; k < Values.Length; k++)
        {
            Values[k] = k < count
                ? losses.Values[k] - Levels[k] - (problem.LossConstraints[k].IsBelowWorst ? Worst : 0)
                : problem.LinearConstraints[k - count].ValueAt(this) - Levels[k];
        }
    }
}
