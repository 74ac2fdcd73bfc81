using LightDxml.Text.Reading;
using LightDxml.Text.Terms;

namespace LightDxml.Text;

/// <summary>
/// Looks for what spoils an experiment: duplicates within and across the files of a split, empty documents, labels that
/// training never sees, the same text with other labels. Memory is some tens of bytes per document.
/// </summary>
internal static class CorpusCheck
{
    /// <param name="train">File of training documents.</param>
    /// <param name="test">File of test documents, or null to check the one file.</param>
    /// <exception cref="LightDxmlException">A file cannot be read.</exception>
    public static CorpusReport Run(string train, string? test, TextReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Both files are read alike, also in what the first tells.
        var check = new Comparison(options.WithLabelsOf(TextDialect.Of(train, options).Options));
        var splits = new List<SplitReport> { check.Read(train, isTest: false) };
        if (test is not null)
            splits.Add(check.Read(test, isTest: true));
        return check.Report(splits);
    }

    private sealed class Comparison(TextReadOptions options)
    {
        private readonly Dictionary<UInt128, Seen> _seen = [];
        private readonly Dictionary<string, long> _testLabels = [];
        private readonly HashSet<string> _trainLabels = [];
        private Finding _testInTrain = Finding.None;
        private Finding _otherLabels = Finding.None;

        public SplitReport Read(string file, bool isTest)
        {
            var report = new SplitReport(file, 0, Finding.None, Finding.None, Finding.None, SkippedRows.None);
            var skipped = DocumentSource.OfFile(file, options).ForEachRound<Traits[]>(options.Threads, () => new TraitReader().Read, batches =>
            {
                foreach (var traits in batches.SelectMany(batch => batch))
                    report = Take(report, traits, isTest);
            });
            return report with { Skipped = skipped };
        }

        public CorpusReport Report(IReadOnlyList<SplitReport> splits)
        {
            var unseen = _testLabels.Where(label => !_trainLabels.Contains(label.Key)).OrderByDescending(label => label.Value).ThenBy(label => label.Key, StringComparer.Ordinal).ToList();
            var finding = unseen.Aggregate(Finding.None, (found, label) => found.With(() => $"{label.Key} ({label.Value} times)"));
            return new CorpusReport(splits, _testInTrain, _otherLabels, finding, unseen.Sum(label => label.Value), _testLabels.Values.Sum());
        }

        private SplitReport Take(SplitReport report, Traits document, bool isTest)
        {
            var place = $"{document.File ?? report.File}({document.Line})";
            report = report with { Documents = report.Documents + 1 };
            foreach (var label in document.Labels)
            {
                if (isTest)
                    _testLabels[label] = _testLabels.GetValueOrDefault(label) + 1;
                else
                    _trainLabels.Add(label);
            }

            if (document.Labels.Length == 0)
                report = report with { WithoutLabels = report.WithoutLabels.With(() => place) };
            if (document.IsEmpty)
                return report with { Empty = report.Empty.With(() => place) };
            if (!_seen.TryGetValue(document.Words, out var earlier))
            {
                _seen.Add(document.Words, new Seen(place, document.LabelHash, InTrain: !isTest, InTest: isTest));
                return report;
            }

            string Pair() => $"{place} has the text of {earlier.Place}";
            if (document.LabelHash != earlier.LabelHash)
                _otherLabels = _otherLabels.With(Pair);
            if (isTest && earlier.InTrain)
                _testInTrain = _testInTrain.With(Pair);
            if (isTest ? earlier.InTest : earlier.InTrain)
                report = report with { Duplicates = report.Duplicates.With(Pair) };
            _seen[document.Words] = earlier with { InTest = earlier.InTest || isTest };
            return report;
        }
    }

    /// <summary>Reads what is compared of documents; each thread has its own.</summary>
    private sealed class TraitReader
    {
        private readonly Tokenizer _tokenizer = new(new TextVectorizerOptions { MinWordLength = 1 });

        public Traits[] Read(DocumentBatch batch)
        {
            var traits = new Traits[batch.Count];
            for (var document = 0; document < traits.Length; document++)
            {
                var words = new WordChain { First = 1, Second = 2 };
                _tokenizer.Tokenize(batch[document, DocumentField.Title], ref words);
                _tokenizer.Tokenize(batch[document, DocumentField.Text], ref words);
                var labels = batch.Document(document).Labels.Distinct().Order(StringComparer.Ordinal).ToArray();
                traits[document] = new Traits(batch.File, batch.Line(document), new UInt128(words.First, words.Second), words.Count == 0, labels);
            }

            return traits;
        }
    }

    /// <summary>128 bits for the words of a document in their order; among a billion documents, two that differ agree with a chance below 2⁻⁶⁰, if the hash is as good as random.</summary>
    private struct WordChain : ITokenSink
    {
        public ulong First;
        public ulong Second;
        public int Count;

        public void Add(ReadOnlySpan<byte> token)
        {
            var hash = WordHash.Of(token);
            First = WordHash.Of(First, hash);
            Second = WordHash.Of(Second, ~hash);
            Count++;
        }
    }

    private readonly record struct Traits(string? File, long Line, UInt128 Words, bool IsEmpty, string[] Labels)
    {
        public ulong LabelHash => Labels.Aggregate(0UL, (hash, label) => WordHash.Of(hash, WordHash.Of(System.Text.Encoding.UTF8.GetBytes(label))));
    }

    private readonly record struct Seen(string Place, ulong LabelHash, bool InTrain, bool InTest);
}
