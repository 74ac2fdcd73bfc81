using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Torch.Networks;
using LightDxml.Torch.Networks.Levels;
using LightDxml.Torch.Networks.Transformers;
using LightDxml.Training;
using TorchSharp;

namespace LightDxml.Torch.Tests;

/// <summary>Networks that are trained a level of clusters of labels after another.</summary>
[Collection(TorchTests.Name)]
public sealed class LevelNetworkTests
{
    private const int TokenCount = 40, LabelCount = 8, Longest = 12;

    private static readonly PretrainedTransformer Transformer = MadeUpTransformer.Make(TokenCount - 1, Longest + 2);
    private static readonly LabelLevels OneLevel = new([[[0, 4], [1, 5], [2, 6], [3, 7]]], LabelCount);
    private static readonly LabelLevels Levels = new([[[0, 1], [2, 3]], [[0, 4], [1, 5], [2, 6], [3, 7]]], LabelCount);
    private static readonly int[][] Documents = [[5, 6, 7, 5], [2, 3, 4, 8, 9, 10, 11]];
    private static readonly SparseMatrix Candidates = new(2, LabelCount, [0, 2, 5], [1, 6, 0, 3, 5], [1, 1, 1, 1, 1]);

    public static TheoryData<string> Families => [.. TextNetworks.All.Where(family => family.Settings.All.Any(setting => setting.Name == "clusterLabels")).Select(family => family.Name)];

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void Logits_OfCandidates_AreThoseAmongAll(string name)
    {
        TorchBuild.Require();
        using var network = Network(name, LabelCount);
        using var off = torch.no_grad();
        using var tokens = Tokens(network);
        var all = network.forward(tokens).data<double>().ToArray();
        var some = network.Logits(tokens, Candidates, [0, 1]).data<double>().ToArray();
        double[] expected = [all[1], all[6], ILevelNetwork.Never, all[LabelCount], all[LabelCount + 3], all[LabelCount + 5]];
        Assert.All(expected.Zip(some), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(0, network.Probabilities(network.Logits(tokens, Candidates, [0, 1]))[0, 2].item<double>());
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void Backward_LossOfCandidates_IsTheFiniteDifference(string name)
    {
        TorchBuild.Require();
        using var network = Network(name, LabelCount);
        NetworkGradients.AreFiniteDifferences(network, Loss);

        // Every row of an output's parameters that is no candidate has none.
        Assert.All(network.named_parameters().Where(entry => ((ILevelNetwork)network).HasRowsOfOutputs(entry.name)), entry => Assert.Equal(0, entry.parameter.grad![2].abs().sum().item<double>()));

        torch.Tensor Loss()
        {
            using var scope = torch.NewDisposeScope();
            var targets = TokenBatches.Targets(new SparseMatrix(2, LabelCount, [0, 1, 3], [6, 0, 5]), Candidates, [0, 1], torch.CPU).to(torch.ScalarType.Float64);
            Assert.Equal([0, 1, 0, 1, 0, 1], targets.data<double>().ToArray());
            return network.Loss(network.Logits(Tokens(network), Candidates, [0, 1]), targets).MoveToOuterDisposeScope();
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void StartFrom_NetworkOfClusters_PutsOutputsAtTheirClustersOrAnew_AndTheRestWhereItWas(string name)
    {
        TorchBuild.Require();
        using var above = Network(name, 4, seed: 1);
        using var network = Network(name, LabelCount, seed: 2);
        var before = Values(network);
        network.StartFrom(above, [0, 1, 2, 3, 0, 1, -1, 3]);
        var (old, now) = (Values(above), Values(network));
        foreach (var (parameter, values) in now)
        {
            if (!((ILevelNetwork)network).HasRowsOfOutputs(parameter))
                Assert.Equal(old[parameter], values);
            else if (!((ILevelNetwork)network).StartsOutputsAtClusters)
                Assert.Equal(before[parameter], values);
            else
                Assert.Equal(Rows(old[parameter], 4).Concat(Rows(old[parameter], 4)).Select((row, output) => output == 6 ? Rows(before[parameter], LabelCount)[6] : row), Rows(values, LabelCount));
        }

        static Dictionary<string, double[]> Values(TextNetwork network) => network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.data<double>().ToArray());
        static double[][] Rows(double[] values, int count) => [.. values.Chunk(values.Length / count)];
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void Train_WordsThatNameTheirLabels_LearnsThemThroughTheLevels_TheSameForTheSameSeed(string name)
    {
        TorchBuild.Require();
        var (documents, labels) = Sample(160);
        var family = Trainable(name) with { Rankers = LinearRankers.None };
        var levels = family.Options.Encoder.Length > 0 ? Levels : OneLevel;
        using var first = LevelTrainer.Train(family, Transformer, documents, labels, levels, 1, 1, null, Checkpoint.None, CancellationToken.None);
        using var second = LevelTrainer.Train(family, Transformer, documents, labels, levels, 1, 1, null, Checkpoint.None, CancellationToken.None);
        var predictions = first.Predict(documents, 3);
        Assert.Equal(predictions.Scores(0, 160).ToArray(), second.Predict(documents, 3).Scores(0, 160).ToArray());
        Assert.Equal(1, Evaluator.Evaluate(predictions, labels, new EvaluationOptions { Ks = [1] }).Precision[0], 0.01);

        // With a beam of one every label shown lies in one cluster of the finest level.
        Assert.All(Enumerable.Range(0, 160), document => Assert.Single(predictions.Labels(document).ToArray().Where(label => label >= 0).Select(label => label % 4).Distinct()));
    }

    [SkippableTheory]
    [InlineData("x-bert", 4)]
    [InlineData("xr-transformer", LabelCount)]
    public void Train_ForRankers_KeepsTheLastNetwork_WhoseVectorsAreThePooledStates(string name, int outputs)
    {
        TorchBuild.Require();
        var (documents, labels) = Sample(160);
        using var networks = LevelTrainer.Train(Trainable(name), Transformer, documents, labels, Levels, 1, 1, null, Checkpoint.None, CancellationToken.None);
        Assert.Equal(outputs, networks.Last.Predict(documents, 1).LabelCount);
        var vectors = networks.Last.Encode(documents);
        var (sameVectors, best) = networks.Last.EncodeAndPredict(documents, 2);
        Assert.All(Enumerable.Range(0, 160), document => Assert.Equal(vectors.Row(document), sameVectors.Row(document)));
        Assert.Equal(networks.Last.Predict(documents, 2).Labels(0, 160), best.Labels(0, 160));
        Assert.Equal(networks.Last.Predict(documents, 2).Scores(0, 160), best.Scores(0, 160));
        Assert.Equal((160, MadeUpTransformer.Width), (vectors.RowCount, vectors.Dimensions));
        var formulas = new NetworkFormulas(networks.Last.Network, Longest, Trainable(name).Options, Transformer);
        Assert.All(formulas.Vector(documents[7].ToArray()).Zip(vectors.Row(7).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [SkippableFact]
    public void Loss_AndProbabilities_OfTheMatcher_AreTheHandComputed()
    {
        TorchBuild.Require();
        using var network = new ClusterMatcher(Transformer, 3, TextNetworks.Get("x-bert").Options);
        using var logits = torch.tensor(new[] { 0.5f, -2f, 3f, 0.25f, -0.5f, (float)ILevelNetwork.Never }, [2, 3]);
        using var targets = torch.tensor(new[] { 1f, 0, 1, 0, 1, 0 }, [2, 3]);
        using var loss = network.Loss(logits, targets);
        // (1 − 0.5)² and (1 + 0.25)² + (1 + 0.5)²; the others are beyond the margin.
        Assert.Equal((0.25 + 1.5625 + 2.25) / 2, loss.item<float>(), 1e-6);
        Assert.All(new[] { Math.Exp(-0.125), Math.Exp(-27), 1, Math.Exp(-0.421875), Math.Exp(-3.375), 0 }.Zip(network.Probabilities(logits).data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    private static NetworkFamily Small(string name)
    {
        var family = TextNetworks.Get(name);
        return family with { Options = family.Options with { MaxTokens = Longest + (family.Options.Encoder.Length > 0 ? 2 : 0), Dimensions = 6, Units = 16, RecurrentUnits = 8, Epochs = 2 } };
    }

    private static NetworkFamily Trainable(string name)
    {
        var family = Small(name);
        var options = family.Options with { Epochs = 40, Patience = 40, Rate = 0.01, NewRate = 0.01, LayerDecay = 1, LinearDecay = false, BatchSize = 16, HoldOut = 0, Dropout = 0, Beam = 1 };
        return family with { Options = options.Encoder.Length > 0 ? options with { Epochs = 25, Rate = 0.005 } : options with { Dimensions = 16, RecurrentUnits = 16 } };
    }

    private static TextNetwork Network(string name, int outputs, int seed = 11)
    {
        torch.random.manual_seed(seed);
        torch.set_num_threads(1);
        var network = NetworkTrainer.Create(name, Transformer, TokenCount, outputs, Longest, Small(name).Options);
        network.to(torch.ScalarType.Float64);
        network.eval();
        return network;
    }

    private static torch.Tensor Tokens(TextNetwork network) => TokenBatches.Tokens(MadeUpDocuments.Of(Documents, TokenCount), [0, 1], network.LeastLength, Longest, torch.CPU);

    private static (TokenSequences Documents, SparseMatrix Labels) Sample(int count) => MadeUpDocuments.Labelled(count, LabelCount, TokenCount, Longest);
}
