using LightDxml.Data;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Door;

public sealed class FeatureClassifierTests : IDisposable
{
    private static readonly Dataset Train = SmallData.Learnable(300, 20, seed: 1);
    private static readonly Dataset Unseen = SmallData.Learnable(60, 20, seed: 2);
    private static readonly FeatureClassifier Shared = FeatureClassifier.Train(
        Train, options: new TrainingOptions { Encoder = new EncoderOptions { Dimensions = 12 }, Schedule = new ScheduleOptions { Epochs = 4 } }, threads: 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model")]
    [InlineData("model.ldx")]
    public void SaveAndLoad_OneRowOrMany_AreTheSamePredictions(string name)
    {
        Shared.Save(_folder[name]);
        using var loaded = FeatureClassifier.Load(_folder[name]);
        var expected = Shared.Predict(Unseen.Features, 5, threads: 2);
        var actual = loaded.Predict(Unseen.Features, 5, threads: 1);
        Assert.Equal(expected.Labels(0, 60).ToArray(), actual.Labels(0, 60).ToArray());
        Assert.Equal(expected.Scores(0, 60).ToArray(), actual.Scores(0, 60).ToArray());
        SinglePredictions.AssertSame(expected, loaded, Unseen.Features);
    }

    /// <summary>Rows of labels, and whether their features differ.</summary>
    [Theory]
    [InlineData("0", true)]
    [InlineData("0 0 0 0 0 0", true)]
    [InlineData("0,1,2 0,1,2 0,1,2 0,1,2 0,1,2", true)]
    [InlineData("0 0 0 0", false)]
    [InlineData("0 1 0 1 0 1", true)]
    public void Train_OnAlmostNothing_FindsWhatThereIs(string rows, bool differ)
    {
        SortedSet<int>[] labels = [.. rows.Split(' ').Select(row => new SortedSet<int>(row.Split(',').Select(int.Parse)))];
        SortedDictionary<int, float>[] features = [.. labels.Select((row, i) => new SortedDictionary<int, float> { [differ ? row.Max : 0] = 1, [4] = differ ? 1 + i / 9f : 1 })];
        var set = new Dataset("tiny", UnitRows.Of(SmallData.Matrix(features, 5)), SmallData.Matrix(labels, labels.Max(row => row.Max) + 1));

        using var classifier = FeatureClassifier.Train(set, options: new TrainingOptions { Encoder = new EncoderOptions { Dimensions = 8 }, Schedule = new ScheduleOptions { Epochs = 6 } }, threads: 1);

        var predictions = classifier.Predict(set.Features, 1);
        for (var row = 0; row < labels.Length; row++)
        {
            Assert.Contains(predictions.Labels(row)[0], labels[row]);
            Assert.True(float.IsFinite(predictions.Scores(row)[0]));
        }
    }

    /// <summary>What brings such features near to 1 is beyond a float, in the weights that take them as they come.</summary>
    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Int4)]
    public void Train_FeaturesTooSmallForTheirWeights_SaysThatItDiverged(Precision precision)
    {
        var small = Train with { Features = Train.Features.ScaleRows(_ => 1e-40f) };
        var options = new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 8, UnitRows = UnitLength.False },
            Schedule = new ScheduleOptions { Epochs = 1 },
            Storage = new StorageOptions { Precision = precision },
        };

        var error = Assert.Throws<LightDxmlException>(() => FeatureClassifier.Train(small, options: options, threads: 1));
        Assert.Contains("The training diverged: weights for features as small", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_RowsThatAreNotRows_AreArgumentExceptions()
    {
        var (labels, scores) = (new int[3], new float[3]);
        Assert.Throws<ArgumentException>(() => Shared.Predict([Shared.FeatureCount], [1], labels, scores));
        Assert.Throws<ArgumentException>(() => Shared.Predict([-1], [1], labels, scores));
        Assert.Throws<ArgumentException>(() => Shared.Predict([2, 1], [1, 1], labels, scores));
        Assert.Throws<ArgumentException>(() => Shared.Predict([1, 1], [1, 1], labels, scores));
        Assert.Throws<ArgumentException>(() => Shared.Predict([1, 2], [1], labels, scores));
        Assert.Throws<ArgumentException>(() => Shared.Predict([1], [1], labels, new float[2]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Predict_ValueThatIsNoFiniteNumber_IsRefused_OfManyRowsTheRowIsNamed(float value)
    {
        Assert.Throws<ArgumentException>(() => Shared.Predict([1, 3], [1, value], new int[2], new float[2]));
        SparseMatrix rows = new(3, Shared.FeatureCount, [0, 1, 1, 3], [1, 1, 3], [1, 1, value]);
        Assert.Contains("Row 2 ", Assert.Throws<LightDxmlException>(() => Shared.Predict(rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_NoRoomForLabels_WritesNone()
    {
        Shared.Predict([1, 3], [1, 1], [], []);
        Assert.Throws<ArgumentException>(() => Shared.Predict([3, 1], [1, 1], [], []));
    }

    [Fact]
    public void Predict_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Shared.Predict(Unseen.Features, cancellationToken: stop.Token));
    }

    [Fact]
    public void Load_FileThatIsNoModel_IsRefused_AndNotOverwritten()
    {
        File.WriteAllText(_folder["thesis.ldx"], "precious");
        Assert.Throws<LightDxmlException>(() => FeatureClassifier.Load(_folder["thesis.ldx"]));
        Assert.Throws<LightDxmlException>(() => Shared.Save(_folder["thesis.ldx"]));
        Assert.Equal("precious", File.ReadAllText(_folder["thesis.ldx"]));
    }

    [Fact]
    public void Save_FileInAMissingFolder_MakesIt_AndALinkKeepsPointing()
    {
        var path = _folder["a/b/model.ldx"];
        Shared.Save(path);
        File.CreateSymbolicLink(_folder["link.ldx"], path);
        Shared.Save(_folder["link.ldx"]);
        Assert.NotNull(new FileInfo(_folder["link.ldx"]).LinkTarget);
        FeatureClassifier.Load(path).Dispose();
    }

    [Fact]
    public void Load_TrainingRecordDamagedInAFile_PredictsAllTheSame()
    {
        Shared.Save(_folder["model.ldx"]);
        using (var archive = System.IO.Compression.ZipFile.Open(_folder["model.ldx"], System.IO.Compression.ZipArchiveMode.Update))
        {
            archive.GetEntry("training.json")!.Delete();
            using var record = archive.CreateEntry("training.json").Open();
            record.Write(new byte[100]);
        }

        FeatureClassifier.Load(_folder["model.ldx"]).Dispose();
    }

    [Fact]
    public void Load_EntryThatClaimsMoreThanItHolds_IsAStatedError()
    {
        Shared.Save(_folder["model.ldx"]);
        using (var archive = System.IO.Compression.ZipFile.Open(_folder["model.ldx"], System.IO.Compression.ZipArchiveMode.Update))
        {
            archive.GetEntry("config.json")!.Delete();
            using var configuration = archive.CreateEntry("config.json", System.IO.Compression.CompressionLevel.SmallestSize).Open();
            var blanks = new byte[1 << 20];
            Array.Fill(blanks, (byte)' ');
            for (var i = 0; i < 64; i++)
                configuration.Write(blanks);
        }

        Assert.Contains("claim to be", Assert.ThrowsAny<LightDxmlException>(() => FeatureClassifier.Load(_folder["model.ldx"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedFile_IsAStatedError()
    {
        Shared.Save(_folder["model.ldx"]);
        var bytes = File.ReadAllBytes(_folder["model.ldx"]);
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 60))
        {
            using var cut = new MemoryStream(bytes[..length]);
            Assert.ThrowsAny<LightDxmlException>(() => FeatureClassifier.Load(cut));
        }

        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var damaged = bytes.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            using var stream = new MemoryStream(damaged);
            try
            {
                FeatureClassifier.Load(stream).Dispose();
            }
            catch (LightDxmlException)
            {
            }
        }
    }
}
