using LightDxml.Inference;
using LightDxml.TestKit;

namespace LightDxml.Tests.Inference;

public class MostFrequentLabelsTests
{
    [Fact]
    public void Predict_MostFrequentFirst_TiesToTheLowerRow()
    {
        // Labels 0 and 3 are on one point of four, 1 on none, 2 on three.
        var predictions = MostFrequentLabels.Predict(Points.Labels(4, [2, 3], [2], [0, 2], []), pointCount: 2, k: 3);
        for (var point = 0; point < 2; point++)
        {
            Assert.Equal([2, 0, 3], predictions.Labels(point).ToArray());
            Assert.Equal([0.75f, 0.25f, 0.25f], predictions.Scores(point).ToArray());
        }
    }

    [Fact]
    public void Predict_FewerLabelsThanK_LeavesPlacesEmpty() =>
        Assert.Equal([1, 0, -1], MostFrequentLabels.Predict(Points.Labels(2, [1]), pointCount: 1, k: 3).Labels(0).ToArray());
}
