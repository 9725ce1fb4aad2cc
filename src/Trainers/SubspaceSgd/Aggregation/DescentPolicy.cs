// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>What happens where weighted gradients would not decrease the mini-batch loss.</summary>
public enum DescentPolicy
{
    /// <summary>The mean of the gradients takes their place, and the step counts as a fallback.</summary>
    FallBackToMean,

    /// <summary>Nothing, as in the authors' published code: the loss may be made to grow. For comparison.</summary>
    Official,
}
