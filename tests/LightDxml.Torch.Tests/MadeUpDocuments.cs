using LightDxml.Data;
using LightDxml.Text.Tokens;

namespace LightDxml.Torch.Tests;

/// <summary>Documents of numbered words.</summary>
internal static class MadeUpDocuments
{
    public static TokenSequences Of(int[][] documents, int tokenCount)
    {
        var offsets = new long[documents.Length + 1];
        for (var i = 0; i < documents.Length; i++)
            offsets[i + 1] = offsets[i] + documents[i].Length;
        return new TokenSequences(offsets, [.. documents.SelectMany(words => words)], tokenCount);
    }

    /// <summary>Documents of a word that tells their label, among others that tell nothing.</summary>
    public static (TokenSequences Documents, SparseMatrix Labels) Labelled(int count, int labelCount, int tokenCount, int longest)
    {
        var numbers = new Random(7);
        var labels = Enumerable.Range(0, count).Select(i => i % labelCount).ToArray();
        int[][] documents = [.. labels.Select(label =>
        {
            int[] words = [.. Enumerable.Range(0, numbers.Next(3, longest)).Select(_ => numbers.Next(20, tokenCount))];
            words[numbers.Next(words.Length)] = 2 + label;
            return words;
        })];
        return (Of(documents, tokenCount), new SparseMatrix(count, labelCount, [.. Enumerable.Range(0, count + 1).Select(i => (long)i)], labels));
    }
}
