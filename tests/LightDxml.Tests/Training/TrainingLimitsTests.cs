using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class TrainingLimitsTests
{
    [Theory]
    [InlineData(100_000, 1 << 23, 1_000, "8,388,608 features × 304 floats")]
    [InlineData(100_000, 1_000, 7_100_000, "7,100,000 labels × 304 floats")]
    [InlineData(7_100_000, 1_000, 900, "7,100,000 documents × 304 floats")]
    [InlineData(5_400_000, 1_000, 4_000, "5,400,000 documents × 400 labels")]
    public void Check_MoreThanOneArrayHolds_IsAnErrorWithTheNumbersAndARemedy(int points, int features, int labels, string numbers)
    {
        var message = Assert.Throws<LightDxmlException>(() => Check(points, features, labels, new TrainingOptions())).Message;
        Assert.Contains(numbers, message, StringComparison.Ordinal);
        Assert.Contains("; lower ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LongCandidateLists_AreAnErrorOfTheSparseHeadAlone()
    {
        var options = new TrainingOptions { Sparse = new SparseHeadOptions { Width = 3_000 } };
        Assert.Contains("candidates of the sparse head", Assert.Throws<LightDxmlException>(() => Check(1_000_000, 1_000, 4_000, options)).Message, StringComparison.Ordinal);
        Check(1_000_000, 1_000, 4_000, options with { Head = Head.Dense });
    }

    [Fact]
    public void CheckCandidates_LabelsThatNamesAdd_CountAsWell()
    {
        var options = new TrainingOptions { Sparse = new SparseHeadOptions { Width = 2_000 } };
        TrainingLimits.CheckCandidates(1_000_000, 4_000, options, named: 0, Array.MaxLength, processes: 1);
        Assert.Contains("lower sparse.width or names.candidates", Assert.Throws<LightDxmlException>(() => TrainingLimits.CheckCandidates(1_000_000, 4_000, options, named: 200, Array.MaxLength, processes: 1)).Message, StringComparison.Ordinal);
        TrainingLimits.CheckCandidates(1_000_000, 4_000, options, named: 200, Array.MaxLength, processes: 2);
    }

    [Fact]
    public void Check_CentroidsOfManyPartsOverManyFeatures_NamesTheParts()
    {
        var options = new TrainingOptions { Shortlist = new ShortlistOptions { Parts = 1000 } };
        Assert.Contains("lower shortlist.parts", Assert.Throws<LightDxmlException>(() => Check(1_000_000, 3_000_000, 100_000, options)).Message, StringComparison.Ordinal);
        Check(10_000, 3_000_000, 100_000, options); // no label has documents for as many
        Check(1_000_000, 3_000_000, 900, options); // labels are few, and none is searched for
        Check(1_000_000, 3_000_000, 100_000, options with { Head = Head.Dense });
    }

    [Fact]
    public void Doubt_MoreWeightsThanAModelHolds_IsSaidWhereThereIsASparseClassifier()
    {
        var weights = MemoryPlan.WeightsOf(new RunShape(5_000_000, 1_000_000, 3_000_000, 500_000_000, 150_000_000));
        Assert.Contains("raise sparse.pruneBelow", TrainingLimits.Doubt(weights, new TrainingOptions(), Array.MaxLength)!, StringComparison.Ordinal);
        Assert.Null(TrainingLimits.Doubt(weights, new TrainingOptions { Head = Head.Dense }, Array.MaxLength));
        Assert.Null(TrainingLimits.Doubt(1_000_000_000, new TrainingOptions(), Array.MaxLength));
    }

    [Fact]
    public void Check_StepOverTooManyLabels_NamesTheBatchSize() => Assert.Contains(
        "lower schedule.batchSize",
        Assert.Throws<LightDxmlException>(() => Check(100, 10, 1_000, new TrainingOptions { Schedule = new ScheduleOptions { BatchSize = 3_000_000 } })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(2_200_000, 100_000, 1_000)]
    [InlineData(5_300_000, 1_000_000, 1_000_000)]
    [InlineData(1, 1, 1)]
    public void Check_WhatFits_IsLetThrough(int points, int features, int labels) => Check(points, features, labels, new TrainingOptions());

    [Fact]
    public void Train_MoreFeaturesThanCanBeTrained_SaysSoBeforeAnythingElse()
    {
        var small = SmallData.Learnable(100, 20, 1);
        var wide = small with { Features = small.Features.WithColumnCount(1 << 23) };
        var events = new Events();
        var options = new TrainingOptions { Encoder = new EncoderOptions { Dimensions = 300 } };
        Assert.Contains("text.hashBits", Assert.Throws<LightDxmlException>(() => Trainer.Train(wide, null, options, 1, events)).Message, StringComparison.Ordinal);
        Assert.False(events.Any);
    }

    [Theory]
    [InlineData(int.MaxValue - 1)]
    [InlineData(300_000_000)]
    public void NumbersThatFewDimensionsCannotHold_AreRefusedBeforeAnythingOfTheirLengthIsMade(int count)
    {
        var small = SmallData.Learnable(100, 20, 1);
        var (features, labels) = (small with { Features = small.Features.WithColumnCount(count) }, small with { Labels = small.Labels.WithColumnCount(count) });
        foreach (var data in new[] { features, labels })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains($"{count:N0} ", Assert.Throws<LightDxmlException>(() => Trainer.Train(data, null, new TrainingOptions(), 1, new Events())).Message, StringComparison.Ordinal);
            Assert.Contains($"{count:N0} ", Assert.Throws<LightDxmlException>(() => MemoryPlan.Of(data, new TrainingOptions(), 1)).Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 24);
        }
    }

    private static void Check(int points, int features, int labels, TrainingOptions options) =>
        TrainingLimits.Check(points, features, labels, TrainingPlan.Resolve(options, points, labels), Array.MaxLength);

    private sealed class Events : ITrainingObserver
    {
        public bool Any { get; private set; }

        public void Report(TrainingEvent progress) => Any = true;
    }
}
