// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Schedules;

namespace MLNetExtensions.Core.Tests.Networks.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void Schedules_go_through_the_points_of_their_definitions()
    {
        Goes(new Constant(), (0, 1), (50, 1), (99, 1));
        Goes(new LinearDecay(), (0, 1), (25, 0.75f), (50, 0.5f), (99, 0.01f));
        Goes(new LinearDecay { Last = 0.2f }, (0, 1), (50, 0.6f), (100, 0.2f));
        Goes(new CosineDecay(), (0, 1), (25, 0.8535534f), (50, 0.5f), (75, 0.1464466f), (100, 0));
        Goes(new CosineDecay { Last = 0.1f }, (0, 1), (50, 0.55f), (100, 0.1f));
        Goes(new StepDecay(), (0, 1), (49, 1), (50, 0.1f), (74, 0.1f), (75, 0.01f), (99, 0.01f));
        Goes(new StepDecay { Milestones = [0.3], Drop = 0.5f }, (29, 1), (30, 0.5f), (99, 0.5f));
        Goes(new WarmUp { Part = 0.1, Then = new LinearDecay() }, (0, 0.1f), (4, 0.5f), (9, 1), (10, 1), (55, 0.5f), (100, 0));
        Goes(new WarmUp { Part = 0, Then = new Constant() }, (0, 1), (99, 1));
    }

    [Fact]
    public void A_training_without_steps_divides_by_nothing() =>
        Assert.All((ILearningRateSchedule[])[new Constant(), new LinearDecay(), new CosineDecay(), new WarmUp()], schedule => Assert.Equal(1, schedule.Factor(0, 0)));

    [Fact]
    public void Long_trainings_do_not_lose_steps_to_rounding() =>
        Assert.Equal(1e-3f, new LinearDecay().Factor(99_900_000_000, 100_000_000_000), 1e-8f);

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearDecay { Last = 1.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay { Last = -0.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay { Drop = 0 });
        Assert.Throws<ArgumentException>(() => new StepDecay { Milestones = [0.5, 0.5] });
        Assert.Throws<ArgumentException>(() => new StepDecay { Milestones = [1] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUp { Part = 1 });
        Assert.Throws<ArgumentNullException>(() => new WarmUp { Then = null! });
    }

    [Fact]
    public void Defaults_are_those_that_are_documented()
    {
        Assert.Equal(0, new LinearDecay().Last);
        Assert.Equal(0, new CosineDecay().Last);
        Assert.Equal([0.5, 0.75], new StepDecay().Milestones);
        Assert.Equal(0.1f, new StepDecay().Drop);
        Assert.Equal(new WarmUp { Part = 0.05, Then = new CosineDecay() }, new WarmUp());
    }

    private static void Goes(ILearningRateSchedule schedule, params (long Done, float Factor)[] points) =>
        Assert.All(points, point => Assert.Equal(point.Factor, schedule.Factor(point.Done, 100), 1e-6f));
}
