using LightDxml.Text.Reading;
using LightDxml.Text.Writing;

namespace LightDxml.Text;

/// <summary>Reads and writes files of raw text, document by document. Files ending in <c>.gz</c> and <c>.br</c> are compressed.</summary>
public static class TextFile
{
    /// <summary>The form of text that a file's name or first bytes tell, or null where they tell none.</summary>
    /// <exception cref="LightDxmlException">The name tells nothing, and the file is missing or cannot be read.</exception>
    public static TextFormat? Recognize(string path) => TextDialect.FormatOf(path, new TextReadOptions());

    /// <summary>The documents of a file in their order; memory is that of a few of them.</summary>
    /// <param name="skipped">Told at the end of the rows that were left out.</param>
    /// <exception cref="LightDxmlException">The file is missing, cannot be read, or its form cannot be told.</exception>
    /// <exception cref="Data.DataFormatException">The first row that cannot be read, unless bad rows are skipped.</exception>
    internal static IEnumerable<TextDocument> Read(string path, TextReadOptions? options = null, Action<SkippedRows>? skipped = null)
    {
        using var reader = TextDialect.Of(path, options ?? new TextReadOptions()).Open();
        var batch = new DocumentBatch();
        var rows = SkippedRows.None;
        while (reader.TryTake(batch))
        {
            reader.Parse(batch);
            rows = rows.With(batch.Skipped);
            for (var document = 0; document < batch.Count; document++)
                yield return batch.Document(document);
        }

        skipped?.Invoke(rows);
    }

    /// <summary>Writes documents, whole or not at all. Formats without ids or titles lose them: a title is put before its text.</summary>
    /// <param name="format">Auto takes that of the name.</param>
    /// <exception cref="LightDxmlException">The form cannot be told, a label cannot be written in it, or the file cannot be written.</exception>
    public static void Write(IEnumerable<TextDocument> documents, string path, TextFormat format = TextFormat.Auto)
    {
        ArgumentNullException.ThrowIfNull(documents);
        if (format == TextFormat.Auto)
            format = TextForm.OfName(path) ?? throw new LightDxmlException($"{path}: the name does not tell the format of the text; name it.");
        if (format is TextFormat.Parquet or TextFormat.Folder)
            throw new LightDxmlException($"{path}: {(format == TextFormat.Parquet ? "Parquet files" : "folders of documents")} are read and not written; write JSON Lines (.jsonl) or CSV.");
        DocumentWriters.Write(documents, path, format);
    }
}
