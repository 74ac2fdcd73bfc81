using LightDxml.Baselines;
using LightDxml.Cli.Comparison;
using LightDxml.Data;
using LightDxml.Encoders.Transformers;
using LightDxml.Metrics;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Torch.Tests;

/// <summary>Transformers with linear classifiers over features and vectors, as <c>compare</c> trains them.</summary>
[Collection(TorchTests.Name)]
public sealed class RankedNetworkTests
{
    private static readonly string[] Topics = ["olive oil", "fishing quotas", "milk powder", "nuclear power", "air traffic", "wine", "steel", "bank supervision"];

    [SkippableTheory]
    [InlineData("x-bert+clusterLabels=2+beam=2")]
    [InlineData("xr-transformer+clusterLabels=2+branching=2+beam=2")]
    public void Train_FeaturesThatTellNothing_RanksByTheVectors_TheSameForTheSameSeed(string name)
    {
        TorchBuild.Require();
        var method = ComparedMethods.Get($"{name}+maxTokens=16+epochs=2+batchSize=8+holdOut=0");
        string[] texts = [.. Enumerable.Range(0, 32).Select(i => $"{(i % 3 == 0 ? "rules on" : "prices of")} {Topics[i % 8]} in 19{60 + i}")];
        var labels = new SparseMatrix(32, 8, [.. Enumerable.Range(0, 33).Select(i => (long)i)], [.. Enumerable.Range(0, 32).Select(i => i % 8)]);
        var features = new SparseMatrix(32, 3, [.. Enumerable.Range(0, 33).Select(i => (long)i)], [.. Enumerable.Range(0, 32).Select(i => i / 8 % 3)], [.. Enumerable.Repeat(1f, 32)]);
        var tokens = TransformerVectors.Tokens(PretrainedTransformers.Open("minilm"), texts);
        var sets = new ComparedSets(new Dataset("topics", features, labels), features, (tokens, tokens));
        using var trained = method.Train(sets, 1, 1, new SilentObserver(), Checkpoint.None, CancellationToken.None);
        using var again = method.Train(sets, 1, 1, new SilentObserver(), Checkpoint.None, CancellationToken.None);
        var ranked = trained.Predict(3, 1, CancellationToken.None);
        Assert.Equal(1, Evaluator.Evaluate(ranked, labels, new EvaluationOptions { Ks = [1] }).Precision[0]);
        Assert.Equal(ranked.Labels(0, 32).ToArray(), again.Predict(3, 1, CancellationToken.None).Labels(0, 32).ToArray());
        Assert.Equal(ranked.Scores(0, 32).ToArray(), again.Predict(3, 1, CancellationToken.None).Scores(0, 32).ToArray());

        using var folder = new TemporaryFolder();
        trained.Save(folder["model"], 1);
        Assert.Equal(3 + 384, BaselineFolder.Load(Path.Combine(folder["model"], "rankers")).Model.FeatureCount);
        Assert.True(File.Exists(Path.Combine(folder["model"], "level1", "model.safetensors")));
    }

    [Fact]
    public void Train_WithoutClusters_IsRefused()
    {
        var nothing = new SparseMatrix(0, 1, [0], [], []);
        var fault = Assert.Throws<Configuration.OptionsException>(() =>
            ComparedMethods.Get("x-bert+clusterLabels=0").Train(new ComparedSets(new Dataset("nothing", nothing, nothing), nothing, null), 1, 1, new SilentObserver(), Checkpoint.None, CancellationToken.None));
        Assert.Contains("clusterLabels must be at least 1", fault.Message, StringComparison.Ordinal);
    }
}
