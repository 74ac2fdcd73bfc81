using System.Diagnostics;
using System.Runtime.InteropServices;
using LightDxml.Data;
using LightDxml.Text.Vectors;

namespace LightDxml.TextEncoding;

/// <summary>Keeps the vectors of texts on disk, so that a text is encoded once. Single texts go to the encoder itself.</summary>
internal sealed class CachedTextEncoder : ITextEncoder
{
    /// <summary>Texts encoded between two writes: what a stopped run loses at most.</summary>
    private const int TextsPerWrite = 4096;

    private readonly Lock _gate = new();
    private readonly ITextEncoder _encoder;
    private readonly VectorCache _cache;

    /// <param name="encoder">Disposed with this.</param>
    /// <exception cref="LightDxmlException">The folder cannot be made, or its file is no cache of this encoder.</exception>
    public CachedTextEncoder(ITextEncoder encoder, string folder)
    {
        _encoder = encoder;
        _cache = new VectorCache(folder, encoder.Name, encoder.Fingerprint, encoder.Dimension);
    }

    public string Name => _encoder.Name;

    public string Fingerprint => _encoder.Fingerprint;

    public int Dimension => _encoder.Dimension;

    public void Encode(ReadOnlySpan<byte> text, Span<float> vector) => _encoder.Encode(text, vector);

    public void Encode(IReadOnlyList<ReadOnlyMemory<byte>> texts, DenseMatrix vectors, int threads = 0, IProgress<TextEncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(vectors);
        var keys = new UInt128[texts.Count];
        RowRanges.ForEach(texts.Count, 256, threads, (first, end) =>
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = first; i < end; i++)
                keys[i] = VectorRecord.Key(texts[i].Span);
        });

        // One call at a time: the file has one writer.
        lock (_gate)
        {
            var missing = new Dictionary<UInt128, List<int>>();
            for (var i = 0; i < keys.Length; i++)
            {
                if (_cache.TryGet(keys[i], vectors.Row(i)))
                    continue;
                ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(missing, keys[i], out _);
                (rows ??= []).Add(i);
            }

            EncodeMissing([.. missing.Select(text => (text.Key, text.Value))], texts, vectors, threads, progress, cancellation);
        }
    }

    public void Dispose() => _encoder.Dispose();

    private void EncodeMissing((UInt128 Key, List<int> Rows)[] missing, IReadOnlyList<ReadOnlyMemory<byte>> texts, DenseMatrix vectors, int threads, IProgress<TextEncodingProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var here = texts.Count - missing.Length;
        progress?.Report(TextEncodingProgress.After(watch.Elapsed, 0, here, texts.Count));
        for (var first = 0; first < missing.Length; first += TextsPerWrite)
        {
            var part = missing.AsSpan(first, Math.Min(TextsPerWrite, missing.Length - first)).ToArray();
            var encoded = new DenseMatrix(part.Length, Dimension);
            var before = first;
            var partProgress = progress is null ? null : new Forward(done =>
                progress.Report(TextEncodingProgress.After(watch.Elapsed, before + done, here + before + done, texts.Count)));
            _encoder.Encode([.. part.Select(text => texts[text.Rows[0]])], encoded, threads, partProgress, cancellation);
            var compact = new float[part.Length * Dimension];
            for (var i = 0; i < part.Length; i++)
            {
                encoded.Row(i).CopyTo(compact.AsSpan(i * Dimension));
                foreach (var row in part[i].Rows)
                    encoded.Row(i).CopyTo(vectors.Row(row));
            }

            _cache.Append([.. part.Select(text => text.Key)], compact);
        }
    }

    private sealed class Forward(Action<int> report) : IProgress<TextEncodingProgress>
    {
        public void Report(TextEncodingProgress value) => report(value.Done);
    }
}
