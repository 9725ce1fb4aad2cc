// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using static MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation.Vectors;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

public sealed class MeanTests
{
    [Fact]
    public void The_mean_is_the_mean()
    {
        double[][] gradients = Vectors.Random(5, 30, 1);

        Equal(Mean(gradients), Update(new Mean(), gradients));
    }

    [Fact]
    public void The_unit_mean_is_the_mean_of_directions_whatever_one_workers_length()
    {
        double[][] gradients = Vectors.Random(5, 30, 2);
        double[] expected = Mean([.. gradients.Select(g => Scale(g, 1 / Norm(g)))]);
        UnitMean aggregator = new() { Rescale = Rescale.None };

        Equal(expected, Update(aggregator, gradients));
        gradients[2] = Scale(gradients[2], 50);
        Equal(expected, Update(aggregator, gradients));
    }

    [Fact]
    public void The_unit_mean_is_rescaled_as_it_says()
    {
        double[][] gradients = Vectors.Random(5, 30, 3);
        double[] direction = Update(new UnitMean { Rescale = Rescale.None }, gradients);

        Equal(Scale(direction, Norm(Mean(gradients)) / Norm(direction)), Update(new UnitMean(), gradients));
        Equal(Scale(direction, gradients.Average(Norm)), Update(new UnitMean { Rescale = Rescale.MeanOfNorms }, gradients));
    }

    [Fact]
    public void Directions_that_cancel_are_not_lengthened()
    {
        double[][] gradients = [[2], [-3], [7], [-1]];

        Assert.All(Coefficients(new UnitMean(), gradients), c => Assert.True(double.IsNaN(c)));
        Equal([0, 1], Add([0, 1], Update(new UnitMean { Rescale = Rescale.MeanOfNorms }, [[2, 0], [-3, 0], [7, 0], [-1, 0]])));
    }
}
