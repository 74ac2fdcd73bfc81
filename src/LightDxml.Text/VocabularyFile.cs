using System.Globalization;
using System.Text;
using LightDxml.Data.Parsing;
using LightDxml.Text.Terms;
using LightDxml.Text.Vectors;

namespace LightDxml.Text;

/// <summary>
/// <c>vocabulary.txt</c>: a first line <c>documents⇥N</c>, then a line per feature that is a term: term, documents that have it, and idf in
/// the fewest digits that read back as the same float. Hashed features have no term.
/// </summary>
public sealed partial class TextVectorizer
{
    private const string Documents = "documents";

    /// <exception cref="LightDxmlException">A term has what parts the terms and lines of the file.</exception>
    internal void Write(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        Write(file);
    }

    internal void Write(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Documents}\t{DocumentCount}"));
        for (var column = 0; column < TermCount; column++)
        {
            var term = _vocabulary?.Name(column);
            if (term.AsSpan().ContainsAny('\t', '\n'))
                throw new LightDxmlException($"The term '{term}' has a tab or a line break in it; a term of vocabulary.txt has neither.");
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{term}\t{_documents[column]}\t{_inverseDocumentFrequencies[column]}"));
        }
    }

    /// <param name="path">What messages call the file.</param>
    /// <param name="featureCount">The features that there should be.</param>
    /// <param name="encoder">The text encoder that the options name, or null where they name none.</param>
    /// <exception cref="LightDxmlException">Not readable, or not the vocabulary of so many features.</exception>
    internal static TextVectorizer Read(Stream stream, string path, TextVectorizerOptions options, int featureCount, ITextEncoder? encoder = null)
    {
        using var lines = new LineBlockReader(stream, path, ReadLimits.Default);
        if (Encoding.UTF8.GetString(lines.FirstLine).Split('\t') is not [Documents, var count] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var documentCount))
            throw new Data.DataFormatException(path, 1, $"found {LineText.Quote(lines.FirstLine)}, expected '{Documents}', a tab and their number");
        lines.SkipFirstLine();
        var chunks = ParallelBlocks.Parse(lines, threads: 1, () => new VocabularyParser(path, isHashed: options.HashBits > 0));
        List<byte[]> terms = [.. chunks.SelectMany(chunk => chunk.Terms)];
        int[] documents = [.. chunks.SelectMany(chunk => chunk.Documents)];
        float[] weights = [.. chunks.SelectMany(chunk => chunk.Weights)];
        if (weights.Length + (encoder?.Dimension ?? 0) != featureCount)
            throw new LightDxmlException($"{path}: {weights.Length} terms{(encoder is null ? "" : $" and {encoder.Dimension} numbers of {encoder.Name}")} for {featureCount} features.");
        if (options.HashBits > 0 && weights.Length != 1 << options.HashBits)
            throw new LightDxmlException($"{path}: text.hashBits = {options.HashBits} makes {1 << options.HashBits} features, but the model has {weights.Length}.");
        return new TextVectorizer(options, documentCount, options.HashBits > 0 ? null : new Vocabulary(terms, options.Unit), documents, weights, encoder);
    }
}

/// <summary>Consecutive features of a vocabulary.</summary>
internal sealed record VocabularyChunk(IReadOnlyList<byte[]> Terms, IReadOnlyList<int> Documents, IReadOnlyList<float> Weights);

/// <summary>Parses the lines of features.</summary>
internal sealed class VocabularyParser(string file, bool isHashed) : LineParser<VocabularyChunk>(file)
{
    private readonly List<byte[]> _terms = [];
    private readonly List<int> _documents = [];
    private readonly List<float> _weights = [];

    protected override void ParseLine(ReadOnlySpan<byte> line, long lineNumber)
    {
        var first = line.IndexOf((byte)'\t');
        var last = line.LastIndexOf((byte)'\t');
        if (first == last
            || (first == 0) != isHashed
            || !int.TryParse(line[(first + 1)..last], NumberStyles.None, CultureInfo.InvariantCulture, out var documents)
            || !float.TryParse(line[(last + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            || !float.IsFinite(weight))
        {
            throw new Data.DataFormatException(File, lineNumber, $"found {LineText.Quote(line)}, expected a term, its documents and its idf, with tabs between");
        }

        _terms.Add(line[..first].ToArray());
        _documents.Add(documents);
        _weights.Add(weight);
    }

    protected override VocabularyChunk TakeChunk()
    {
        var chunk = new VocabularyChunk([.. _terms], [.. _documents], [.. _weights]);
        _terms.Clear();
        _documents.Clear();
        _weights.Clear();
        return chunk;
    }
}
