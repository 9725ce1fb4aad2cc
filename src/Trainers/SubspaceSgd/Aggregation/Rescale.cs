// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>How long the sum of weighted gradient directions is made; what a learning rate means depends on it.</summary>
public enum Rescale
{
    /// <summary>As long as the mean of the gradients: a learning rate means what it means for the mean, and only the direction differs.</summary>
    NormOfMean,

    /// <summary>Times the mean of the gradients' norms: equal gradients give their mean, and workers that disagree shorten the step.</summary>
    MeanOfNorms,

    /// <summary>Not at all, as the paper's authors publish it: a weighted mean of directions, at most 1 long where no weight is negative. The learning rate has the unit of a step.</summary>
    None,
}
