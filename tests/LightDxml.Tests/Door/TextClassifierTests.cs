using System.Diagnostics.Metrics;
using System.Text;
using LightDxml.TestKit;
using LightDxml.Training;
using Microsoft.Extensions.Logging;

namespace LightDxml.Tests.Door;

/// <summary>The library as an application uses it.</summary>
public sealed class TextClassifierTests : IDisposable
{
    private static readonly TextClassifier Shared = TextClassifier.Train(Tickets.Create(200), Tickets.Quick, threads: 1);
    private static readonly string[] Texts = [.. Tickets.Create(60, seed: 2).Select(ticket => ticket.Text)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Predict_NamesTheTopic_WithAProbability()
    {
        var labels = Shared.Predict("toner and paper jam in the printer", top: 4);
        Assert.Equal("printer", labels[0].Label);
        Assert.Equal("printer", labels[0].Name);
        Assert.All(labels, label => Assert.InRange(label.Probability, 0, 1));
        Assert.Equal(labels.OrderByDescending(label => label.Probability), labels);
        Assert.Equal(["account", "network", "phone", "printer"], Shared.Labels);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.5f)]
    [InlineData(1f)]
    public void Predict_LeavesOutLabelsBelowTheLeastProbability(float least)
    {
        var all = Shared.Predict(Texts[0], 4);
        Assert.Equal(all.Where(label => label.Probability >= least), Shared.Predict(Texts[0], 4, least));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shared.Predict(Texts[0], 4, least + 1.01f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shared.Predict(Texts[0], 4, float.NaN));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n ")]
    [InlineData("zzzz qqqq")]
    [InlineData("😀 ♥ 日本語")]
    public void Predict_TextOfWhichNothingIsKnown_IsSureOfNoLabel(string text)
    {
        var labels = Shared.Predict(text, 4);
        Assert.Equal(4, labels.Count);
        Assert.All(labels, label => Assert.InRange(label.Probability, 0, 0.6f));

        // As a threshold: shares of documents are not probabilities of this one.
        Assert.Empty(Shared.Predict(text, 4, minProbability: 0.01f));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void Predict_MoreLabelsThanThereAre_GivesAll(int top) =>
        Assert.Equal(Shared.Labels.Order(StringComparer.Ordinal), Shared.Predict(Texts[0], top).Select(label => label.Label).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("w{0} ")]
    [InlineData("the ")]
    [InlineData("unbroken{0}")]
    public void Predict_TextOfMillionsOfCharacters_FindsWhatItIsAbout(string piece)
    {
        var text = string.Concat(Enumerable.Range(0, 300_000).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, piece, i)));
        Assert.Equal("printer", Shared.Predict($"{text} toner paper jam printer", 1)[0].Label);
    }

    [Fact]
    public void Predict_ManyOrOneOrBytesOrOverTime_AreTheSameBits()
    {
        var alone = Texts.Select(text => Shared.Predict(text, 3)).ToArray();
        var buffer = new LabelScore[3];
        Assert.Equal(alone, Texts.Select(text => buffer[..Shared.Predict(Encoding.UTF8.GetBytes(text), buffer)].ToArray()));
        Assert.Equal(alone, Shared.PredictMany(Texts, 3, threads: 2));
    }

    [Fact]
    public async Task PredictAsync_AnswersEachTextBeforeItAsksForTheNext()
    {
        var asked = 0;
        async IAsyncEnumerable<string> Arriving()
        {
            foreach (var text in Texts)
            {
                asked++;
                await Task.Yield();
                yield return text;
            }
        }

        var answered = 0;
        await foreach (var labels in Shared.PredictAsync(Arriving(), 3))
        {
            Assert.Equal(Shared.Predict(Texts[answered++], 3), labels);
            Assert.Equal(answered, asked);
        }

        Assert.Equal(Texts.Length, answered);
    }

