using LightDxml.Torch.Networks;
using LightDxml.Torch.Networks.Transformers;

namespace LightDxml.Torch.Tests;

[Collection(TorchTests.Name)]
public sealed class NetworkOptimizerTests
{
    [Theory]
    [InlineData(0, false, new[] { 1.0, 1, 1, 1, 1 })]
    [InlineData(0.4, false, new[] { 0.5, 1, 1, 1, 1 })]
    [InlineData(0, true, new[] { 5 / 6.0, 4 / 6.0, 3 / 6.0, 2 / 6.0, 1 / 6.0 })]
    [InlineData(0.4, true, new[] { 0.5, 1, 3 / 4.0, 2 / 4.0, 1 / 4.0 })]
    public void Share_OverFiveSteps_RisesAndFalls(double warmUp, bool decay, double[] expected)
    {
        var options = new NetworkOptions { WarmUp = warmUp, LinearDecay = decay };
        Assert.All(expected.Index(), step => Assert.Equal(step.Item, NetworkOptimizer.Share(step.Index + 1, 5, options), 1e-12));
    }

    [SkippableFact]
    public void RateOf_LayersOfATransformer_FallsDownwards_AndWhatIsNewHasItsOwn()
    {
        TorchBuild.Require();
        var options = new NetworkOptions { Rate = 0.1, NewRate = 7, LayerDecay = 0.5 };
        using var network = new Bert(MadeUpTransformer.Make(9, 12), 3, options);
        var rates = network.named_parameters().ToDictionary(entry => entry.name, entry => network.RateOf(entry.name, options));
        Assert.Equal(0.1, rates["_transformer._tensors.encoder/layer/1/output/dense/weight"], 1e-12);
        Assert.Equal(0.05, rates["_transformer._tensors.encoder/layer/0/attention/self/query/bias"], 1e-12);
        Assert.Equal(0.025, rates["_transformer._tensors.embeddings/word_embeddings/weight"], 1e-12);
        Assert.Equal(7, rates["_labels.weight"]);
    }

    [SkippableFact]
    public void Step_LongGradient_IsCut_AndMatricesAloneDecay()
    {
        TorchBuild.Require();
        var options = new NetworkOptions { Rate = 0.1, NewRate = 0.1, WeightDecay = 0.5, GradientNorm = 1 };
        using var network = new Bert(MadeUpTransformer.Make(9, 12), 3, options);
        var (matrix, vector) = (Parameter("_labels.weight"), Parameter("_labels.bias"));
        using var optimizer = new NetworkOptimizer(network, options, 1);
        optimizer.Begin();
        using (var loss = matrix.sum() * 0 + vector.sum() * 1000)
            loss.backward();
        var (before, biases) = (matrix.data<float>().ToArray(), vector.data<float>().ToArray());
        optimizer.Step();
        Assert.Equal(1, vector.grad!.norm().item<float>(), 1e-4);
        Assert.All(before.Zip(matrix.data<float>().ToArray()), pair => Assert.Equal(pair.First * (1 - 0.1 * 0.5), pair.Second, 1e-6));
        Assert.All(biases.Zip(vector.data<float>().ToArray()), pair => Assert.Equal(pair.First - 0.1, pair.Second, 1e-5));

        TorchSharp.Modules.Parameter Parameter(string name) => network.named_parameters().Single(entry => entry.name == name).parameter;
    }
}
