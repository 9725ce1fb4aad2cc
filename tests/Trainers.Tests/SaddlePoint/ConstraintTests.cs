// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>Constraints and options: what they say, their defaults, and which values are refused.</summary>
public sealed class ConstraintTests
{
    [Fact]
    public void Constraints_say_what_is_asked()
    {
        Assert.Equal("recall >= 0.95", Constraint.MinRecall(0.95).ToString());
        Assert.Equal("recall of group 'F' >= 0.95", Constraint.MinRecall(0.95, "F").ToString());
        Assert.Equal("false-positive rate <= 0.1", Constraint.MaxFalsePositiveRate(0.1).ToString());
        Assert.Equal("precision >= 0.8", Constraint.MinPrecision(0.8).ToString());
        Assert.Equal("difference of recall between groups <= 0.02", Constraint.EqualOpportunity(0.02).ToString());
        Assert.Equal("difference of positive rate between groups <= 0.05", Constraint.DemographicParity(0.05).ToString());
        Assert.Equal("loss of each group <= 0.4", Constraint.BoundedGroupLoss(0.4).ToString());
        Assert.Equal("recall >= 0.9, by surrogate <= 0.3", Constraint.MinRecall(0.9).OnSurrogate(0.3).ToString());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_rate_to_reach_lies_above_0(double rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Constraint.MinRecall(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => Constraint.MinPrecision(rate));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_rate_to_keep_below_lies_below_1(double rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Constraint.MaxFalsePositiveRate(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => Constraint.EqualOpportunity(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => Constraint.DemographicParity(rate));
    }

    [Fact]
    public void Losses_and_levels_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Constraint.BoundedGroupLoss(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Constraint.MinRecall(0.9).OnSurrogate(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Constraint.EqualOpportunity(0.1).OnSurrogate(-1));
        Assert.Equal(0, Constraint.EqualOpportunity(0.1).OnSurrogate(0).SurrogateLevel);
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        ConstrainedLogisticRegressionOptions options = new();

        Assert.Equal(("Features", "Label", "Score", "Probability", "PredictedLabel"), (options.FeatureColumnName, options.LabelColumnName, options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName));
        Assert.Null(options.ExampleWeightColumnName);
        Assert.Null(options.GroupColumnName);
        Assert.Empty(options.Constraints);
        Assert.Equal(ConstrainedObjective.Automatic, options.Objective);
        Assert.Equal((1e-3, 0.002, 1e-6, 2000, 5), (options.L2Regularization, options.RateTolerance, options.Tolerance, options.MaxPasses, options.Memory));
        Assert.Equal((false, 0.0, 0, 1), (options.AllowUnmet, options.ValidationFraction, options.Threads, options.Seed));
    }

    [Fact]
    public void Options_are_checked_where_they_are_set()
    {
        Assert.Throws<ArgumentException>(() => new ConstrainedLogisticRegressionOptions { FeatureColumnName = "" });
        Assert.Throws<ArgumentException>(() => new ConstrainedLogisticRegressionOptions { Constraints = null! });
        Assert.Throws<ArgumentException>(() => new ConstrainedLogisticRegressionOptions { Constraints = [null!] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstrainedLogisticRegressionOptions { Objective = (ConstrainedObjective)17 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstrainedLogisticRegressionOptions { L2Regularization = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstrainedLogisticRegressionOptions { RateTolerance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstrainedLogisticRegressionOptions { Tolerance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstrainedLogisticRegressionOptions { MaxPasses = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstrainedLogisticRegressionOptions { Memory = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstrainedLogisticRegressionOptions { ValidationFraction = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstrainedLogisticRegressionOptions { Threads = -1 });
        Assert.Throws<ArgumentNullException>(() => new ConstrainedLogisticRegressionOptions { Scoring = null! });
    }
}
