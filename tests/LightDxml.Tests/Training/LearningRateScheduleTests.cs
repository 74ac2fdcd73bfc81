using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(13.9, 1)]
    [InlineData(14, 0.5)] // the first gap is 14
    [InlineData(20.9, 0.5)]
    [InlineData(21, 0.25)] // then 7
    [InlineData(26, 0.125)] // then max(5, 3.5) = 5
    [InlineData(31, 0.0625)]
    public void Factor_Step_HalvesAfterShrinkingGaps(double epoch, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.Factor(new ScheduleOptions { Epochs = 40, Rates = RateSchedule.Step }, epoch), 1e-12);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 0.525)] // halfway between 1 and the floor of 0.05
    [InlineData(10, 0.05)]
    public void Factor_Cosine_FallsToATwentieth(double epoch, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.Factor(new ScheduleOptions { Epochs = 10, Rates = RateSchedule.Cosine }, epoch), 1e-12);
}
