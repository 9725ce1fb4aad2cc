// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Schedules;

/// <summary>From 1 down to a last factor in a straight line.</summary>
public sealed record LinearDecay : ILearningRateSchedule
{
    /// <summary>The factor at the end, in [0, 1].</summary>
    /// <value>The default is 0.</value>
    public float Last { get; init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The last factor must lie in [0, 1]."); }

    /// <inheritdoc/>
    public float Factor(long done, long total) => (float)(Last + ((1 - Last) * (1 - ((double)done / Math.Max(1, total)))));
}
