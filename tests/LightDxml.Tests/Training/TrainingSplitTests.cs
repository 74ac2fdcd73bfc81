using LightDxml.Data;
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

    // A share is kept; one of few points becomes up to 50, but not more than a tenth.
    [Theory]
    [InlineData(100, 0.3, 30)]
    [InlineData(20, 0.9, 18)]
    [InlineData(100, 0.05, 10)]
    [InlineData(600, 0.05, 50)]
    [InlineData(2000, 0.05, 100)]
    [InlineData(1_000_000, 0.05, 5000)]
    [InlineData(100, 0, 0)]
    public void Split_AnyShare_HoldsOutAsManyAsItSays(int points, double share, int expected) => Assert.Equal(expected, HoldOut.Split(points, share, 1).Validation.Length);

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

    // Feature 3 is that of a held-out point alone.
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0.6)]
    public void HoldingOut_FeaturesOfHeldOutPointsAlone_AreLeftOut(bool unitRows, float expected)
    {
        var features = SmallData.Matrix([new SortedDictionary<int, float> { [0] = 1 }, new() { [1] = 1 }, new() { [0] = 0.6f, [3] = 0.8f }], 4);
        var split = TrainingSplit.HoldingOut(new Dataset("three", features, SmallData.Matrix([new SortedSet<int> { 0 }, [1], [0]], 2)), [2], unitRows);
        Assert.Equal([0], split.HeldOut!.Features.RowColumns(0).ToArray());
        Assert.Equal(expected, split.HeldOut.Features.RowValues(0)[0], 1e-6f);
        Assert.Same(features, split.All.Features);
        Assert.Equal([0, 3], TrainingSplit.HoldingOut(split.All, [2], unitRows, feature => feature == 3).HeldOut!.Features.RowColumns(0).ToArray());
    }

    // Feature 0 is the number of a text vector: every document has it. Of the held-out row's two words one is known.
    [Fact]
    public void HoldingOut_WhatEveryDocumentHas_KeepsItsShareOfARow()
    {
        var features = SmallData.Matrix([new SortedDictionary<int, float> { [0] = 0.6f, [1] = 0.8f }, new() { [0] = 1 }, new() { [0] = 0.6f, [1] = 0.48f, [3] = 0.64f }, new() { [0] = 0.6f, [3] = 0.8f }], 4);
        var labels = SmallData.Matrix([new SortedSet<int> { 0 }, [1], [0], [0]], 2);
        var split = TrainingSplit.HoldingOut(new Dataset("four", features, labels), [2, 3], unitRows: true);
        Assert.Equal([0.6f, 0.8f], split.HeldOut!.Features.RowValues(0).ToArray().Select(value => MathF.Round(value, 5)));
        Assert.Equal([1f], split.HeldOut.Features.RowValues(1).ToArray());
    }

    [Fact]
    public void Apart_CopiesAreOnOneSide_AndWithoutCopiesItIsTheSplit()
    {
        SparseMatrix Rows(int count, int different) => SmallData.Matrix([.. Enumerable.Range(0, count).Select(point => new SortedDictionary<int, float> { [point % different] = 1 + (point % different) })], different);
        Assert.Equal(HoldOut.Split(1000, 0.1, 1).Validation, HoldOut.Apart(Rows(1000, 1000), 0.1, 1));

        var copies = HoldOut.Apart(Rows(1000, 200), 0.1, 1);
        Assert.InRange(copies.Length, 100, 104);
        Assert.Equal(copies.Order(), copies);
        Assert.All(copies.GroupBy(point => point % 200), group => Assert.Equal(5, group.Count()));

        // Too many copies for one side, and rows without features, which are no copies.
        Assert.Equal(100, HoldOut.Apart(Rows(1000, 2), 0.1, 1).Length);
        Assert.Equal(HoldOut.Split(1000, 0.1, 1).Validation, HoldOut.Apart(SmallData.Matrix([.. Enumerable.Range(0, 1000).Select(_ => new SortedDictionary<int, float>())], 1), 0.1, 1));
    }

    // Of 1,000 points 200 are 20 texts of ten copies each: a fifth, of what is held out too.
    [Fact]
    public void Apart_PointsThatHaveCopies_AreHeldOutNoMoreOftenThanOthers()
    {
        var features = SmallData.Matrix([.. Enumerable.Range(0, 1000).Select(point => new SortedDictionary<int, float> { [point < 200 ? point % 20 : point] = 1 })], 1000);
        var heldOut = Enumerable.Range(0, 200).Select(seed => HoldOut.Apart(features, 0.1, seed)).ToArray();
        Assert.All(heldOut, points => Assert.InRange(points.Length, 100, 109));
        Assert.InRange(heldOut.Average(points => points.Count(point => point < 200) / (double)points.Length), 0.17, 0.23);
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

    // Points 0 to 2 are trained on and have label 0; of those held out 3 has no feature, 4 only label 1, which no blind point has, 5 no label, and 6 both labels.
    [Fact]
    public void Fitted_HeldOutPointsWithoutFeaturesOrWithUnknownLabelsAlone_AreNotFittedOn()
    {
        var features = SmallData.Matrix([.. Enumerable.Range(0, 7).Select(point => point == 3 ? new SortedDictionary<int, float>() : new SortedDictionary<int, float> { [point < 4 ? point : point - 4] = 1 })], 7);
        var labels = SmallData.Matrix([new SortedSet<int> { 0 }, [0], [0], [0], [1], [], [0, 1]], 2);
        var split = TrainingSplit.HoldingOut(new Dataset("seven", features, labels), [3, 4, 5, 6]);
        Assert.Equal([1, 2], Enumerable.Range(0, split.Fitted!.PointCount).Select(point => split.Fitted.Features.RowColumns(point)[0]));
        Assert.Equal(4, split.HeldOut!.PointCount);
    }

    [Fact]
    public void Fitted_NoHeldOutPointWithAKnownLabel_IsNull()
    {
        var features = SmallData.Matrix([.. Enumerable.Range(0, 3).Select(point => new SortedDictionary<int, float> { [point] = 1 })], 3);
        var labels = SmallData.Matrix([new SortedSet<int> { 0 }, [1], [2]], 3);
        Assert.Null(TrainingSplit.HoldingOut(new Dataset("three", features, labels), [1, 2]).Fitted);
    }
}
