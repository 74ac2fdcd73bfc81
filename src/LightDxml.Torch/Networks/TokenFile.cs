using LightDxml.Models;
using LightDxml.Storage;
using LightDxml.Text.Tokens;
using LightDxml.Training;

namespace LightDxml.Torch.Networks;

/// <summary>The words of documents as numbers on disk: a safetensors file of two tensors.</summary>
internal static class TokenFile
{
    private const string Offsets = "offsets", Tokens = "tokens", TokenCount = "token_count";

    public static void Write(TokenSequences documents, string path)
    {
        var writer = new SafetensorsWriter();
        writer.Add(Offsets, documents.Offsets);
        writer.Add(Tokens, documents.Tokens);
        writer.Add(TokenCount, documents.TokenCount);
        AtomicFile.Write(path, writer.WriteTo);
    }

    /// <exception cref="LightDxmlException">Not readable, or not such a file.</exception>
    public static TokenSequences Read(string path)
    {
        using var file = new SafetensorsFile(path);
        var (offsets, tokens, count) = (file.Longs(Offsets), file.Whole(Tokens), file.Whole(TokenCount));
        var isSound = count is [> TokenSequences.FirstWord] && offsets is [0, ..] && offsets[^1] == tokens.Length && !tokens.AsSpan().ContainsAnyExceptInRange(0, count[0] - 1);
        for (var document = 1; document < offsets.Length && isSound; document++)
            isSound = offsets[document] >= offsets[document - 1];
        return isSound ? new TokenSequences(offsets, tokens, count[0]) : throw new LightDxmlException($"{path}: not the words of documents.");
    }
}
