using LightDxml.Baselines.Neighbours;
using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.Neighbours;

public sealed class NeighbourGraphTests
{
    private static readonly Dataset Train = SmallData.Learnable(2000, 60, seed: 1);
    private static readonly Dataset Test = SmallData.Learnable(100, 60, seed: 2);

    [Fact]
    public void Graph_FindsNearlyTheExactNeighbours_WithTheirExactCosines()
    {
        var exact = NeighbourModel.Train(Train, new NeighbourOptions()).CreateFinder();
        var graph = NeighbourModel.Train(Train, new NeighbourOptions { Search = NeighbourSearch.Hnsw, Candidates = 300 }).CreateFinder();
        var (expected, found) = (new int[10], new int[10]);
        var (cosines, foundCosines) = (new float[10], new float[10]);
        var hits = 0;
        for (var point = 0; point < Test.PointCount; point++)
        {
            var columns = Test.Features.RowColumns(point);
            var values = Test.Features.RowValues(point);
            exact.Find(columns, values, expected, cosines);
            graph.Find(columns, values, found, foundCosines);
            for (var i = 0; i < 10; i++)
            {
                var place = Array.IndexOf(expected, found[i]);
                if (place < 0)
                    continue;
                hits++;
                // The same products in another order.
                Assert.Equal(cosines[place], foundCosines[i], 1e-5);
            }
        }

        // 300 of 2,000 candidates by projections whose cosines err by 0.06.
        Assert.True(hits > 900, $"{hits} of 1,000");
    }

    [Fact]
    public void Projection_KeepsCosines_WithinFewStandardErrors()
    {
        var projected = new RandomProjection(Train.FeatureCount, 400, seed: 3).ProjectUnits(Train.Features, threads: 2);
        var exact = NeighbourModel.Train(Train, new NeighbourOptions { Neighbours = 2000 }).CreateFinder();
        var (points, cosines) = (new int[2000], new float[2000]);
        var count = exact.Find(Train.Features.RowColumns(0), Train.Features.RowValues(0), points, cosines);
        for (var i = 0; i < count; i++)
        {
            var cosine = System.Numerics.Tensors.TensorPrimitives.Dot<float>(projected.Row(0), projected.Row(points[i]));
            // A standard error of 1/√400 = 0.05; five of them.
            Assert.Equal(cosines[i], cosine, 0.25f);
        }
    }
}
