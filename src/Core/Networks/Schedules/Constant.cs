// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Schedules;

/// <summary>The same learning rate throughout.</summary>
public sealed record Constant : ILearningRateSchedule
{
    /// <inheritdoc/>
    public float Factor(long done, long total) => 1;
}
