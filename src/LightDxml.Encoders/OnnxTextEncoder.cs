using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Encoders.Sources;
using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders;

/// <summary>
/// A text encoder on ONNX Runtime. Texts are cut into windows, windows of the same length are run together, and results go back to
/// their text. Memory is that of <see cref="TextsAtOnce"/> texts, however many there are.
/// </summary>
internal sealed class OnnxTextEncoder : ITextEncoder
{
    /// <summary>Enough that most batches are full.</summary>
    private const int TextsAtOnce = 4096;

    private readonly EncoderSource _source;
    private readonly OnnxNetwork _network;
    private readonly ConcurrentBag<NetworkScratch> _scratch = [];
    private readonly Lazy<bool> _alone;
    private readonly int _room;
    private readonly int _mostTokens;

    /// <exception cref="LightDxmlException">The network cannot be used.</exception>
    public OnnxTextEncoder(EncoderSource source, TextEncoderOptions options)
    {
        _room = source.MaxTokens - source.Tokenizer.Prefix.Count - source.Tokenizer.Suffix.Count;
        if (_room < 1)
            throw new OptionsException($"text.encoderTokens={source.MaxTokens} leaves no room for a text's tokens beside the marks at its ends.");
        _source = source with { Network = null };
        _mostTokens = _room * options.Windows;
        _network = new OnnxNetwork(source);
        _alone = new Lazy<bool>(() => !BatchesKeepBits());
    }

    public string Name => _source.Name;

    public string Fingerprint => _source.Fingerprint;

    public int Dimension => _network.Dimension;

    private int Marks => _source.Tokenizer.Prefix.Count + _source.Tokenizer.Suffix.Count;

