// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Schedules;

/// <summary>How the learning rate changes over a training.</summary>
public interface ILearningRateSchedule
{
    /// <summary>The factor on the learning rate, in [0, 1].</summary>
    /// <param name="done">Steps done so far: 0 at the first.</param>
    /// <param name="total">Steps of the whole training.</param>
    float Factor(long done, long total);
}
