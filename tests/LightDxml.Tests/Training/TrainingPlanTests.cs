using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class TrainingPlanTests
{
    // 900 steps of 256 points, within 4 and 8 epochs, or 15 where all of up to 1,000 labels are negatives.
    [Theory]
    [InlineData(45_000, 4_000, 6)]
    [InlineData(15_000, 4_000, 8)]
    [InlineData(1_000_000, 4_000, 4)]
    [InlineData(15_000, 900, 15)]
    [InlineData(100, 4_000, 8)]
    public void Resolve_Epochs_ComeFromPointsAndLabels(int points, int labels, int epochs)
    {
        var schedule = TrainingPlan.Resolve(new TrainingOptions(), points, labels).Schedule;
        Assert.Equal(epochs, schedule.Epochs);
        Assert.Equal((epochs + 1) / 2, schedule.RefreshEvery);
    }

    [Theory]
    [InlineData(40_000, 0.025)]
    [InlineData(1_000_000, 0.02)]
    [InlineData(5_000, 0.07)]
    public void Resolve_ShareHeldOut_IsAThousandPointsWithinBounds(int points, double share) =>
        Assert.Equal(share, TrainingPlan.Resolve(new TrainingOptions(), points, 100).Validation.Share, 1e-12);

    [Fact]
    public void Resolve_WhatIsGiven_Stays()
    {
        var options = new TrainingOptions
        {
            Schedule = new ScheduleOptions { Epochs = 3, RefreshEvery = 2 },
            Validation = new ValidationOptions { Share = 0 },
        };
        var resolved = TrainingPlan.Resolve(options, 5_000, 100);
        Assert.Equal((3, 2, 0.0), (resolved.Schedule.Epochs, resolved.Schedule.RefreshEvery, resolved.Validation.Share));
    }
}
