using LightDxml.Training;

namespace LightDxml.Tests.Training;

/// <summary>What a training will exchange and take, by its sizes; the numbers are computed by hand.</summary>
public class RunPlanTests
{
    private static readonly RunShape Shape = new(10_000, 5_000, 2_000, 400_000, 30_000);

    // 32 dimensions, four epochs, two refreshes, a tenth held out; a shortlist of 50 labels, of which 20 are negatives, and 10 uniform ones.
    private static readonly TrainingOptions Options = TrainingPlan.Resolve(
        new TrainingOptions
        {
            Head = Head.Dense,
            Encoder = new EncoderOptions { Dimensions = 32 },
            Proxy = new ProxyOptions { Hidden = 64, Passes = 3 },
            Schedule = new ScheduleOptions { Epochs = 4, RefreshEvery = 2 },
            Shortlist = new ShortlistOptions { Width = 50 },
            Negatives = new NegativeOptions { Hard = 20, Uniform = 10 },
            Validation = new ValidationOptions { Share = 0.1 },
        },
        10_000, 2_000, 40);

    [Fact]
    public void Steps_AreThoseOfBlindDocuments_WithTheirPositivesAndNegatives()
    {
        Assert.Equal(new TrainingSteps(36_000, 33, 2, 4), Shape.Steps(Options));
        Assert.Equal(new TrainingSteps(40_000, 33, 2, 3), Shape.Steps(Options with { Validation = new ValidationOptions { Share = 0 } }));
        Assert.Equal(new TrainingSteps(36_000, 33, 1, 2), Shape.Steps(Options with { Schedule = Options.Schedule with { RefreshEvery = 4 }, Shortlist = Options.Shortlist with { Index = "centroids" } }));
        Assert.Equal(new TrainingSteps(36_000, 2_000, 0, 2), Shape.Steps(Options with { Shortlist = new ShortlistOptions { Width = 2_000 } }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Exchanges_AreThoseOfTheFormulas(int processes)
    {
        // A document of a step: three vectors of 32 floats and one of 33, which takes 48; its loss; its slots' gradients, their labels and their number.
        const long steps = 36_000 * ((4 * ((3 * 32) + 48)) + 8 + (4 * 33) + (4 * 34));

        // Four times: of a label three passes of two vectors of 64, one of 32 and a loss, and centroid and embedding of 32.
        const long embeddings = 4 * 2_000 * ((3 * ((8 * 64) + (4 * 32) + 8)) + (8 * 32));
        const long encodings = 4 * 10_000 * 4 * 32;
        const long best = 4 * ((5_000 * 32) + (2_000 * 48));
        var plan = ExchangePlan.Of(Shape, Options, processes);
        Assert.Equal(
            [("steps", steps * (processes - 1)), ("label embeddings", embeddings * (processes - 1)), ("encodings", encodings * (processes - 1)), ("best epoch", best * (processes - 1))],
            plan.Kinds);
        Assert.Equal((steps + embeddings + encodings + best) * (processes - 1), plan.Total);
    }

    [Fact]
    public void Work_IsThatOfTheFormulas_AndRowsAreMovedByEveryProcess()
    {
        var costs = WorkCosts.Measured;
        var (one, three) = (WorkPlan.Of(Shape, Options, 1), WorkPlan.Of(Shape, Options, 3));

        // 36,000 documents: 4 · 33 · 32 + 4 · 40 · 32 + 6 · 32² operations and 33 slots; (33 + 40) · 32 floats are added to
        // rows. A step of 256 touches 2,000 · (1 − e^(−8,448 / 2,000)) = 1,970.7 labels and 5,000 · (1 − e^(−10,240 / 5,000)) = 4,355.0 features.
        Assert.Equal(36_000 * ((costs.Operation * 15_488) + (costs.Slot * 33)), Seconds(one, "steps"), 1e-9);
        Assert.Equal((36_000 * costs.AddedFloat * 2_336) + (36_000 / 256.0 * costs.MovedFloat * 32 * (1_970.7 + 4_355.0)), Seconds(one, "moving rows"), 1e-5);
        Assert.Equal(costs.Start + (costs.FeatureValue * 400_000), Seconds(one, "start and reading"), 1e-9);
        Assert.Equal(0, Seconds(one, "exchanges"));
        Assert.Equal(Seconds(one, "steps"), Seconds(three, "steps"));
        Assert.Equal(3 * Seconds(one, "moving rows"), Seconds(three, "moving rows"), 1e-9);
        Assert.Equal(costs.ReceivedByte * ExchangePlan.Of(Shape, Options, 3).Total, Seconds(three, "exchanges"), 1e-9);

        // Two searches of 10,000 documents among 2,000 labels of 32 dimensions, and the best 50 of each.
        Assert.Equal((2 * 10_000.0 * 2_000 * 32 / 2.4e10) + (2 * costs.Selected * 50 * 10_000), Seconds(one, "searches"), 1e-9);

        static double Seconds(WorkPlan plan, string what) => plan.Kinds.Where(kind => kind.What == what).Sum(kind => kind.Seconds);
    }

    [Theory]
    [InlineData(Head.Hybrid)]
    [InlineData(Head.Sparse)]
    public void MoreOfAnything_TakesMore(Head head)
    {
        var options = Options with { Head = head };
        foreach (var more in new[] { Shape with { Documents = 20_000, FeatureValues = 800_000, Assignments = 60_000 }, Shape with { Labels = 4_000 }, Shape with { FeatureValues = 900_000 } })
        {
            Assert.True(WorkPlan.Of(more, options, 2).Total > WorkPlan.Of(Shape, options, 2).Total);
            Assert.True(ExchangePlan.Of(more, options, 2).Total >= ExchangePlan.Of(Shape, options, 2).Total);
        }

        Assert.True(WorkPlan.Of(Shape, options, 1).Total > WorkPlan.Of(Shape, Options, 1).Total);
    }

    // Two machines have half of the shortlists and of the copy of the best epoch: of 100,000 documents a list of 50, of a network of 5,000 features and 2,000 labels.
    [Fact]
    public void Memory_OfTwoProcesses_LacksHalfOfWhatIsDivided()
    {
        long Of(int processes) => MemoryPlan.Of(100_000, 5_000, 2_000, 0, 300_000, 0, Options, threads: 1, processes).Most;
        const long divided = ((4 * 100_000 * 50) + (4 * ((5_000 * 32) + (2_000 * 48)))) / 2;
        Assert.InRange(Of(1) - Of(2) - (1.1 * divided), -2, 2);
    }

    [Fact]
    public void Limits_ShortlistsOfAllDocuments_FitWhereProcessesDivideThem()
    {
        var options = Options with { Shortlist = new ShortlistOptions { Width = 400 } };
        Assert.Throws<LightDxmlException>(() => TrainingLimits.Check(10_000_000, 1000, 3_000_000, options, Array.MaxLength));
        TrainingLimits.Check(10_000_000, 1000, 3_000_000, options, Array.MaxLength, processes: 8);
    }
}
