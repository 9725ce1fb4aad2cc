// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Schedules;

/// <summary>A straight rise from near zero over the first part of the training, and another schedule over the rest.</summary>
public sealed record WarmUp : ILearningRateSchedule
{
    /// <summary>The part of the training, in [0, 1), over which the learning rate rises.</summary>
    /// <value>The default is 0.05.</value>
    public double Part { get; init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The part of the training must lie in [0, 1)."); } = 0.05;

    /// <summary>The schedule of the rest, which is a whole training to it.</summary>
    /// <value>The default is cosine decay to zero.</value>
    public ILearningRateSchedule Then { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new CosineDecay();

    /// <inheritdoc/>
    public float Factor(long done, long total)
    {
        // The first step has a rate above zero, and the last of the rise the whole one.
        long rise = (long)(Part * total);
        return done < rise ? (done + 1) / (float)rise : Then.Factor(done - rise, total - rise);
    }
}
