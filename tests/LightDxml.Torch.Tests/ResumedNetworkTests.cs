using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Torch.Networks;
using LightDxml.Torch.Networks.Levels;
using LightDxml.Training;

namespace LightDxml.Torch.Tests;

/// <summary>A network's training that is interrupted after any pass and gone on with ends in the bits of one that was not.</summary>
[Collection(TorchTests.Name)]
public sealed class ResumedNetworkTests : IDisposable
{
    private const int TokenCount = 40, LabelCount = 8, Longest = 12, Epochs = 3;

    private static readonly PretrainedTransformer Transformer = MadeUpTransformer.Make(TokenCount - 1, Longest + 2);
    private static readonly LabelLevels Levels = new([[[0, 1], [2, 3]], [[0, 4], [1, 5], [2, 6], [3, 7]]], LabelCount);
    private static readonly CheckpointKey Key = new([("data", "a")]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("cnn-kim", 0.2)]
    [InlineData("cnn-kim", 0)]
    [InlineData("attention-xml", 0.2)]
    [InlineData("bert", 0.2)]
    [InlineData("attention-xml", 0.2, true)]
    [InlineData("x-bert", 0, true)]
    [InlineData("xr-transformer", 0.2, true)]
    [InlineData("cnn-kim", 0.2, false, 1.5)]
    [InlineData("cnn-kim", 0, false, 1.5)]
    public void Train_StoppedAfterAnyPass_EndsInTheSameBits(string name, double holdOut, bool byLevels = false, double average = 0)
    {
        TorchBuild.Require();
        var family = Small(name, holdOut);
        family = family with { Options = family.Options with { Average = average } };
        var boundaries = 0;
        var expected = Trained(family, byLevels, Begin(() => boundaries++), CancellationToken.None);
        Assert.Equal(expected, Trained(family, byLevels, null, CancellationToken.None));
        Assert.True(boundaries > Epochs, $"{boundaries} boundaries");
        for (var stopAt = 1; stopAt <= boundaries; stopAt++)
        {
            var passed = 0;
            using (var stop = new CancellationTokenSource())
            {
                Assert.Throws<OperationCanceledException>(() => Trained(family, byLevels, Begin(() =>
                {
                    if (++passed == stopAt)
                        stop.Cancel();
                }), stop.Token));
            }

            Assert.Equal(stopAt, passed);
            Assert.Equal(expected, Trained(family, byLevels, Resume(() => passed++), CancellationToken.None));

            // What was done is not done again: only the boundary it was stopped at and the ends of levels are passed once more.
            Assert.True(passed <= boundaries + 1 + (byLevels ? Levels.Count : 0), $"{passed} boundaries");
        }
    }

    [SkippableFact]
    public void Train_OtherThreadsThanBefore_IsRefused_WithWhatHelps()
    {
        TorchBuild.Require();
        using (var stop = new CancellationTokenSource())
            Assert.Throws<OperationCanceledException>(() => Trained(Small("cnn-kim", 0), false, Begin(stop.Cancel), stop.Token));
        var path = _folder["model.checkpoint"];
        var fault = Assert.Throws<LightDxmlException>(() => Trained(Small("cnn-kim", 0), false, CheckpointFolder.ResumeOrBegin(path, Key), CancellationToken.None, threads: 2));
        Assert.Contains("device was cpu (threads: 1) and is cpu (threads: 2).", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith($"or delete {path} to begin anew.", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Train_BestPassIsMissing_SaysHowToBeginAnew()
    {
        TorchBuild.Require();
        var passed = 0;
        using (var stop = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => Trained(Small("cnn-kim", 0.2), false, Begin(() =>
            {
                if (++passed == 2)
                    stop.Cancel();
            }), stop.Token));
        }

        var path = _folder["model.checkpoint"];
        File.Delete(Assert.Single(Directory.GetFiles(path, "*best-*")));
        var fault = Assert.Throws<LightDxmlException>(() => Trained(Small("cnn-kim", 0.2), false, CheckpointFolder.ResumeOrBegin(path, Key), CancellationToken.None));
        Assert.EndsWith($"To begin anew, delete {path}.", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<LightDxmlException>(() => Trained(Small("cnn-kim", 0.2), false, CheckpointFolder.Resume(path, Key), CancellationToken.None));
        Assert.EndsWith("To begin anew, leave --resume out.", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>All scores of all documents.</summary>
    private static float[] Trained(NetworkFamily family, bool byLevels, CheckpointFolder? folder, CancellationToken stop, int threads = 1)
    {
        var (documents, labels) = MadeUpDocuments.Labelled(40, LabelCount, TokenCount, Longest);
        var checkpoint = folder is null ? Checkpoint.None : Checkpoint.In(folder, TimeSpan.MaxValue);
        if (!byLevels)
        {
            using var network = NetworkTrainer.Train(family, Transformer, new NetworkSet(documents, labels), null, 3, threads, null, checkpoint, stop);
            return Scores(network.Predict(documents, LabelCount, 1, stop), documents);
        }

        using var networks = LevelTrainer.Train(family, Transformer, documents, labels, Levels, 3, 1, null, checkpoint, stop);
        return Scores(networks.Predict(documents, LabelCount, 1, stop), documents);
    }

    private static float[] Scores(RankedLabels ranked, TokenSequences documents) => ranked.Scores(0, documents.DocumentCount).ToArray();

    private static NetworkFamily Small(string name, double holdOut)
    {
        var family = TextNetworks.Get(name);
        var options = family.Options with { MaxTokens = Longest + 2, Dimensions = 6, Filters = 8, Units = 8, RecurrentUnits = 8 };
        return family with { Options = options with { Epochs = Epochs, Patience = 2, BatchSize = 8, Rate = 0.01, HoldOut = holdOut, Beam = 1 } };
    }

    private CheckpointFolder Begin(Action atBoundary) => CheckpointFolder.Begin(_folder["model.checkpoint"], Key, atBoundary: atBoundary);

    private CheckpointFolder Resume(Action atBoundary) => CheckpointFolder.Resume(_folder["model.checkpoint"], Key, atBoundary: atBoundary);
}
