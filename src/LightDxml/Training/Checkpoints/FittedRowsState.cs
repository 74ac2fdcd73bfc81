using System.Text;
using LightDxml.Models;
using LightDxml.Text;
using LightDxml.Text.Vectors;

namespace LightDxml.Training;

/// <summary>A training set's rows and vectoriser as tensors; texts as lines of UTF-8.</summary>
internal static class FittedRowsState
{
    /// <summary>The fit of a text, or what an earlier process stored of it.</summary>
    /// <param name="encoder">The text encoder that the options name, or null where they name none.</param>
    public static FittedRows Result(Checkpoint checkpoint, TextVectorizerOptions options, ITextEncoder? encoder, Func<FittedRows> fit) =>
        checkpoint.Result("text", _ => fit(), Write, file => Read(file, options, encoder));

    private static void Write(SafetensorsWriter file, FittedRows rows)
    {
        using var vocabulary = new MemoryStream();
        rows.Vectorizer.Write(vocabulary);
        file.Add("vocabulary", vocabulary.ToArray());
        file.Add("encoder", Encoding.UTF8.GetBytes(rows.Vectorizer.Encoder?.Fingerprint ?? ""));
        file.Add("labelIds", Lines(rows.LabelIds));
        file.Add("skipped", (double)rows.Skipped.Count);
        file.Add("skipped.faults", Lines(rows.Skipped.FirstFaults));
        file.Add("features", rows.Features);
        file.Add("labels", rows.Labels);
    }

    private static FittedRows Read(SafetensorsFile file, TextVectorizerOptions options, ITextEncoder? encoder)
    {
        if (Encoding.UTF8.GetString(file.Utf8("encoder")) != (encoder?.Fingerprint ?? ""))
            throw new LightDxmlException($"{file.Path}: the text encoder {encoder?.Name} has changed since. Leave --resume out to begin anew.");
        var features = file.Sparse("features");
        using var vocabulary = new MemoryStream(file.Utf8("vocabulary"));
        return new FittedRows(
            TextVectorizer.Read(vocabulary, file.Path, options, features.ColumnCount, encoder), Lines(file.Utf8("labelIds")),
            new SkippedRows((long)file.Doubles("skipped")[0], Lines(file.Utf8("skipped.faults"))), features, file.Sparse("labels"));
    }

    private static byte[] Lines(IReadOnlyList<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private static string[] Lines(byte[] lines) => Encoding.UTF8.GetString(lines).Split('\n')[..^1];
}
