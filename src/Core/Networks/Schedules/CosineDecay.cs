// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Schedules;

/// <summary>From 1 down to a last factor along half a wave of the cosine (Loshchilov and Hutter, arXiv 1608.03983, without restarts).</summary>
public sealed record CosineDecay : ILearningRateSchedule
{
    /// <summary>The factor at the end, in [0, 1].</summary>
    /// <value>The default is 0.</value>
    public float Last { get; init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The last factor must lie in [0, 1]."); }

    /// <inheritdoc/>
    public float Factor(long done, long total) => (float)(Last + ((1 - Last) * (1 + Math.Cos(Math.PI * done / Math.Max(1, total))) / 2));
}
