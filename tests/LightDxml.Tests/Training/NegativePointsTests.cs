using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class NegativePointsTests
{
    private static readonly Dataset Data = SmallData.Learnable(900, 80, 1);
    private static readonly TrainingSplit Split = TrainingSplit.HoldingOut(Data, [.. Enumerable.Range(0, 90).Select(i => i * 10)]);

    [Fact]
    public void Fill_LabelOnNoShortlist_GetsDistinctBlindPointsWithoutIt()
    {
        var nobodys = new RankedLabels(Data.PointCount, Data.LabelCount, 5);
        var negatives = new NegativePoints(Split, ListedPoints.Of(Data.Labels, nobodys), 1);
        var positives = Data.Labels.Transpose();
        var rows = new NegativePoints.Rows();
        var drawn = new HashSet<int>();
        for (var label = 0; label < Data.LabelCount; label++)
        {
            negatives.Fill(label, positives.RowColumns(label), rows);
            Assert.Equal(NegativePoints.Least, rows.Trained.Distinct().Count());
            Assert.Equal(NegativePoints.Least, rows.Trained.Count);
            Assert.Empty(rows.HeldOut);
            Assert.Empty(rows.Trained.Intersect(positives.RowColumns(label).ToArray()));
            Assert.All(rows.Trained, point => Assert.False(Split.IsHeldOut![point]));
            drawn.UnionWith(rows.Trained);
        }

        // Labels draw their own points: together they come to nearly all that there are.
        Assert.InRange(drawn.Count, 780, 810);
    }

    // Each has the candidates of some points, and gets the points of some labels.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void ListedPoints_CandidatesOfSeveralProcesses_GiveEachItsLabelsPointsInOrder(int size)
    {
        var all = new RankedLabels(Data.PointCount, Data.LabelCount, 7);
        for (var point = 0; point < Data.PointCount; point++)
        {
            for (var j = 0; j < 7 - point % 3; j++)
                all.Labels(point)[j] = (point * 5 + j * (point % 9 + 1)) % Data.LabelCount;
        }

        var expected = ListedPoints.Of(Data.Labels, all);
        Assert.InRange(expected.Points.NonZeroCount, 1000, 7 * Data.PointCount);
        var own = ThreadGroup.Run(size, processes =>
        {
            var parts = new Workers(1, processes).Parts(Data.PointCount, point => point);
            var (first, count) = (parts[processes.Rank], parts[processes.Rank + 1] - parts[processes.Rank]);
            var candidates = new RankedLabels(count, Data.LabelCount, 7);
            all.Labels(first, count).CopyTo(candidates.Labels(0, count));
            return ListedPoints.Of(Data.Labels, new Shortlists(candidates, parts, processes.Rank, null, null), new Workers(1, processes), static (_, count) => count);
        });
        for (var rank = 0; rank < size; rank++)
        {
            Assert.Equal(expected.Counts, own[rank].Counts);
            for (var label = 0; label < Data.LabelCount; label++)
                Assert.Equal(label >= own[rank].Labels[rank] && label < own[rank].Labels[rank + 1] ? expected.Points.RowColumns(label) : [], own[rank].Points.RowColumns(label));
        }
    }

    [Fact]
    public void Fill_FewPoints_TakesAllThatThereAre()
    {
        var few = SmallData.Learnable(30, 10, 1);
        var negatives = new NegativePoints(TrainingSplit.Of(few, null, 0, 1), ListedPoints.Of(few.Labels, new RankedLabels(30, 10, 5)), 1);
        var rows = new NegativePoints.Rows();
        negatives.Fill(0, few.Labels.Transpose().RowColumns(0), rows);
        Assert.Equal(Enumerable.Range(0, 30).Except(few.Labels.Transpose().RowColumns(0).ToArray()), rows.Trained.Order());
    }

    [Fact]
    public void Fill_EveryLabelOnEveryShortlist_IsWhatAListOfAllGives()
    {
        var all = new RankedLabels(Data.PointCount, Data.LabelCount, Data.LabelCount);
        for (var point = 0; point < Data.PointCount; point++)
        {
            for (var label = 0; label < Data.LabelCount; label++)
                all.Labels(point)[label] = label;
        }

        var (listed, implied) = (new NegativePoints(Split, ListedPoints.Of(Data.Labels, all), 1), new NegativePoints(Split, null, 1));
        var positives = Data.Labels.Transpose();
        var (expected, actual) = (new NegativePoints.Rows(), new NegativePoints.Rows());
        for (var label = 0; label < Data.LabelCount; label++)
        {
            listed.Fill(label, positives.RowColumns(label), expected);
            implied.Fill(label, positives.RowColumns(label), actual);
            Assert.Equal(expected.Trained, actual.Trained);
            Assert.Equal(expected.HeldOut, actual.HeldOut);
        }
    }

    // 2,200,000 points × 1,000 labels would be 8.8 GB as a list, and more than one array holds.
    [Fact]
    public void Fill_EveryLabelOnEveryShortlist_NeedsNoListOfPointsTimesLabels()
    {
        const int Points = 100_000, Labels = 200;
        var labels = SmallData.Matrix([.. Enumerable.Range(0, Points).Select(i => new SortedSet<int> { i % Labels })], Labels);
        var split = TrainingSplit.Of(new Dataset("many", SmallData.Matrix([.. Enumerable.Range(0, Points).Select(_ => new SortedDictionary<int, float>())], 1), labels), null, 0, 1);
        var positives = labels.Transpose();
        var rows = new NegativePoints.Rows();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var negatives = new NegativePoints(split, null, 1);
        for (var label = 0; label < Labels; label++)
        {
            negatives.Fill(label, positives.RowColumns(label), rows);
            Assert.Equal(Points - Points / Labels, rows.Trained.Count);
        }

        // Some numbers a point, whatever the number of labels.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40L * Points);
    }
}
