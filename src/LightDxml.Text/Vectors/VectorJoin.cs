using LightDxml.Data;
using LightDxml.Data.Parsing;
using LightDxml.Text.Reading;
using LightDxml.Text.Terms;

namespace LightDxml.Text.Vectors;

/// <summary>Puts text vectors behind the rows of terms of one piece of documents after the other.</summary>
internal sealed class VectorJoin(ITextEncoder encoder, int firstColumn, int threads, BulkEncoding bulk)
{
    private readonly ITextEncoder _encoder = bulk.Encoder ?? encoder;
    private readonly BulkEncoding _bulk = bulk;
    private int _done;

    /// <summary>The texts of a batch, in memory of their own.</summary>
    public static ReadOnlyMemory<byte>[] Texts(DocumentBatch batch) =>
        [.. Enumerable.Range(0, batch.Count).Select(document => (ReadOnlyMemory<byte>)TextOf(batch[document, DocumentField.Title], batch[document, DocumentField.Text]))];

    /// <summary>What is encoded of a document: its title and its text, with a blank between.</summary>
    public static byte[] TextOf(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text) =>
        title.IsEmpty ? text.ToArray() : text.IsEmpty ? title.ToArray() : [.. title, (byte)' ', .. text];

    /// <param name="terms">A row a text.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RowChunk Join(RowChunk terms, ReadOnlyMemory<byte>[] texts)
    {
        var vectors = new DenseMatrix(texts.Length, _encoder.Dimension);
        _encoder.Encode(texts, vectors, threads, _bulk.Progress is null ? null : new Whole(this), _bulk.Cancellation);
        _done += texts.Length;
        return Join(terms, vectors, firstColumn);
    }

    private static RowChunk Join(RowChunk terms, DenseMatrix vectors, int firstColumn)
    {
        var lengths = new int[terms.RowLengths.Length];
        for (var row = 0; row < lengths.Length; row++)
            lengths[row] = JoinedRow.Length(terms.RowLengths[row], vectors.Row(row));
        var (columns, values) = (new int[lengths.Sum()], new float[lengths.Sum()]);
        var (from, to) = (0, 0);
        for (var row = 0; row < lengths.Length; row++)
        {
            var count = terms.RowLengths[row];
            var own = new SparseRow(terms.Columns.AsSpan(from, count), terms.Values.AsSpan(from, count));
            JoinedRow.Write(own, vectors.Row(row), firstColumn, columns.AsSpan(to, lengths[row]), values.AsSpan(to, lengths[row]));
            (from, to) = (from + count, to + lengths[row]);
        }

        return new RowChunk(lengths, columns, values, columns.Length == 0 ? -1 : columns.Max());
    }

    /// <summary>Makes progress within a piece that of the whole.</summary>
    private sealed class Whole(VectorJoin join) : IProgress<TextEncodingProgress>
    {
        private readonly int _before = join._done;
        private double _secondsOfText;

        public void Report(TextEncodingProgress value)
        {
            if (value is { Left: { } left } && value.Done < value.Total)
                _secondsOfText = left.TotalSeconds / (value.Total - value.Done);
            var done = _before + value.Done;
            var total = Math.Max(join._bulk.Texts, _before + value.Total);
            join._bulk.Progress!.Report(new TextEncodingProgress(
                done, total, done == total ? TimeSpan.Zero : _secondsOfText == 0 ? value.Left : TimeSpan.FromSeconds(_secondsOfText * (total - done))));
        }
    }
}
