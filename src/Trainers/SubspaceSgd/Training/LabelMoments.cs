// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The sum of weights, the weighted mean, and the weighted sum of squared differences from it; kept such that a mean far from zero costs no accuracy (Chan et al., 1979).</summary>
internal readonly record struct LabelMoments(double Weight, double Mean, double Squares)
{
    /// <summary>The standard deviation.</summary>
    public double Deviation => Weight > 0 ? Math.Sqrt(Squares / Weight) : 0;

    /// <summary>With one more label.</summary>
    public LabelMoments Add(double label, double weight) => Add(new LabelMoments(weight, label, 0));

    /// <summary>Of both.</summary>
    public LabelMoments Add(LabelMoments other)
    {
        if (other.Weight == 0)
        {
            return this;
        }
        double weight = Weight + other.Weight, difference = other.Mean - Mean;
        return new LabelMoments(
            weight, Mean + (difference * (other.Weight / weight)), Squares + other.Squares + (difference * difference * Weight * (other.Weight / weight)));
    }
}
