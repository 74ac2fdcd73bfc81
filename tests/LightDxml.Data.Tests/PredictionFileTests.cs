using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class PredictionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Ranking_IsTheDocumentedText()
    {
        PredictionFile.Write(Example(), _folder["predictions.txt"]);

        Assert.Equal("3 9\n7:0.75 2:0.5\n\n0:-1.5\n", File.ReadAllText(_folder["predictions.txt"]));
    }

    [Theory]
    [InlineData("predictions.txt")]
    [InlineData("predictions.txt.gz")]
    [InlineData("predictions.txt.br")]
    public void WriteRead_RandomRankings_AreEqual(string name)
    {
        var random = new Random(8);
        for (var round = 0; round < 20; round++)
        {
            var expected = RandomRanking(random);
            PredictionFile.Write(expected, _folder[name]);

            var actual = PredictionFile.Read(_folder[name], threads: random.Next(1, 3));

            Assert.Equal((expected.PointCount, expected.LabelCount), (actual.PointCount, actual.LabelCount));
            for (var point = 0; point < expected.PointCount; point++)
            {
                var filled = expected.Labels(point).ToArray().Count(label => label >= 0);
                Assert.Equal(expected.Labels(point)[..filled].ToArray(), actual.Labels(point)[..filled].ToArray());
                Assert.Equal(expected.Scores(point)[..filled].ToArray(), actual.Scores(point)[..filled].ToArray());
                Assert.All(actual.Labels(point)[filled..].ToArray(), label => Assert.Equal(-1, label));
                Assert.All(actual.Scores(point)[filled..].ToArray(), score => Assert.Equal(float.NegativeInfinity, score));
            }
        }
    }

    [Fact]
    public void Read_UnsortedPairs_BestFirstAndOfEqualScoresTheOneThatIsFirstInTheFile()
    {
        var predictions = PredictionFile.Read(_folder.Write("other.txt", "1 9\n3:0.5 8:0.25 1:0.5 0:-1 4:0.75\n"));

        Assert.Equal([4, 3, 1, 8, 0], predictions.Labels(0).ToArray());
        Assert.Equal([0.75f, 0.5f, 0.5f, 0.25f, -1f], predictions.Scores(0).ToArray());
    }

    [Fact]
    public void Read_LinesOfDifferentLength_WidthIsTheLongest()
    {
        var predictions = PredictionFile.Read(_folder.Write("other.txt", "3 9\n3:0.5\n\n1:2 2:1\n"));

        Assert.Equal(2, predictions.Width);
        Assert.Equal([3, -1], predictions.Labels(0).ToArray());
        Assert.Equal([-1, -1], predictions.Labels(1).ToArray());
    }

    [Fact]
    public void Read_NoDocuments_IsARankingOfNone() =>
        Assert.Equal((0, 9), PredictionFile.Read(_folder.Write("none.txt", "0 9\n")) is var none ? (none.PointCount, none.LabelCount) : default);

    [Fact]
    public void Read_ScoreZero_IsKept() =>
        Assert.Equal([5], PredictionFile.Read(_folder.Write("other.txt", "1 9\n5:0\n")).Labels(0).ToArray());

    [Theory]
    [InlineData("2 9\n3:0.5\n9:1\n", 3, "label 9 is not below the label count 9")]
    [InlineData("1 9\n3:0.5 3:0.25\n", 2, "label 3 occurs twice")]
    [InlineData("1 9\n3:nan\n", 2, "label 3 has the value 'nan'")]
    [InlineData("1 9\n3 4\n", 2, "found '3', expected label:value")]
    [InlineData("3 9\n3:0.5\n", 2, "the file ends after 1 documents, but the header says 3")]
    [InlineData("1 9 9\n3:0.5\n", 1, "expected the header 'documents labels'")]
    public void Read_BadFile_NamesTheLineAndTheFault(string text, long line, string words)
    {
        var path = _folder.Write("bad.txt", text);

        var fault = Assert.Throws<DataFormatException>(() => PredictionFile.Read(path));

        Assert.Equal((path, line), (fault.File, fault.Line));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ScoreThatIsNotFinite_IsAnErrorAndLeavesNoFile()
    {
        var predictions = Example();
        predictions.Scores(0)[0] = float.NaN;

        Assert.Throws<LightDxmlException>(() => PredictionFile.Write(predictions, _folder["predictions.txt"]));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    /// <summary>Three points of nine labels; the second has no predictions.</summary>
    private static RankedLabels Example()
    {
        var predictions = new RankedLabels(pointCount: 3, labelCount: 9, width: 2);
        (predictions.Labels(0)[0], predictions.Scores(0)[0]) = (7, 0.75f);
        (predictions.Labels(0)[1], predictions.Scores(0)[1]) = (2, 0.5f);
        (predictions.Labels(2)[0], predictions.Scores(2)[0]) = (0, -1.5f);
        return predictions;
    }

    private static RankedLabels RandomRanking(Random random)
    {
        var ranking = new RankedLabels(random.Next(0, 40), labelCount: 50, width: random.Next(1, 12));
        for (var point = 0; point < ranking.PointCount; point++)
        {
            var labels = Enumerable.Range(0, 50).ToArray();
            random.Shuffle(labels);
            var pairs = labels[..random.Next(0, ranking.Width + 1)]
                .Select(label => (Label: label, Score: random.Next(4) == 0 ? 0.5f : random.NextSingle() - 0.5f))
                .OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Label).ToArray();
            for (var i = 0; i < pairs.Length; i++)
                (ranking.Labels(point)[i], ranking.Scores(point)[i]) = pairs[i];
        }

        return ranking;
    }

    [Theory]
    [InlineData(20_000, 2_000)]
    [InlineData(100_000, 400)]
    [InlineData(1_000_000, 100)]
    public void Read_OneLongLineOfManyDocuments_TakesNoMemoryForAllOthers(int documents, int labels)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("lightdxml-tests-").FullName, "p.txt");
        File.WriteAllText(path, $"{documents} {labels}\n{string.Join(' ', Enumerable.Range(0, labels).Select(label => $"{label}:1"))}\n{new string('\n', documents - 1)}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains($"a document has {labels:N0} labels", Assert.Throws<LightDxmlException>(() => PredictionFile.Read(path, threads: 1)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * new FileInfo(path).Length + (64 << 20));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
