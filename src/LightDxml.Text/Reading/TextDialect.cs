using LightDxml.Data;
using LightDxml.Data.Compression;

namespace LightDxml.Text.Reading;

/// <summary>
/// How a file of text is to be read: what the options say, and what its beginning tells of the rest. It does not depend on how
/// long the file is.
/// </summary>
/// <param name="Options">With a format, and with the separator of labels where labels share a string.</param>
/// <param name="Csv">Of delimited text.</param>
/// <param name="Notes">What was found out and a user should know.</param>
internal sealed record TextDialect(string Path, TextReadOptions Options, CsvDialect Csv, IReadOnlyList<string> Notes)
{
    /// <summary>Bytes that are looked at.</summary>
    private const int StartBytes = 1 << 18;

    private static ReadOnlySpan<byte> Weights => "\"target_rel\""u8;

    /// <summary>What of the notes is about the separator of labels, or null.</summary>
    private string? LabelNote { get; init; }

    /// <summary>Where the name stands for several files: how each is read.</summary>
    private TextDialect[] Several { get; init; } = [];

    /// <param name="path">A file, or several as <see cref="TextFiles"/> has them: labels are read as the first tells.</param>
    /// <exception cref="LightDxmlException">A file is missing, cannot be read, or its form cannot be told.</exception>
    public static TextDialect Of(string path, TextReadOptions options)
    {
        options.Validate();
        if (TextFiles.Of(path) is not { Count: > 1 } files)
            return OfFile(TextFiles.Of(path)[0], options);
        var first = OfFile(files[0], options);
        var alike = options.WithLabelsOf(first.Options) with { IsFoundOut = true };
        TextDialect[] all = [first, .. files.Skip(1).Select(file => OfFile(file, alike))];
        return Array.Find(all, file => file.Options.Format != first.Options.Format) is { } other
            ? throw new LightDxmlException($"{first.Path} and {other.Path} are of different formats; files that are read as one must be of the same format.")
            : first with { Path = path, Several = all, Notes = [.. all.SelectMany(file => file.Notes).Distinct()] };
    }

    private static TextDialect OfFile(string path, TextReadOptions options)
    {
        if (Directory.Exists(path))
        {
            return options.Format is TextFormat.Auto or TextFormat.Folder
                ? new TextDialect(path, options with { Format = TextFormat.Folder }, default, [])
                : throw new LightDxmlException($"{path}: it is a folder, and --format names the format of a file.");
        }

        if (options.Format == TextFormat.Folder)
            throw new LightDxmlException($"{path}: it is not a folder.");
        var start = Start(path, options);
        var format = options.Format == TextFormat.Auto
            ? TextForm.Of(path, start, options) ?? throw Untold(path)
            : options.Format;
        var dialect = new TextDialect(path, options with { Format = format }, default, []);
        if (format is TextFormat.Csv or TextFormat.Tsv)
            dialect = dialect with { Csv = CsvDialect.Of(start, options, format == TextFormat.Tsv ? (byte)'\t' : (byte)',') };
        if (format is TextFormat.Json or TextFormat.JsonLines && start.AsSpan().IndexOf(Weights) >= 0)
            dialect = dialect with { Notes = ["The weights of labels, target_rel, are not used: every label of a document counts alike."] };
        return format is TextFormat.Csv or TextFormat.Tsv or TextFormat.Json or TextFormat.JsonLines or TextFormat.Parquet && options is { ForPrediction: false, IsFoundOut: false }
            ? dialect.WithColumns(start).WithLabels()
            : dialect;
    }

    /// <summary>The form of the text of a file, or null where it is no text: features, as a rule.</summary>
    /// <exception cref="LightDxmlException">The name tells nothing, and the file is missing or cannot be read.</exception>
    public static TextFormat? FormatOf(string path, TextReadOptions options)
    {
        if (options.Format != TextFormat.Auto)
            return options.Format;
        var files = TextFiles.Of(path);
        if (files.Count > 1)
        {
            return files.FirstOrDefault(file => FormatOf(file, options) is null) is { } other
                ? throw new LightDxmlException($"{other}: neither the name nor the first bytes tell the format of the text; only files of raw text can be read as one, and --format names their format.")
                : FormatOf(files[0], options);
        }

        path = files[0];
        if (Directory.Exists(path))
            return TextFormat.Folder;
        if (!File.Exists(path) && TextForm.OfName(path) is { } named)
            return named;
        if (DatasetFile.HasFeatures(path))
            return null;
        var start = Start(path, options);
        return TextForm.Of(path, start, options);
    }

    /// <summary>Throws where a file of no form of text is none of features either, by all that its name and its beginning tell.</summary>
    /// <exception cref="LightDxmlException">It looks like neither.</exception>
    public static void RefuseUntold(string path)
    {
        if (IsUntold(path))
            throw Untold(path);
    }