    public void Encode(ReadOnlySpan<byte> text, Span<float> vector)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, Dimension);
        var scratch = Rent();
        vector.Clear();
        Tokenize(text, scratch.Tokens);
        var tokens = CollectionsMarshal.AsSpan(scratch.Tokens);
        if (tokens.Length <= _room)
        {
            if (tokens.Length > 0)
                EncodeWindow(tokens, scratch, vector);
        }
        else
        {
            var window = new float[Dimension];
            for (var start = 0; start < tokens.Length; start += _room)
            {
                var part = tokens.Slice(start, Math.Min(_room, tokens.Length - start));
                EncodeWindow(part, scratch, window);
                TensorPrimitives.MultiplyAdd(window, part.Length, vector, vector);
            }

            UnitVector.Scale(vector);
        }

        Return(scratch);
    }

    public void Encode(IReadOnlyList<ReadOnlyMemory<byte>> texts, DenseMatrix vectors, int threads = 0, IProgress<TextEncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.RowCount, texts.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Dimensions, Dimension);
        cancellation.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        progress?.Report(new TextEncodingProgress(0, texts.Count, texts.Count == 0 ? TimeSpan.Zero : null));
        for (var first = 0; first < texts.Count; first += TextsAtOnce)
        {
            var (before, count) = (first, Math.Min(TextsAtOnce, texts.Count - first));
            EncodePart(texts, first, count, vectors, threads, share =>
            {
                var done = before + (int)(share * count);
                progress?.Report(TextEncodingProgress.After(watch.Elapsed, done, done, texts.Count));
            }, cancellation);
        }
    }

    public void Dispose() => _network.Dispose();

    /// <param name="report">Told the share of the part that is done, by one thread at a time.</param>
    private void EncodePart(IReadOnlyList<ReadOnlyMemory<byte>> texts, int first, int count, DenseMatrix vectors, int threads, Action<double> report, CancellationToken cancellation)
    {
        var tokens = new int[count][];
        RowRanges.ForEach(count, 32, threads, (from, end) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var ids = new List<int>();
            for (var i = from; i < end; i++)
            {
                Tokenize(texts[first + i].Span, ids);
                tokens[i] = [.. ids];
            }
        });

        var windows = tokens.SelectMany((ids, text) => TextWindow.Of(text, ids.Length, _room)).ToArray();
        var places = windows.Select((window, place) => (window, place)).ToDictionary(pair => (pair.window.Text, pair.window.Start), pair => pair.place);
        var encoded = new DenseMatrix(windows.Length, Dimension);
        var ordered = windows.ToArray();
        var batches = TextWindow.Batch(ordered, Marks, _alone.Value);
        var gate = new Lock();
        var done = 0;
        RowRanges.ForEach(batches.Count, 1, threads, (batch, _) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = ordered.AsSpan(batches[batch].First, batches[batch].Count);
            EncodeBatch(rows, tokens, window => encoded.Row(places[(window.Text, window.Start)]));
            lock (gate)
            {
                done += rows.Length;
                report((double)done / windows.Length);
            }
        });

        Combine(windows, encoded, first, count, vectors);
        if (windows.Length == 0)
            report(1);
    }

    private delegate Span<float> Destination(TextWindow window);

    private void EncodeBatch(ReadOnlySpan<TextWindow> windows, int[][] tokens, Destination destination)
    {
        var scratch = Rent();
        scratch.Batch.Clear();
        foreach (var window in windows)
            AddMarked(tokens[window.Text].AsSpan(window.Start, window.Length), scratch.Batch);
        _network.Run(CollectionsMarshal.AsSpan(scratch.Batch), windows.Length, scratch, out var vectors);
        var size = vectors.Length / windows.Length;
        for (var i = 0; i < windows.Length; i++)
            Pool(vectors.Slice(i * size, size), destination(windows[i]));
        Return(scratch);
    }

    /// <summary>The vectors of texts from those of their windows, which are in the order of the texts.</summary>
    private static void Combine(TextWindow[] windows, DenseMatrix encoded, int first, int count, DenseMatrix vectors)
    {
        var next = 0;
        for (var text = 0; text < count; text++)
        {
            var vector = vectors.Row(first + text);
            vector.Clear();
            var start = next;
            while (next < windows.Length && windows[next].Text == text)
                next++;
            if (next == start + 1)
            {
                encoded.Row(start).CopyTo(vector);
                continue;
            }

            for (var window = start; window < next; window++)
                TensorPrimitives.MultiplyAdd(encoded.Row(window), windows[window].Length, vector, vector);
            UnitVector.Scale(vector);
        }
    }

    private void EncodeWindow(ReadOnlySpan<int> tokens, NetworkScratch scratch, Span<float> vector)
    {
        scratch.Batch.Clear();
        AddMarked(tokens, scratch.Batch);
        _network.Run(CollectionsMarshal.AsSpan(scratch.Batch), 1, scratch, out var vectors);
        Pool(vectors, vector);
    }

    private void Pool(ReadOnlySpan<float> tokens, Span<float> vector)
    {
        UnitVector.Pool(tokens, _source.Pooling, vector);
        if (!UnitVector.IsFinite(vector))
            throw new LightDxmlException($"{_source.Place}: the network gave numbers that are none for a text of {tokens.Length / Dimension} tokens.");
    }

    private void AddMarked(ReadOnlySpan<int> tokens, List<int> batch)
    {
        batch.AddRange(_source.Tokenizer.Prefix);
        batch.AddRange(tokens);
        batch.AddRange(_source.Tokenizer.Suffix);
    }

    private void Tokenize(ReadOnlySpan<byte> text, List<int> ids)
    {
        ids.Clear();
        if (_source.Prompt.Length == 0)
            _source.Tokenizer.Tokenize(text, _mostTokens, ids);
        else if (HasToken(text, ids))
            _source.Tokenizer.Tokenize([.. _source.Prompt, .. text], _mostTokens, ids);
    }

    /// <summary>Whether a text has a token at all. Its beginning tells, unless that is blank.</summary>
    /// <param name="ids">Empty, before and after.</param>
    private bool HasToken(ReadOnlySpan<byte> text, List<int> ids)
    {
        _source.Tokenizer.Tokenize(text, 1, ids);
        if (ids.Count == 0)
            _source.Tokenizer.Tokenize(text, _mostTokens, ids);
        var hasToken = ids.Count > 0;
        ids.Clear();
        return hasToken;
    }

    /// <summary>
    /// Whether a text's bits are the same alone and among others. So it is with floats; networks that choose a scale of 8-bit activations
    /// by batch differ, and run each window alone.
    /// </summary>
    private bool BatchesKeepBits()
    {
        const int length = 6, rows = 5;
        var scratch = new NetworkScratch();
        var size = _source.Tokenizer.Size;
        int[] ids = [.. Enumerable.Range(0, rows * length).Select(i => i * Math.Max(1, size / (rows * length)) % size)];
        _network.Run(ids, rows, scratch, out var together);
        var all = together.ToArray();
        for (var row = 0; row < rows; row++)
        {
            _network.Run(ids.AsSpan(row * length, length), 1, scratch, out var alone);
            if (!MemoryMarshal.AsBytes(alone).SequenceEqual(MemoryMarshal.AsBytes(all.AsSpan(row * length * Dimension, length * Dimension))))
                return false;
        }

        return true;
    }

    private NetworkScratch Rent() => _scratch.TryTake(out var scratch) ? scratch : new NetworkScratch();

    private void Return(NetworkScratch scratch)
    {
        if (_scratch.Count < ScratchPools.Retained)
            _scratch.Add(scratch);
    }
}
