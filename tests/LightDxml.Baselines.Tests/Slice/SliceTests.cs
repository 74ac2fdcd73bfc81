using LightDxml.Baselines.Slice;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.Slice;

public sealed class SliceTests
{
    private static readonly Dataset Train = SmallData.Learnable(500, 40, seed: 1);
    private static readonly Dataset Test = SmallData.Learnable(120, 40, seed: 2);

    [Theory]
    [InlineData(SliceEncoding.Projection)]
    [InlineData(SliceEncoding.Given)]
    public void Train_OtherEncodings_FindTheLabels_AndReadBackTheSame(object encoding)
    {
        using var folder = new TemporaryFolder();
        var model = SliceTrainer.Train(Train, new SliceOptions { Encoding = (SliceEncoding)encoding, Cost = 10 }, seed: 5, threads: 2);
        var ranking = model.Predict(Test.Features, 5, threads: 2);
        Assert.True(Evaluator.Evaluate(ranking, Test.Labels, new EvaluationOptions()).Precision[0] > 0.9);
        BaselineFolder.Save(model, new BaselineStatistics(500, Train.FeatureCount, 40, 5), folder["model"]);
        var loaded = BaselineFolder.Load(folder["model"]).Model.Predict(Test.Features, 5, threads: 1);
        Assert.Equal(ranking.Labels(0, 120).ToArray(), loaded.Labels(0, 120).ToArray());
        Assert.Equal(ranking.Scores(0, 120).ToArray(), loaded.Scores(0, 120).ToArray());
    }

    [Fact]
    public void Rank_ScoresOnlyTheLabelsOfTheNearestMeans()
    {
        var model = SliceTrainer.Train(Train, new SliceOptions { Encoding = SliceEncoding.Given, Shortlist = 3 }, threads: 1);
        var ranking = model.Predict(Test.Features, 5, threads: 1);
        for (var point = 0; point < 20; point++)
        {
            var dense = new float[Train.FeatureCount];
            for (var i = 0; i < Test.Features.RowLength(point); i++)
                dense[Test.Features.RowColumns(point)[i]] = Test.Features.RowValues(point)[i];
            var nearest = Enumerable.Range(0, 40)
                .OrderByDescending(label => System.Numerics.Tensors.TensorPrimitives.Dot<float>(dense, model.Means.Row(label))).Take(3).Order();
            Assert.Equal(nearest, ranking.Labels(point).ToArray().Where(label => label >= 0).Order());
        }
    }

    [Fact]
    public void LabelWithoutTrainingPoints_IsNeverPredicted()
    {
        var wide = Train with
        {
            Labels = new SparseMatrix(
                Train.PointCount, 41, Train.Labels.RowOffsets.ToArray(), [.. Enumerable.Range(0, Train.PointCount).SelectMany(row => Train.Labels.RowColumns(row).ToArray())]),
        };
        var ranking = SliceTrainer.Train(wide, new SliceOptions { Encoding = SliceEncoding.Given }, threads: 1).Predict(Test.Features, 41, threads: 1);
        Assert.Equal(-1, ranking.Labels(0).IndexOf(40));
        Assert.Equal(40, ranking.Labels(0).ToArray().Count(label => label >= 0));
    }
}
