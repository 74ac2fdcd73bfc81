using LightDxml.Text.Reading;
using LightDxml.Text.Vectors;

namespace LightDxml.Text.Tokens;

/// <summary>Reads the documents of a file as tokens.</summary>
internal static class DocumentTokens
{
    /// <summary>By the tokenizer of a pretrained network: a token's number is its id plus one, which leaves 0 to padding. Marks at the ends of texts are not among them.</summary>
    /// <param name="most">Tokens of a document that are kept, from its start.</param>
    /// <exception cref="LightDxmlException">The file cannot be read, or its tokens are more than 2³¹ − 1.</exception>
    public static TokenSequences Read(string path, TextReadOptions read, ITextTokenizer tokenizer, int most) =>
        Read(path, read, tokenizer.Size + 1, () => (title, text, found) =>
        {
            tokenizer.Tokenize(VectorJoin.TextOf(title, text), most, found);
            for (var i = 0; i < found.Count; i++)
                found[i]++;
        });

    /// <param name="tokenCount">Different tokens, padding among them.</param>
    /// <param name="newReader">Makes what one thread finds tokens with.</param>
    /// <exception cref="LightDxmlException">The file cannot be read, or its tokens are more than 2³¹ − 1.</exception>
    internal static TokenSequences Read(string path, TextReadOptions read, int tokenCount, Func<TokenFinder> newReader)
    {
        var (offsets, tokens) = (new List<long> { 0 }, new List<int>());
        DocumentSource.OfFile(path, read).ForEachRound<List<int[]>>(read.Threads, NewWorker, batches =>
        {
            foreach (var document in batches.SelectMany(batch => batch))
            {
                if ((long)tokens.Count + document.Length > Array.MaxLength)
                    throw new LightDxmlException($"{path}: the documents have more tokens than one sequence of numbers can hold; give fewer documents.");
                tokens.AddRange(document);
                offsets.Add(tokens.Count);
            }
        });
        return new TokenSequences([.. offsets], [.. tokens], tokenCount);

        Func<DocumentBatch, List<int[]>> NewWorker()
        {
            var (find, found) = (newReader(), new List<int>());
            return batch =>
            {
                var documents = new List<int[]>(batch.Count);
                for (var document = 0; document < batch.Count; document++)
                {
                    found.Clear();
                    find(batch[document, DocumentField.Title], batch[document, DocumentField.Text], found);
                    documents.Add([.. found]);
                }

                return documents;
            };
        }
    }

    /// <summary>Adds a document's tokens.</summary>
    internal delegate void TokenFinder(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text, List<int> found);
}
