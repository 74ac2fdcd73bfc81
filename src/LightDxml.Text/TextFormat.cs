namespace LightDxml.Text;

/// <summary>The forms of raw text files. Each may be gzip- or Brotli-compressed.</summary>
public enum TextFormat
{
    /// <summary>By the extension: <c>.jsonl .ndjson .json .csv .tsv .tab</c>; a file whose first bytes are <c>__label__</c> is fastText.</summary>
    Auto,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>An array of JSON objects, or an object that holds one: <c>{"articles": [{"abstractText": …, "meshMajor": […], "title": …}]}</c>.</summary>
    Json,

    /// <summary>Comma-separated columns with a header, quoted as in RFC 4180.</summary>
    Csv,

    /// <summary>Tab-separated columns with a header, quoted as in RFC 4180.</summary>
    Tsv,

    /// <summary><c>__label__x __label__y text</c>.</summary>
    FastText,

    /// <summary><c>text⇥label label</c>: no header, and blanks between the labels.</summary>
    TabSeparated,

    /// <summary>A line per document and no labels: what a user types.</summary>
    PlainLines,

    /// <summary>Columns of an Apache Parquet file; the package LightDxml.Parquet reads them.</summary>
    Parquet,

    /// <summary>A folder: a file per document, its labels beside it in a <c>.key</c> or <c>.tsv</c> file of the same name.</summary>
    Folder,
}
