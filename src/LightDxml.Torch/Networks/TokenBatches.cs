using LightDxml.Data;
using LightDxml.Text.Tokens;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>Batches of documents of like length, so that little is padded.</summary>
internal static class TokenBatches
{
    // Batches that are sorted by length together: in more, an epoch would go from short documents to long ones.
    private const int SortedTogether = 50;

    /// <summary>Every document once, in an order drawn.</summary>
    public static List<int[]> Draw(TokenSequences documents, int size, ref RandomNumbers random)
    {
        var order = Enumerable.Range(0, documents.DocumentCount).ToArray();
        random.Shuffle(order);
        List<int[]> batches = [.. order.Chunk(size * SortedTogether).SelectMany(chunk => chunk.OrderBy(document => documents[document].Length).ThenBy(document => document).Chunk(size))];
        var places = Enumerable.Range(0, batches.Count).ToArray();
        random.Shuffle(places);
        return [.. places.Select(place => batches[place])];
    }

    /// <summary>Every document once, short ones first.</summary>
    public static IEnumerable<int[]> ByLength(TokenSequences documents, int size) =>
        Enumerable.Range(0, documents.DocumentCount).OrderBy(document => documents[document].Length).ThenBy(document => document).Chunk(size);

    /// <summary>The first words of documents, [batch, length], shorter ones padded.</summary>
    public static Tensor Tokens(TokenSequences documents, ReadOnlySpan<int> batch, int leastLength, int mostLength, Device device)
    {
        var length = leastLength;
        foreach (var document in batch)
            length = Math.Max(length, Math.Min(documents[document].Length, mostLength));
        var tokens = new long[batch.Length * length];
        for (var i = 0; i < batch.Length; i++)
        {
            var words = documents[batch[i]];
            for (var j = 0; j < Math.Min(words.Length, mostLength); j++)
                tokens[i * length + j] = words[j];
        }

        return tensor(tokens, [batch.Length, length]).to(device);
    }

    /// <summary>Each document's candidates, ascending, [batch, width]; −1 where there are no more.</summary>
    /// <param name="candidates">[documents, outputs].</param>
    public static Tensor Candidates(SparseMatrix candidates, ReadOnlySpan<int> batch, Device device)
    {
        var width = Width(candidates, batch);
        var outputs = new long[batch.Length * width];
        Array.Fill(outputs, -1);
        for (var i = 0; i < batch.Length; i++)
        {
            var own = candidates.RowColumns(batch[i]);
            for (var place = 0; place < own.Length; place++)
                outputs[i * width + place] = own[place];
        }

        return tensor(outputs, [batch.Length, width]).to(device);
    }

    /// <summary>The candidates' values, [batch, width]; 0 where there are no more.</summary>
    public static Tensor Factors(SparseMatrix candidates, ReadOnlySpan<int> batch, Device device)
    {
        var width = Width(candidates, batch);
        var factors = new float[batch.Length * width];
        for (var i = 0; i < batch.Length; i++)
            candidates.RowValues(batch[i]).CopyTo(factors.AsSpan(i * width));
        return tensor(factors, [batch.Length, width]).to(device);
    }

    /// <summary>1 for each label of a document, [batch, labels], or of its candidates for those that are labels, [batch, width].</summary>
    /// <param name="candidates">[documents, labels]; null for all.</param>
    public static Tensor Targets(SparseMatrix labels, SparseMatrix? candidates, ReadOnlySpan<int> batch, Device device)
    {
        var width = candidates is null ? labels.ColumnCount : Width(candidates, batch);
        var targets = new float[(long)batch.Length * width];
        for (var i = 0; i < batch.Length; i++)
        {
            foreach (var label in labels.RowColumns(batch[i]))
            {
                var place = candidates is null ? label : candidates.RowColumns(batch[i]).BinarySearch(label);
                if (place >= 0)
                    targets[(long)i * width + place] = 1;
            }
        }

        return tensor(targets, [batch.Length, width]).to(device);
    }

    private static int Width(SparseMatrix candidates, ReadOnlySpan<int> batch)
    {
        var width = 1;
        foreach (var document in batch)
            width = Math.Max(width, candidates.RowLength(document));
        return width;
    }
}
