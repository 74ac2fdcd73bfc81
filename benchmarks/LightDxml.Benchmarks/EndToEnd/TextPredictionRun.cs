using System.Diagnostics;
using System.Globalization;
using System.Text;
using LightDxml.Text;

namespace LightDxml.Benchmarks.EndToEnd;

/// <summary>What a prediction of text costs an application: microseconds and bytes per text, alone, in batches and from sixteen threads at once.</summary>
internal static class TextPredictionRun
{
    private const int Top = 5;
    private const int Clients = 16;

    public static void Measure(string modelPath, string dataFile, int runs)
    {
        string[] texts = [.. TextFile.Read(dataFile).Select(document => $"{document.Title} {document.Text}")];
        var utf8 = Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
        using var model = TextClassifier.Load(modelPath);
        var buffer = new LabelScore[Top];
        void Single()
        {
            foreach (var text in texts)
                model.Predict(text, Top);
        }

        void Many()
        {
            foreach (var labels in model.PredictMany(texts, Top, threads: 1))
                buffer[0] = labels[0];
        }

        void Bytes()
        {
            foreach (var text in utf8)
                model.Predict(text, buffer);
        }

        var batches = TimedRuns.Of(runs, Many);
        var single = TimedRuns.Of(runs, Single);
        var bytes = TimedRuns.Of(runs, Bytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{texts.Length:N0} texts of {utf8.Average(text => text.Length):F0} bytes on average, one thread"));
        Console.WriteLine("| prediction | best µs | median µs | worst µs | bytes allocated per text |");
        Console.WriteLine("|---|---|---|---|---|");
        Row("in batches", batches, texts.Length, Allocated(Many));
        Row("one string at a time", single, texts.Length, Allocated(Single));
        Row("one at a time from UTF-8 into a buffer", bytes, texts.Length, Allocated(Bytes));
        ManyClients(model, texts);
    }

    private static void ManyClients(TextClassifier model, string[] texts)
    {
        var expected = texts.Select(text => model.Predict(text, Top)).ToArray();
        GC.Collect();
        var (before, wrong, watch) = (Environment.WorkingSet, 0, Stopwatch.StartNew());
        var threads = Enumerable.Range(0, Clients).Select(client => new Thread(() =>
        {
            for (var i = 0; i < texts.Length; i++)
            {
                var text = (i + client * 331) % texts.Length;
                if (!model.Predict(texts[text], Top).SequenceEqual(expected[text]))
                    Interlocked.Increment(ref wrong);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Clients} threads at once: {Clients * texts.Length:N0} predictions in {watch.Elapsed.TotalSeconds:F1} s, {wrong} of them other than alone; working set {before / 1e6:F0} MB before, {Environment.WorkingSet / 1e6:F0} MB after."));
    }

    private static long Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Row(string name, TimedRuns times, int texts, long allocated) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {times.Best * 1e6 / texts:F1} | {times.Median * 1e6 / texts:F1} | {times.Worst * 1e6 / texts:F1} | {allocated / texts:N0} |"));
}
