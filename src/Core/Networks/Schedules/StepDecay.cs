// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Schedules;

/// <summary>A drop by a factor at each of some points of the training.</summary>
public sealed record StepDecay : ILearningRateSchedule
{
    /// <summary>Where the learning rate drops, as parts of the training in (0, 1), ascending.</summary>
    /// <value>The default is 1/2 and 3/4.</value>
    public IReadOnlyList<double> Milestones
    {
        get;
        init => field = value is not null && value.All(part => part is > 0 and < 1) && value.Zip(value.Skip(1)).All(pair => pair.First < pair.Second)
            ? [.. value]
            : throw new ArgumentException("Milestones must be parts of the training in (0, 1), ascending.", nameof(value));
    } = [0.5, 0.75];

    /// <summary>By what the learning rate is multiplied at each milestone, in (0, 1].</summary>
    /// <value>The default is 0.1.</value>
    public float Drop { get; init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The drop must lie in (0, 1]."); } = 0.1f;

    /// <inheritdoc/>
    public float Factor(long done, long total)
    {
        double factor = 1;
        foreach (double milestone in Milestones)
        {
            factor *= done >= milestone * total ? Drop : 1;
        }
        return (float)factor;
    }
}
