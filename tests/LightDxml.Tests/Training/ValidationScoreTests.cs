using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class ValidationScoreTests
{
    [Fact]
    public void Of_Propensities_HeadAndTailIsTheMeanOfBothFigures()
    {
        var (train, unseen) = (SmallData.Learnable(200, 30, 1), SmallData.Learnable(50, 30, 2));
        var model = SampleModels.Random(train.FeatureCount, train.LabelCount, 16, 1);
        var inverse = Propensities.Inverse(train.Labels, PropensityOptions.Standard);
        var kernels = KernelBackends.Select();
        using var predictor = new Predictor(model, 1);
        var report = Evaluator.Evaluate(predictor.Predict(unseen.Features, 5), unseen.Labels, new EvaluationOptions(), inverse);
        var score = ValidationScore.Of(model, unseen, inverse, null, kernels, 1);
        Assert.Equal(report.Precision[0], score.P1);
        Assert.Equal((report.Ndcg[^1] + report.PropensityScoredNdcg![^1]) / 2, score.HeadAndTail);
        Assert.NotEqual(score.Ndcg5, score.PropensityNdcg5);
        Assert.Equal(score.Ndcg5 / 2, ValidationScore.Of(model, unseen, null, null, kernels, 1).HeadAndTail);
    }
}
