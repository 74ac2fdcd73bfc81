using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class NegativeSamplerTests
{
    private static readonly Dataset Data = SmallData.Learnable(50, 60, 5);

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 4)]
    public void Fill_SlotsAreDistinct_PositivesFirst_NoPositiveAmongTheNegatives(int width, int hard)
    {
        var batch = Fill(new TrainingPlan(width, false, hard, 12, 20), Rankings(width));
        for (var i = 0; i < batch.Count; i++)
        {
            var slots = batch.Slots[batch.SlotOffsets[i]..batch.SlotOffsets[i + 1]].ToArray();
            var positives = Data.Labels.RowColumns(batch.Points[i]).ToArray();
            Assert.Equal(slots.Length, slots.Distinct().Count());
            Assert.Equal(positives, slots[..batch.PositiveCounts[i]].Order());
            Assert.Empty(slots[batch.PositiveCounts[i]..].Intersect(positives));
            Assert.InRange(slots.Length - positives.Length, hard - positives.Length, hard + 12);
        }
    }

    [Fact]
    public void Fill_WholeShortlist_HoldsEveryLabelOfIt()
    {
        var shortlists = Rankings(10);
        var batch = Fill(new TrainingPlan(10, false, 10, 0, 20), shortlists);
        for (var i = 0; i < batch.Count; i++)
        {
            var slots = batch.Slots[batch.SlotOffsets[i]..batch.SlotOffsets[i + 1]].ToArray();
            Assert.Empty(shortlists.Labels(batch.Points[i]).ToArray().Except(slots));
        }
    }

    [Fact]
    public void Fill_AllLabels_NamesEachLabelOnce()
    {
        var batch = Fill(new TrainingPlan(60, true, 60, 0, 20), null);
        for (var i = 0; i < batch.Count; i++)
            Assert.Equal(Enumerable.Range(0, 60), batch.Slots[batch.SlotOffsets[i]..batch.SlotOffsets[i + 1]].ToArray().Order());
    }

    [Fact]
    public void Fill_MorePositivesThanTheMost_SamplesThemAndNeverTakesTheRestAsNegatives()
    {
        var batch = Fill(new TrainingPlan(60, true, 60, 0, 1), null);
        for (var i = 0; i < batch.Count; i++)
        {
            var slots = batch.Slots[batch.SlotOffsets[i]..batch.SlotOffsets[i + 1]].ToArray();
            var positives = Data.Labels.RowColumns(batch.Points[i]).ToArray();
            Assert.Equal(1, batch.PositiveCounts[i]);
            Assert.Equal(60 - positives.Length + 1, slots.Length);
            Assert.Contains(slots[0], positives);
        }
    }

    [Fact]
    public void Fill_HalfTheReach_DrawsFromTheNearerHalfOnly()
    {
        var shortlists = Rankings(20);
        var batch = Fill(new TrainingPlan(20, false, 5, 0, 20), shortlists, 0.5);
        var farther = false;
        var whole = Fill(new TrainingPlan(20, false, 5, 0, 20), shortlists);
        for (var i = 0; i < batch.Count; i++)
        {
            var ranking = shortlists.Labels(batch.Points[i]).ToArray();
            var negatives = batch.Slots[(batch.SlotOffsets[i] + batch.PositiveCounts[i])..batch.SlotOffsets[i + 1]].ToArray();
            Assert.All(negatives, label => Assert.InRange(Array.IndexOf(ranking, label), 0, 9));
            Assert.NotEmpty(negatives);
            farther |= whole.Slots[(whole.SlotOffsets[i] + whole.PositiveCounts[i])..whole.SlotOffsets[i + 1]].ToArray().Any(label => Array.IndexOf(ranking, label) > 9);
        }

        Assert.True(farther);
    }

    [Fact]
    public void Fill_UniformNegatives_AreDrawnEvenlyFromAllLabels_AnewInEveryStep()
    {
        var train = Data with { Labels = SmallData.Matrix([.. Enumerable.Range(0, 50).Select(_ => new SortedSet<int>())], 60) };
        var sampler = new NegativeSampler(train, new TrainingPlan(10, false, 0, 6, 20), 1);
        var batch = new MiniBatch(train.Features, 50);
        var counts = new int[60];
        var steps = new HashSet<string>();
        for (var step = 1; step <= 5000; step++)
        {
            sampler.Fill(batch, step, [0], null);
            steps.Add(string.Join(' ', batch.Slots.ToArray()));
            foreach (var label in batch.Slots)
                counts[label]++;
        }

        // A label is in a step with the probability 1 − (59/60)⁶ = 0.096: 480 times in 5,000, with a deviation of 21; the bounds are five of them.
        Assert.All(counts, count => Assert.InRange(count, 375, 585));
        Assert.InRange(steps.Count, 4990, 5000);
    }

    // Each has the shortlists of some points alone, and draws as if it had all.
    [Theory]
    [InlineData(2, 20, 20, 20)]
    [InlineData(3, 20, 5, 20)]
    [InlineData(4, 12, 4, 1)]
    public void Fill_ShortlistsOfSeveralProcesses_ChoosesAsOneProcessDoes(int size, int width, int hard, int positives)
    {
        var plan = new TrainingPlan(width, false, hard, 12, positives);
        var all = Rankings(width);
        int[] points = [.. Enumerable.Range(0, 50).OrderBy(point => point * 17 % 50).Take(40)];
        var one = new MiniBatch(Data.Features, 50);
        new NegativeSampler(Data, plan, 1).Fill(one, 3, points, Shortlists.Of(all), 0.75);
        foreach (var slots in ThreadGroup.Run(size, processes =>
        {
            var parts = new Workers(1, processes).Parts(50);
            var (first, end) = (parts[processes.Rank], parts[processes.Rank + 1]);
            var own = new RankedLabels(end - first, 60, width);
            all.Labels(first, end - first).CopyTo(own.Labels(0, end - first));
            var batch = new MiniBatch(Data.Features, 50);
            var sampler = new NegativeSampler(Data, plan, 1);
            sampler.Fill(batch, 3, points, new Shortlists(own, parts, processes.Rank, null, null), 0.75);
            using (var exchange = new Exchange(processes, "slots"))
            {
                batch.Shared.AddTo(exchange);
                exchange.Complete();
            }

            sampler.Complete(batch);
            Assert.Equal((3, 40), (batch.Step, batch.Count));
            Assert.Equal(points, batch.Points);
            Assert.Equal(one.SlotOffsets, batch.SlotOffsets);
            Assert.Equal(one.PositiveCounts, batch.PositiveCounts);
            return batch.Slots.ToArray();
        }))
            Assert.Equal(one.Slots, slots);
    }

    // The greatest draw below 1, in the last of 2,000 stretches: their sum rounds to 2,000.
    [Fact]
    public void Place_DrawThatRoundsUp_StaysOnTheShortlist() =>
        Assert.Equal(3999, NegativeSampler.Place(1999, 1 - Math.Pow(2, -53), 2, 4000));

    [Theory]
    [InlineData(256, 256 * 64)]
    [InlineData(int.MaxValue, 1 << 24)]
    public void MiniBatch_RoomAtFirst_DoesNotOverflow(int capacity, int expected) => Assert.Equal(expected, MiniBatch.Room(capacity));

    private static MiniBatch Fill(TrainingPlan plan, RankedLabels? shortlists, double reach = 1)
    {
        var batch = new MiniBatch(Data.Features, 50);
        new NegativeSampler(Data, plan, 1).Fill(batch, 1, [.. Enumerable.Range(0, 50)], shortlists is null ? null : Shortlists.Of(shortlists), reach);
        return batch;
    }

    private static RankedLabels Rankings(int width)
    {
        var shortlists = new RankedLabels(50, 60, width);
        for (var point = 0; point < 50; point++)
        {
            for (var j = 0; j < width; j++)
                shortlists.Labels(point)[j] = (point * 7 + j * 3) % 60;
        }

        return shortlists;
    }
}
