using System.Text;
using LightDxml.Data;
using LightDxml.Encoders;
using LightDxml.Encoders.Transformers;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Torch.Networks;
using LightDxml.Torch.Networks.Transformers;
using TorchSharp;

namespace LightDxml.Torch.Tests;

/// <summary>Text encoders that are trained and written again.</summary>
[Collection(TorchTests.Name)]
public sealed class EncoderTrainingTests
{
    private static readonly string[] Texts = ["olive oil of Spain", "fishing in the North Sea", "milk powder", "olive trees", "quotas for herring", "butter and cream"];

    [SkippableFact]
    public void Write_TrainedEncoder_GivesOnOnnxRuntimeTheVectorsOfTraining()
    {
        TorchBuild.Require();
        using var folder = new TestKit.TemporaryFolder();
        var encoder = TrainableEncoder.Open("minilm");
        var (documents, labels) = Documents(encoder.Transformer);
        var options = TextNetworks.Encoder.Options with { Epochs = 2, BatchSize = 3, HoldOut = 0, MaxTokens = 12 };
        var tensors = EncoderTrainer.Train(options, encoder.Transformer, documents, labels, 1, 1, null, CancellationToken.None);
        encoder.Write(folder["trained"], tensors);

        using var before = new OnnxProvider().OpenTextEncoder(new TextEncoderOptions { Name = "minilm" });
        using var after = new OnnxProvider().OpenTextEncoder(new TextEncoderOptions { Name = folder["trained"] });
        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
        var trained = new PretrainedTransformer("trained", encoder.Transformer.Settings, tensors, encoder.Transformer.Tokenizer, encoder.Transformer.Pooling, encoder.Transformer.MaxTokens);
        var expected = TransformerVectors.Of(trained, Texts);
        foreach (var (text, vector) in Texts.Zip(expected))
        {
            var (old, written) = (new float[before.Dimension], new float[after.Dimension]);
            before.Encode(Encoding.UTF8.GetBytes(text), old);
            after.Encode(Encoding.UTF8.GetBytes(text), written);
            Assert.All(vector.Zip(written), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
            Assert.Contains(vector.Zip(old), pair => Math.Abs(pair.First - pair.Second) > 1e-3);
        }

        // What is written can be trained again, and its tensors are those of the training.
        var again = TrainableEncoder.Open(folder["trained"]);
        Assert.Equal(encoder.Transformer.Settings, again.Transformer.Settings);
        Assert.Equal(encoder.Transformer.MaxTokens, again.Transformer.MaxTokens);
        Assert.All(tensors, tensor => Assert.Equal(tensor.Value.Values.ToArray(), again.Transformer.Tensors[tensor.Key].Values.ToArray()));
        again.Write(folder["trained"], tensors);
        File.WriteAllText(folder["other"], "");
        Assert.Throws<LightDxmlException>(() => TrainableEncoder.CheckTarget(folder["other"]));
    }

    [SkippableFact]
    public void Train_TextsOfOneLabel_ComeNearer_AndOneSeedGivesOneEncoder()
    {
        TorchBuild.Require();
        var pretrained = MadeUpTransformer.Make(39, 12);
        var (documents, labels) = (Sequences([.. Enumerable.Range(0, 40).Select(i => (int[])[2 + i % 4, 10 + i * 7 % 25, 12 + i * 3 % 20])]), Labels(40, 4));
        var options = TextNetworks.Encoder.Options with { Epochs = 15, Patience = 15, BatchSize = 8, HoldOut = 0, Rate = 0.005, NewRate = 0.01, LayerDecay = 1, Dropout = 0 };
        var tensors = Train(1);
        Assert.All(Train(1), tensor => Assert.Equal(tensors[tensor.Key].Values.ToArray(), tensor.Value.Values.ToArray()));
        Assert.True(Gain(tensors) > Gain(pretrained.Tensors) + 0.3, $"{Gain(tensors)} after, {Gain(pretrained.Tensors)} before");

        IReadOnlyDictionary<string, TransformerTensor> Train(int seed) => EncoderTrainer.Train(options, pretrained, documents, labels, seed, 1, null, CancellationToken.None);

        // Mean cosine of texts with the same label less that of the others.
        double Gain(IReadOnlyDictionary<string, TransformerTensor> weights)
        {
            var vectors = TransformerVectors.Of(new PretrainedTransformer("", pretrained.Settings, weights, pretrained.Tokenizer, pretrained.Pooling, 12), documents);
            var pairs = Enumerable.Range(0, 40).SelectMany(a => Enumerable.Range(0, a).Select(b => (IsSame: a % 4 == b % 4, Cosine: vectors[a].Zip(vectors[b], (x, y) => (double)x * y).Sum()))).ToList();
            return pairs.Where(pair => pair.IsSame).Average(pair => pair.Cosine) - pairs.Where(pair => !pair.IsSame).Average(pair => pair.Cosine);
        }
    }

    [SkippableTheory]
    [InlineData(100)]
    [InlineData(0.001)]
    public void Predict_AnyTemperature_RanksByTheCosine(double temperature)
    {
        TorchBuild.Require();
        var (documents, labels) = (Sequences([.. Enumerable.Range(0, 40).Select(i => (int[])[2 + i % 8, 10 + i * 7 % 25, 12 + i * 3 % 20])]), Labels(40, 8));
        Assert.Equal(Ranking(1), Ranking(temperature));

        int[] Ranking(double divisor)
        {
            var family = TextNetworks.Encoder with { Options = TextNetworks.Encoder.Options with { Temperature = divisor } };
            var network = NetworkTrainer.Create(family.Name, MadeUpTransformer.Make(39, 12), 40, 8, 10, family.Options);
            using var trained = new TrainedNetwork(family, network, 40, 8, 10, torch.CPU);
            network.StartAt(documents, labels, 10, CancellationToken.None);
            return trained.Predict(documents, 8).Labels(0, 40).ToArray();
        }
    }

    [SkippableFact]
    public void Train_OneLabel_IsRefused()
    {
        TorchBuild.Require();
        var fault = Assert.Throws<LightDxmlException>(() => EncoderTrainer.Train(
            TextNetworks.Encoder.Options, MadeUpTransformer.Make(39, 12), Sequences([[3], [4]]), Labels(2, 1), 1, 1, null, CancellationToken.None));
        Assert.Contains("at least two", fault.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(new[] { 1f, 0, 0 })]
    [InlineData(new[] { 1f, 0, 1 })]
    [InlineData(new[] { 0f, 0, 0 })]
    [InlineData(new[] { 1f, 1, 1 })]
    public void Loss_OfLabelProxies_IsTheSoftmaxOfEachLabelAgainstThoseThatTheDocumentLacks(float[] targets)
    {
        TorchBuild.Require();
        float[] logits = [2, -1, 0.5f];
        var others = logits.Where((_, label) => targets[label] == 0).Sum(logit => Math.Exp(logit));
        double[] losses = [.. logits.Where((_, label) => targets[label] == 1).Select(logit => -Math.Log(Math.Exp(logit) / (Math.Exp(logit) + others)))];
        using var network = new LabelProxies(MadeUpTransformer.Make(39, 12), 3, TextNetworks.Encoder.Options);
        using var given = torch.tensor(logits, [1, 3], requires_grad: true);
        using var truth = torch.tensor(targets, [1, 3]);
        using var loss = network.Loss(given, truth);
        loss.backward();
        Assert.Equal(losses.DefaultIfEmpty(0).Average(), loss.item<float>(), 1e-5);
        Assert.All(given.grad!.data<float>().ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
    }

    private static (TokenSequences Documents, SparseMatrix Labels) Documents(PretrainedTransformer pretrained) =>
        (TransformerVectors.Tokens(pretrained, Texts), Labels(Texts.Length, 3));

    private static SparseMatrix Labels(int documents, int labels) =>
        new(documents, labels, [.. Enumerable.Range(0, documents + 1).Select(i => (long)i)], [.. Enumerable.Range(0, documents).Select(i => i % labels)]);

    private static TokenSequences Sequences(int[][] documents) =>
        new([0, .. documents.Select((_, i) => documents.Take(i + 1).Sum(ids => (long)ids.Length))], [.. documents.SelectMany(ids => ids)], 40);
}
