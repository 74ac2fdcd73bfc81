using LightDxml.Data;

namespace LightDxml.Metrics.Tests;

public class FrequencyGroupsTests
{
    // Labels 0 and 1 have no training document, 2 has one, 3 has 50, 4 has 51.
    private static readonly int[] Frequencies = [0, 0, 1, 50, 51];

    [Fact]
    public void Of_EachGroupIsRankedByItself_ByHand()
    {
        var truth = SparseMatrix.OfRows([([0, 2, 4], []), ([3, 4], []), ([1], [])], 5);
        var predictions = new RankedLabels(3, 5, 4);
        Fill(predictions, 0, 4, 1, 0, 3);
        Fill(predictions, 1, 2, 3, 4, -1);
        Fill(predictions, 2, 4, 3, 2, -1);
        var groups = FrequencyGroups.Of(predictions, truth, Frequencies, k: 2);

        // None: document 0 finds label 0 in the group's second place, document 2 finds nothing.
        Assert.Equal(new FrequencyGroup(0, 0, 2, 2, 0.5, (1 / Math.Log2(3)) / 2, 0.5), groups[0]);

        // Few: document 0 has label 2, of which the ranking knows nothing; document 1 has label 3, behind label 2.
        Assert.Equal(new FrequencyGroup(1, 50, 2, 2, 0.5, (1 / Math.Log2(3)) / 2, 0.5), groups[1]);
        Assert.Equal(new FrequencyGroup(51, int.MaxValue, 1, 2, 1, 1, 1), groups[2]);
    }

    [Fact]
    public void Of_LabelsThatNoTestDocumentHas_DoNotRankAmongThoseThatOccur()
    {
        var predictions = new RankedLabels(1, 5, 2);
        Fill(predictions, 0, 0, 1);
        var group = Assert.Single(FrequencyGroups.Of(predictions, SparseMatrix.OfRows([([1], [])], 5), Frequencies, k: 1));
        Assert.Equal((0.0, 1.0), (group.RPrecision, group.OccurringRPrecision));
    }

    [Fact]
    public void Of_MoreRightLabelsThanRanks_ASharesTheRanksAlone()
    {
        var truth = SparseMatrix.OfRows([([0, 1], [])], 5);
        var predictions = new RankedLabels(1, 5, 2);
        Fill(predictions, 0, 0, 1);
        var group = Assert.Single(FrequencyGroups.Of(predictions, truth, Frequencies, k: 1));
        Assert.Equal((1.0, 1.0), (group.RPrecision, group.Ndcg));
    }

    [Fact]
    public void Of_FrequenciesOfOtherLabels_IsAnError() =>
        Assert.Throws<LightDxmlException>(() => FrequencyGroups.Of(new RankedLabels(1, 5, 2), SparseMatrix.OfRows([([0], [])], 5), [1, 2], k: 1));

    private static void Fill(RankedLabels predictions, int document, params int[] labels)
    {
        labels.CopyTo(predictions.Labels(document));
        for (var place = 0; place < labels.Length; place++)
            predictions.Scores(document)[place] = 1f / (place + 1);
    }
}