    /// <summary>Whether a file of no form of text is none of features either, by all that its name and its beginning tell.</summary>
    public static bool IsUntold(string path) =>
        File.Exists(path) && !DatasetFile.HasFeatures(path) && !TextForm.AreNumbers(Start(path, new TextReadOptions()));

    /// <summary>What the labels of the whole file tell of a separator that its beginning did not tell, and no option.</summary>
    /// <returns>One note or none.</returns>
    public IEnumerable<string> NotesOn(IReadOnlyCollection<string> labels)
    {
        if (LabelNote is null && (Options.LabelSeparator is null || Options.IsUsualSeparator) && LabelSeparators.NoteOn(labels) is { } note)
            yield return note;
    }

    /// <summary>Opens the file.</summary>
    public DocumentReader Open() => Several.Length > 0 ? new DocumentFilesReader(Several) : Reader(Options);

    private static LightDxmlException Untold(string path) => new($"{path}: neither the name nor the first bytes tell the format of the text; --format names it.");

    private DocumentReader Reader(TextReadOptions options) => options.Format switch
    {
        TextFormat.Parquet => ParquetDocuments.Reader(Path, options),
        TextFormat.Folder => new FolderReader(Path, options),
        _ => Reader(TextStream.Open(Path, options), options),
    };

    private DocumentReader Reader(Stream stream, TextReadOptions options)
    {
        if (options.Format is TextFormat.JsonLines or TextFormat.Json)
            options.RefuseIdAsText();
        return ReaderOf(stream, options);
    }

    private DocumentReader ReaderOf(Stream stream, TextReadOptions options) => options.Format switch
    {
        TextFormat.JsonLines => new JsonLinesReader(stream, Path, options),
        TextFormat.Json => new JsonArrayReader(stream, Path, options),
        TextFormat.Csv or TextFormat.Tsv => new CsvDocumentReader(stream, Path, Csv, options),
        TextFormat.FastText => new FastTextReader(stream, Path, options),
        TextFormat.TabSeparated => new TabSeparatedReader(stream, Path, options),
        _ => new PlainLinesReader(stream, Path, options),
    };

    /// <summary>With what several columns of labels are, unless another file told it.</summary>
    private TextDialect WithColumns(byte[] start) =>
        Options.Format is not (TextFormat.Csv or TextFormat.Tsv) || Options.ListColumns is not null || LabelColumns.Of(Path, start, Csv, Options) is not { } columns
            ? this
            : this with
            {
                Options = columns.Names is null ? Options : Options with { LabelsField = columns.Names, IsUsualLabelsField = Options.IsUsualLabelsField || Options.LabelsField is null, ListColumns = columns.Lists },
                Notes = columns.Note is null ? Notes : [.. Notes, columns.Note],
            };

    private TextDialect WithLabels()
    {
        LabelSample sample;
        try
        {
            sample = LabelSample.Of(Reader(Options with { LabelSeparator = LabelSeparators.None, MultiHotPlaces = 0, SkipBadRows = true, IsSample = true }));
        }
        catch (LightDxmlException)
        {
            // Whoever reads the file meets the same fault.
            return this;
        }

        var (separator, note) = Options.LabelSeparator is null ? sample.Separator(areDecimals: Options.Format is TextFormat.Csv or TextFormat.Tsv && Csv.Delimiter != ',') : (Options.LabelSeparator, null);

        // Where this file may yet show labels that share a string, others are to be read as it is.
        if (separator is null && !sample.IsWhole && sample.Strings.Count > 0)
            separator = ",";
        var places = Options.MultiHotPlaces > 0 ? Options.MultiHotPlaces : sample.MultiHotPlaces(separator);
        note = places == 0 ? note : Options.MultiHotPlaces > 0 ? null : MultiHotLabels.Note(places);
        return this with
        {
            Options = Options with { LabelSeparator = separator, IsUsualSeparator = Options.IsUsualSeparator || Options.LabelSeparator is null, MultiHotPlaces = places, IsFoundOut = true },
            LabelNote = note,
            Notes = [.. Notes, .. sample.Notes, .. note is null ? Array.Empty<string>() : [note]],
        };
    }

    /// <summary>The beginning of a file: whole lines, as far as there are any.</summary>
    private static byte[] Start(string path, TextReadOptions options)
    {
        CompressedFile.RefusePipe(path);
        using var stream = TextStream.Open(path, options);
        var start = new byte[StartBytes];
        var length = 0;
        try
        {
            for (var read = -1; read != 0 && length < start.Length; length += read)
                read = stream.Read(start, length, start.Length - length);
        }
        catch (InvalidDataException)
        {
            // The reader meets the same fault and can name its place.
        }

        var whole = length < start.Length ? length : start.AsSpan().LastIndexOf((byte)'\n') + 1;
        return start[..(whole > 0 ? whole : length)];
    }
}
