using LightDxml.Metrics;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class TrainingSplitTests
{
    [Theory]
    [InlineData(1000, 0.2)]
    [InlineData(1000, 0.01)]
    [InlineData(30, 0.1)]
    public void Split_TrainAndValidation_AreDisjointAscendingAndCoverAllPoints(int points, double share)
    {
        var (train, validation) = HoldOut.Split(points, share, 1);
        Assert.Equal(Enumerable.Range(0, points), train.Concat(validation).Order());
        Assert.Equal(train.Order(), train);
        Assert.Equal(validation.Order(), validation);
        Assert.NotEmpty(validation);
    }

    [Fact]
    public void Split_SameSeed_HoldsOutTheSamePoints_AnotherSeedOthers()
    {
        var expected = HoldOut.Split(1000, 0.1, 1).Validation;
        Assert.Equal(expected, HoldOut.Split(1000, 0.1, 1).Validation);
        var other = HoldOut.Split(1000, 0.1, 2).Validation;
        Assert.NotEqual(expected, other);

        // Two hundredths of the points are expected in both; a hundred would be the same choice.
        Assert.InRange(expected.Intersect(other).Count(), 0, 40);
    }

    [Fact]
    public void HoldingOut_Blind_KnowsNothingOfPointsHeldOut()
    {
        var data = SmallData.Learnable(200, 30, 1);
        var split = TrainingSplit.HoldingOut(data, [3, 50, 199]);
        Assert.Equal((197, 3), (split.Blind.PointCount, split.HeldOut!.PointCount));
        Assert.Equal(data.Labels.RowColumns(50).ToArray(), split.HeldOut.Labels.RowColumns(1).ToArray());
        Assert.Equal(LabelFrequencies.Count(data.Labels), split.AllFrequencies);
        var held = LabelFrequencies.Count(split.HeldOut.Labels);
        Assert.Equal(split.AllFrequencies, split.BlindFrequencies.Zip(held, (blind, heldOut) => blind + heldOut));
        Assert.NotEqual(split.AllFrequencies, split.BlindFrequencies);
    }

    [Fact]
    public void Of_ValidationFile_HoldsNoTrainingPointOut()
    {
        var (train, validation) = (SmallData.Learnable(100, 30, 1), SmallData.Learnable(20, 30, 2));
        var split = TrainingSplit.Of(train, validation, 0.2, 1);
        Assert.Same(train, split.Blind);
        Assert.Same(validation, split.HeldOut);
        Assert.Null(split.IsHeldOut);
    }
}