    [Fact]
    public async Task PredictAsync_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        static async IAsyncEnumerable<string> Endless([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                await Task.Yield();
                yield return "printer";
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Shared.PredictAsync(Endless(), cancellationToken: stop.Token))
                await stop.CancelAsync();
        });
    }

    [Fact]
    public async Task PredictAsync_Cancelled_StopsAlsoWhereTheTextsGoOn()
    {
        using var stop = new CancellationTokenSource();
        async IAsyncEnumerable<string> Heedless()
        {
            foreach (var text in Texts)
            {
                await Task.Yield();
                yield return text;
            }
        }

        var answered = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Shared.PredictAsync(Heedless(), cancellationToken: stop.Token))
            {
                if (++answered == 2)
                    await stop.CancelAsync();
            }
        });
        Assert.Equal(2, answered);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("model.ldx")]
    public void Save_FolderOrFile_LoadsTheSamePredictions(string name)
    {
        var expected = Texts.Select(text => Shared.Predict(text)).ToArray();
        Shared.Save(_folder[name]);
        using (var loaded = TextClassifier.Load(_folder[name]))
            Assert.Equal(expected, Texts.Select(text => loaded.Predict(text)));

        // What is there is a model, and is replaced.
        Shared.Save(_folder[name]);
        Assert.Equal([_folder[name]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Save_Stream_LoadsTheSamePredictions_AndTheSameModelIsTheSameBytes()
    {
        using var stream = new MemoryStream();
        Shared.Save(stream);
        using var again = new MemoryStream();
        Shared.Save(again);
        Assert.Equal(stream.ToArray(), again.ToArray());
        stream.Position = 0;
        using var loaded = TextClassifier.Load(stream);
        Assert.True(stream.CanRead);
        Assert.Equal(Texts.Select(text => Shared.Predict(text)), Texts.Select(text => loaded.Predict(text)));
    }

    [Fact]
    public void SaveAndLoad_StreamThatStandsBehindOtherBytes_BeginThere()
    {
        using var alone = new MemoryStream();
        Shared.Save(alone);
        using var behind = new MemoryStream();
        behind.Write(new byte[16]);
        Shared.Save(behind);
        Assert.Equal(behind.Length, behind.Position);
        Assert.Equal([.. new byte[16], .. alone.ToArray()], behind.ToArray());
        behind.Position = 16;
        using var loaded = TextClassifier.Load(behind);
        Assert.Equal(Shared.Predict(Texts[0]), loaded.Predict(Texts[0]));
    }

    [Fact]
    public void Train_SameSeed_AnyThreads_GivesTheSameModel()
    {
        using var one = new MemoryStream();
        using var two = new MemoryStream();
        foreach (var (stream, threads) in new[] { (one, 1), (two, 2) })
        {
            using var model = TextClassifier.Train(Tickets.Create(120), Tickets.Quick, threads: threads);
            Assert.Equal(4, model.Labels.Count);
            Assert.Equal(Texts.Length, Texts.Select(text => model.Predict(text)).Count());
            stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', Texts.SelectMany(text => model.Predict(text)).Select(label => $"{label.Label} {BitConverter.SingleToInt32Bits(label.Probability)}"))));
        }

        Assert.Equal(one.ToArray(), two.ToArray());
    }

    [Fact]
    public void Train_ReportsProgressAndLogs()
    {
        var (reports, log) = (new List<TrainingProgress>(), new ListLogger());
        using var model = TextClassifier.Train(Tickets.Create(120), Tickets.Quick, new Collector(reports), log, threads: 1);
        Assert.Contains(reports, report => report is { Done: 6, Total: 6, Loss: > 0 });
        Assert.All(reports, report => Assert.InRange(report.Done, 0, report.Total));
        Assert.Contains(log.Lines, line => line.StartsWith("Epoch 6 of 6", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TrainAsync_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TextClassifier.TrainAsync(
            Tickets.Create(500), Tickets.Quick, new Callback(_ => stop.Cancel()), cancellationToken: stop.Token));
    }

    [Fact]
    public void Train_LabelsOfAnySequence_AreTaken()
    {
        IEnumerable<(string Text, IReadOnlyCollection<string> Labels)> sets = Tickets.Create(60).Select(ticket => (ticket.Text, (IReadOnlyCollection<string>)ticket.Labels.ToHashSet()));
        using var model = TextClassifier.Train(sets, Tickets.Quick);
        Assert.Equal(4, model.Labels.Count);
    }

    [Fact]
    public void Train_NoDocuments_IsAnErrorThatSaysSo() =>
        Assert.Contains("no documents", Assert.ThrowsAny<LightDxmlException>(() => TextClassifier.Train(Array.Empty<(string, string[])>())).Message, StringComparison.Ordinal);

    [Fact]
    public void Predict_WrongArguments_AreArgumentExceptions()
    {
        Assert.Throws<ArgumentNullException>(() => Shared.Predict(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shared.Predict("text", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shared.PredictMany(["text"], 0));
        Assert.Equal(0, Shared.Predict("text"u8, []));
        Assert.Equal(4, Shared.Predict("printer", 1000).Count);
    }

    [Fact]
    public void Load_ModelOfFeatures_IsRefused()
    {
        LightDxml.Models.ModelFolder.Save(SampleModels.Random(3, 4, 5, seed: 1), _folder["features"]);
        Assert.Contains("not on raw text", Assert.Throws<LightDxmlException>(() => TextClassifier.Load(_folder["features"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_ManyThreadsAtOnce_AreTheSameAnswers()
    {
        var expected = Texts.Select(text => Shared.Predict(text, 3)).ToArray();
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, thread =>
        {
            for (var i = 0; i < 200; i++)
            {
                var text = (i + 7 * thread) % Texts.Length;
                Assert.Equal(expected[text], Shared.Predict(Texts[text], 3));
            }
        });
    }

    [Fact]
    public void Predict_OneText_AllocatesItsAnswerAlone()
    {
        var answer = 3 * System.Runtime.CompilerServices.Unsafe.SizeOf<LabelScore>() + 3 * IntPtr.Size;
        Assert.InRange(Allocations.Least(() => Shared.Predict(Texts[0], 3)), 1, answer);
        var (utf8, buffer) = (Encoding.UTF8.GetBytes(Texts[0]), new LabelScore[3]);
        Assert.Equal(0, Allocations.Least(() => Shared.Predict(utf8, buffer)));
    }

    [Fact]
    public async Task Dispose_WhileOthersPredict_LetsThemFinish_AndRefusesLaterCalls()
    {
        Shared.Save(_folder["model"]);
        for (var round = 0; round < 20; round++)
        {
            var model = TextClassifier.Load(_folder["model"]);
            var refused = 0;
            var calls = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                try
                {
                    while (true)
                        Assert.Equal("printer", model.Predict("toner jam printer paper")[0].Label);
                }
                catch (ObjectDisposedException)
                {
                    Interlocked.Increment(ref refused);
                }
            })).ToArray();
            await Task.Delay(2);
            model.Dispose();
            model.Dispose();
            await Task.WhenAll(calls);
            Assert.Equal(4, refused);
        }
    }

    [Fact]
    public void Explain_NamesTheWordsOfTheTopic()
    {
        const string text = "today the toner jam please";
        var labels = Shared.Predict(text, 1);
        var terms = Shared.Explain(text, labels, 2).Single();
        Assert.Equal("printer", labels[0].Label);
        Assert.Contains(terms, term => term.Term is "toner" or "jam" or "toner jam");
    }

    [Fact]
    public void Tail_RanksOtherwise_AndProbabilitiesStayProbabilities()
    {
        var options = Tickets.Quick with { Prediction = new PredictionOptions { Tail = 1 } };
        using var tail = TextClassifier.Train(Tickets.Create(200), options, threads: 1);
        Assert.All(Texts.SelectMany(text => tail.Predict(text, 4)), label => Assert.InRange(label.Probability, 0, 1.0001f));
    }

    [Fact]
    public void Predict_WithAListener_MeasuresDurationsAndCountsDocuments()
    {
        long documents = 0;
        var durations = new List<double>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, own) => { if (instrument.Meter.Name == "LightDxml") own.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref documents, count));
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => { lock (durations) durations.Add(seconds); });
        listener.Start();
        Shared.Predict("printer");
        _ = Shared.PredictMany(["printer", "phone"]).ToList();
        Assert.True(documents >= 3);
        lock (durations)
            Assert.All(durations, seconds => Assert.InRange(seconds, 0, 60));
        Assert.NotEmpty(durations);
    }

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            lock (reports)
                reports.Add(value);
        }
    }

    private sealed class Callback(Action<TrainingProgress> call) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => call(value);
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
