using System.Text;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Torch.Networks;
using LightDxml.Training;
using TorchSharp;

namespace LightDxml.Torch.Tests;

[Collection(TorchTests.Name)]
public sealed class NetworkTests
{
    private const int TokenCount = 40, LabelCount = 7, Longest = 24;

    private static readonly PretrainedTransformer Transformer = MadeUpTransformer.Make(TokenCount - 1, Longest + 2);

    public static TheoryData<string> Families => [.. TextNetworks.All.Select(family => family.Name)];

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(19)]
    public void Options_FewTokens_AreAllowed_WhateverTheRegionsOfAnotherNetwork(int tokens) =>
        Assert.Equal(tokens, new NetworkOptions { MaxTokens = tokens }.Validate().MaxTokens);

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void Forward_AnyDocument_IsTheFormula(string name)
    {
        TorchBuild.Require();
        using var network = Network(name);
        var formulas = new NetworkFormulas(network, Longest, Small(name).Options, Transformer);
        foreach (var length in new[] { 1, 3, 9, Longest })
        {
            int[] words = [.. Enumerable.Range(0, length).Select(place => 1 + (place * 7 + length) % (TokenCount - 1))];
            var (expected, actual) = (formulas.Logits(words), Logits(network, [words])[0]);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void Forward_ShortDocumentBesideLongOnes_HasTheLogitsThatItHasAlone(string name)
    {
        TorchBuild.Require();
        using var network = Network(name);
        int[][] documents = [[5, 6, 7], [], [.. Enumerable.Range(2, Longest)], [9]];
        var together = Logits(network, documents);
        for (var i = 0; i < documents.Length; i++)
            Assert.All(together[i].Zip(Logits(network, [documents[i]])[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void Backward_EveryParameter_IsTheFiniteDifference(string name)
    {
        TorchBuild.Require();
        using var network = Network(name);
        int[][] documents = [[5, 6, 7, 5], [2, 3, 4, 8, 9, 10, 11, 12, 13]];
        NetworkGradients.AreFiniteDifferences(network, () => Loss(network, documents), (parameterName, parameter, trial, at) =>
        {
            // Of the words' vectors only those of words that occur have a gradient (those of a transformer lie one lower).
            if (parameterName.Contains("_vectors", StringComparison.Ordinal) || (name == "bow-cnn" && parameterName == "_filters._all.weight"))
                return documents[0][trial % 4] * (int)parameter.shape[1] + at % (int)parameter.shape[1];
            return parameterName.EndsWith("word_embeddings/weight", StringComparison.Ordinal) ? (documents[0][trial % 4] - 1) * (int)parameter.shape[1] + at % (int)parameter.shape[1] : at;
        });
    }

    /// <summary>A library beneath libtorch once multiplied with memory behind rows that do not fill its registers; here that memory holds no numbers.</summary>
    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void SinglePrecision_RowsThatFillNoRegister_HasTheLogitsAndGradientsOfDoublePrecision(string name)
    {
        TorchBuild.Require();
        var options = Small(name).Options with { Dimensions = 50, Filters = 36, Units = 27, RecurrentUnits = 100 };
        int[][] documents = [[5, 6, 7, 5], [2, 3, 4, 8, 9, 10, 11, 12, 13], .. Enumerable.Range(0, 30).Select(first => Enumerable.Range(1 + first % 16, Longest).ToArray())];
        using var single = Network(name, options, torch.ScalarType.Float32);
        using var twice = Network(name, options, torch.ScalarType.Float64);
        LeaveNoNumbersBehind();
        var (logits, expected) = (Logits(single, documents), Logits(twice, documents));
        Assert.All(expected.SelectMany(row => row).Zip(logits.SelectMany(row => row)), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * Math.Max(1, Math.Abs(pair.First))));
        foreach (var network in new[] { single, twice })
        {
            using var loss = Loss(network, documents);
            LeaveNoNumbersBehind();
            loss.backward();
        }

        foreach (var ((parameterName, parameter), (_, precise)) in single.named_parameters().Zip(twice.named_parameters()))
        {
            var (gradient, difference) = (precise.grad!, parameter.grad!.sub(precise.grad!));
            Assert.True(difference.norm().item<double>() <= 1e-4 * Math.Max(0.05, gradient.norm().item<double>()), $"{parameterName}: off by {difference.norm().item<double>()} of {gradient.norm().item<double>()}");
        }

        static void LeaveNoNumbersBehind()
        {
            foreach (var size in new[] { 1_000, 5_000, 20_000, 60_000, 200_000, 600_000 })
            {
                using var first = torch.full(size, float.NaN);
                using var second = torch.full(size, float.NaN);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void Train_WordsThatNameTheirLabels_LearnsThem(string name)
    {
        TorchBuild.Require();
        var (documents, labels) = Sample(300);
        var options = Small(name).Options with { Epochs = 60, Patience = 60, Rate = 0.01, NewRate = 0.01, LayerDecay = 1, LinearDecay = false, BatchSize = 32, HoldOut = 0, Dropout = 0.1 };
        var family = Small(name) with { Options = options.Encoder.Length > 0 ? options with { Rate = 0.003 } : options };
        using var trained = NetworkTrainer.Train(family, Transformer, documents, labels, 1, 1, null, CancellationToken.None);
        var report = Evaluator.Evaluate(trained.Predict(documents, 3), labels, new EvaluationOptions { Ks = [1] });
        Assert.Equal(1, report.Precision[0], 0.01);
    }

    [SkippableFact]
    public void Train_SameSeed_PredictsTheSame_AndKeepsTheBestPass()
    {
        TorchBuild.Require();
        var (documents, labels) = Sample(300);
        var notes = new Notes();
        var family = Small("cnn-kim") with { Options = Small("cnn-kim").Options with { Epochs = 8, Patience = 2, Rate = 0.02, HoldOut = 0.2 } };
        using var first = NetworkTrainer.Train(family, Transformer, documents, labels, 5, 1, notes, CancellationToken.None);
        using var second = NetworkTrainer.Train(family, Transformer, documents, labels, 5, 1, null, CancellationToken.None);
        using var other = NetworkTrainer.Train(family, Transformer, documents, labels, 6, 1, null, CancellationToken.None);
        Assert.Equal(Scores(first), Scores(second));
        Assert.NotEqual(Scores(first), Scores(other));
        Assert.NotEmpty(notes.Epochs);
        Assert.Contains($"{Parameters(first):N0} parameters, which take {(Parameters(first) * 20 - TokenCount * Small("cnn-kim").Options.Dimensions * 4) / 1e6:N0} MB", Assert.Single(notes.Texts), StringComparison.Ordinal);
        Assert.All(notes.Epochs, epoch => Assert.NotNull(epoch.ValidationP1));

        float[] Scores(TrainedNetwork network) => network.Predict(documents, 3).Scores(0, documents.DocumentCount).ToArray();
        static long Parameters(TrainedNetwork network) => network.Network.parameters().Sum(parameter => parameter.NumberOfElements);
    }

    [SkippableFact]
    public void Train_BatchesThatMakeOneStep_StepAsOneBatch()
    {
        TorchBuild.Require();
        var (documents, labels) = Sample(23);
        var (whole, parts) = (Scores(23, 1), Scores(4, 6));
        Assert.All(whole.Zip(parts), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Contains(whole.Zip(Scores(4, 1)), pair => Math.Abs(pair.First - pair.Second) > 1e-3);

        float[] Scores(int batchSize, int accumulate)
        {
            var family = Small("cnn-kim") with { Options = Small("cnn-kim").Options with { Epochs = 2, HoldOut = 0, Dropout = 0, Rate = 0.01, BatchSize = batchSize, Accumulate = accumulate } };
            using var trained = NetworkTrainer.Train(family, Transformer, documents, labels, 1, 1, null, CancellationToken.None);
            var ranked = trained.Predict(documents, LabelCount);
            return [.. Enumerable.Range(0, 23).SelectMany(document => ranked.Labels(document).ToArray().Zip(ranked.Scores(document).ToArray()).OrderBy(label => label.First).Select(label => label.Second))];
        }
    }

    [SkippableFact]
    public void Train_RateThatBreaksIt_SaysWhichSettingHelps()
    {
        TorchBuild.Require();
        var (documents, labels) = Sample(100);
        var family = Small("xml-cnn") with { Options = Small("xml-cnn").Options with { Rate = 1e30 } };
        var fault = Assert.Throws<LightDxmlException>(() => NetworkTrainer.Train(family, Transformer, documents, labels, 1, 1, null, CancellationToken.None));
        Assert.Contains("lower rate", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("newRate", fault.Message, StringComparison.Ordinal);
        family = Small("bert") with { Options = Small("bert").Options with { NewRate = 1e30 } };
        fault = Assert.Throws<LightDxmlException>(() => NetworkTrainer.Train(family, Transformer, documents, labels, 1, 1, null, CancellationToken.None));
        Assert.Contains("lower newRate than 1E+30", fault.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public void Predict_AnyBatch_GivesTheSameScores(string name)
    {
        TorchBuild.Require();
        var (documents, _) = Sample(60);
        Assert.All(Scores(128).Zip(Scores(7)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        float[] Scores(int batchSize)
        {
            var family = Small(name) with { Options = Small(name).Options with { BatchSize = batchSize } };
            torch.random.manual_seed(3);
            using var network = new TrainedNetwork(family, NetworkTrainer.Create(name, Transformer, TokenCount, LabelCount, Longest, family.Options), TokenCount, LabelCount, Longest, torch.CPU);
            return network.Predict(documents, LabelCount, 1).Scores(0, 60).ToArray();
        }
    }

    [SkippableFact]
    public void Train_NoHeldOutDocumentHasAKnownLabel_HoldsNoneOut_AndSaysSo()
    {
        TorchBuild.Require();
        var (documents, labels) = Sample(100);
        var heldOut = HoldOut.Split(100, 0.2, 5).Validation;
        var truth = new SparseMatrix(
            100, LabelCount, [.. Enumerable.Range(0, 101).Select(end => (long)Enumerable.Range(0, end).Except(heldOut).Count())],
            [.. Enumerable.Range(0, 100).Except(heldOut).Select(document => labels.RowColumns(document)[0])]);
        var notes = new Notes();
        var family = Small("cnn-kim") with { Options = Small("cnn-kim").Options with { Epochs = 5, Patience = 1, HoldOut = 0.2 } };
        using var trained = NetworkTrainer.Train(family, Transformer, documents, truth, 5, 1, notes, CancellationToken.None);
        Assert.Contains(notes.Texts, text => text.Contains("none is held out", StringComparison.Ordinal));
        Assert.Equal(5, notes.Epochs.Count);
        using var without = NetworkTrainer.Train(family with { Options = family.Options with { HoldOut = 0 } }, Transformer, documents, truth, 5, 1, null, CancellationToken.None);
        Assert.Equal(without.Predict(documents, 3).Scores(0, 100).ToArray(), trained.Predict(documents, 3).Scores(0, 100).ToArray());
    }

    [SkippableFact]
    public void Train_RatesThatFall_ReportsTheRateOfAPassesEnd()
    {
        TorchBuild.Require();
        var (documents, labels) = Sample(64);
        var notes = new Notes();
        var family = Small("bert") with { Options = Small("bert").Options with { Epochs = 2, BatchSize = 8, HoldOut = 0, Rate = 0.001, WarmUp = 0, LinearDecay = true } };
        using var trained = NetworkTrainer.Train(family, Transformer, documents, labels, 1, 1, notes, CancellationToken.None);
        Assert.Equal([0.001 * 9 / 17, 0.001 / 17], notes.Epochs.Select(epoch => epoch.LearningRate), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData("bert", "layer")]
    [InlineData("cnn-kim", "Adam")]
    public void Settings_OfAFamily_SayWhatHoldsForIt(string name, string rate)
    {
        var settings = TextNetworks.Get(name).Settings;
        Assert.Contains(rate, settings.Find("rate").Meaning, StringComparison.Ordinal);
        Assert.Equal(name == "bert", settings.Find("maxTokens").Meaning.StartsWith("tokens", StringComparison.Ordinal));
        Assert.Equal(name == "bert", settings.Find("dropout").Meaning.Contains("transformer", StringComparison.Ordinal));
        Assert.DoesNotContain("labels", TextNetworks.Encoder.Settings.Find("dropout").Meaning, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Save_ThenReading_HasEveryParameter()
    {
        TorchBuild.Require();
        var (documents, labels) = Sample(100);
        var family = Small("attention-xml") with { Options = Small("attention-xml").Options with { Epochs = 1 } };
        using var trained = NetworkTrainer.Train(family, Transformer, documents, labels, 1, 1, null, CancellationToken.None);
        using var folder = new TestKit.TemporaryFolder();
        trained.Save(folder["model"]);
        using var file = new SafetensorsFile(Path.Combine(folder["model"], ModelFolder.TensorFile));
        Assert.Contains(file.Entries, entry => entry.Name == "_labels._attention.weight" && entry.Shape.SequenceEqual([LabelCount, 2L * family.Options.RecurrentUnits]));
        Assert.Contains("\"network\": \"attention-xml\"", File.ReadAllText(Path.Combine(folder["model"], ModelFolder.ConfigurationFile)), StringComparison.Ordinal);
        trained.Save(folder["model"]);
    }

    [Fact]
    public void TokenFile_WrittenAndRead_IsTheSame_AndDamageIsTold()
    {
        using var folder = new TestKit.TemporaryFolder();
        var (documents, _) = Sample(20);
        TokenFile.Write(documents, folder["a.words"]);
        var read = TokenFile.Read(folder["a.words"]);
        Assert.Equal(documents.Tokens, read.Tokens);
        Assert.Equal(documents.Offsets, read.Offsets);
        Assert.Equal(documents.TokenCount, read.TokenCount);
        TokenFile.Write(documents with { TokenCount = 3 }, folder["b.words"]);
        Assert.Contains("b.words", Assert.Throws<LightDxmlException>(() => TokenFile.Read(folder["b.words"])).Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder["c.words"], Encoding.UTF8.GetBytes("no tensors"));
        Assert.Throws<LightDxmlException>(() => TokenFile.Read(folder["c.words"]));
    }

    [Fact]
    public void With_UnknownSetting_NamesNearOnes()
    {
        var family = TextNetworks.Get("cnn-kim");
        Assert.Equal(9, family.With("epochs=9").Options.Epochs);
        Assert.Contains("epochs", Assert.ThrowsAny<LightDxmlException>(() => family.With("epoch=9")).Message, StringComparison.Ordinal);
    }

    private static NetworkFamily Small(string name)
    {
        var family = TextNetworks.Get(name);
        return family with { Options = family.Options with { MaxTokens = Longest, Dimensions = 6, Filters = 8, Region = 4, Pools = 3, Units = 16, RecurrentUnits = 8, Epochs = 2 } };
    }

    private static TextNetwork Network(string name) => Network(name, Small(name).Options, torch.ScalarType.Float64);

    private static TextNetwork Network(string name, NetworkOptions options, torch.ScalarType precision)
    {
        torch.random.manual_seed(11);
        torch.set_num_threads(1);
        var network = NetworkTrainer.Create(name, Transformer, TokenCount, LabelCount, Longest, options);
        network.to(precision);
        network.eval();
        return network;
    }

    private static torch.Tensor Tokens(TextNetwork network, int[][] documents)
    {
        var sequences = MadeUpDocuments.Of(documents, TokenCount);
        return TokenBatches.Tokens(sequences, [.. Enumerable.Range(0, documents.Length)], network.LeastLength, Longest, torch.CPU);
    }

    private static double[][] Logits(TextNetwork network, int[][] documents)
    {
        using var off = torch.no_grad();
        using var tokens = Tokens(network, documents);
        using var logits = network.forward(tokens);
        using var precise = logits.to(torch.ScalarType.Float64);
        return [.. precise.data<double>().ToArray().Chunk(LabelCount)];
    }

    private static torch.Tensor Loss(TextNetwork network, int[][] documents)
    {
        using var tokens = Tokens(network, documents);
        using var logits = network.forward(tokens);
        using var targets = torch.zeros_like(logits);
        targets[0, 3].fill_(1);
        targets[1, 5].fill_(1);
        return torch.nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: torch.nn.Reduction.Sum);
    }

    private static (TokenSequences Documents, SparseMatrix Labels) Sample(int count) => MadeUpDocuments.Labelled(count, LabelCount, TokenCount, Longest);

    private sealed class Notes : ITrainingObserver
    {
        public List<EpochCompleted> Epochs { get; } = [];

        public List<string> Texts { get; } = [];

        public void Report(TrainingEvent progress)
        {
            if (progress is EpochCompleted epoch)
                Epochs.Add(epoch);
            if (progress is TrainingNote note)
                Texts.Add(note.Text);
        }
    }
}
