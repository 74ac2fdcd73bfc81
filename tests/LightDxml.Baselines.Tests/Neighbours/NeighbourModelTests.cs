using LightDxml.Baselines.Neighbours;
using LightDxml.Data;

namespace LightDxml.Baselines.Tests.Neighbours;

public sealed class NeighbourModelTests
{
    [Fact]
    public void Scores_AreTheSharesOfTheNeighboursSimilarity()
    {
        // The query (1, 0) has cosines 1, 0.8 and 0.6 with the points; two neighbours vote.
        var features = new SparseMatrix(3, 2, [0, 1, 3, 5], [0, 0, 1, 0, 1], [1, 0.8f, 0.6f, 0.6f, 0.8f]);
        var labels = new SparseMatrix(3, 3, [0, 1, 3, 4], [0, 0, 1, 2]);
        var model = NeighbourModel.Train(new Dataset("hand", features, labels), new NeighbourOptions { Neighbours = 2, Power = 1 });
        var ranking = model.Predict(new SparseMatrix(1, 2, [0, 1], [0], [1]), 3, threads: 1);
        Assert.Equal([0, 1, -1], ranking.Labels(0));
        Assert.Equal(1, ranking.Scores(0)[0], 1e-6);
        Assert.Equal(0.8 / 1.8, ranking.Scores(0)[1], 1e-6);
    }

    // A power of a small cosine is smaller than any number of single precision.
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(100)]
    public void Rank_NeighboursThatAreHardlyNear_HaveSharesThatAddUp(double power)
    {
        const float little = 1e-4f;
        var features = new SparseMatrix(2, 3, [0, 2, 4], [0, 1, 0, 2], [little, 1, little / 2, 1]);
        var model = NeighbourModel.Train(new Dataset("far", features, new SparseMatrix(2, 2, [0, 1, 2], [0, 1])), new NeighbourOptions { Neighbours = 2, Power = power });
        var (labels, scores) = (new int[2], new float[2]);
        model.Predict([0], [1f], labels, scores);
        Assert.Equal([0, 1], labels);
        Assert.Equal(1, scores[0] + scores[1], 1e-5f);
        Assert.InRange(scores[0], scores[1], 1);
    }
}
