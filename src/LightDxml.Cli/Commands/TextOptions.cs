using System.CommandLine;
using LightDxml.Text;
using LightDxml.Text.Reading;

namespace LightDxml.Cli.Commands;

/// <summary>The options by which commands read raw text.</summary>
internal sealed class TextOptions
{
    private const string None = "none";

    private static readonly Dictionary<string, TextFormat> Formats = new()
    {
        ["auto"] = TextFormat.Auto,
        ["jsonl"] = TextFormat.JsonLines,
        ["json"] = TextFormat.Json,
        ["csv"] = TextFormat.Csv,
        ["tsv"] = TextFormat.Tsv,
        ["fasttext"] = TextFormat.FastText,
        ["tab"] = TextFormat.TabSeparated,
        ["parquet"] = TextFormat.Parquet,
        ["lines"] = TextFormat.PlainLines,
        ["folder"] = TextFormat.Folder,
    };

    private readonly Option<string> _format = new("--format") { Description = "Format of raw text; auto goes by the file's name and first bytes.", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> _encoding = new("--encoding") { Description = "Encoding of raw text that is not UTF-8: windows-1252, latin1, utf-16, … A byte-order mark in the file wins.", HelpName = "NAME" };
    private readonly Option<string> _delimiter = new("--delimiter") { Description = "Character between columns of CSV; \\t is a tab. Without it the first rows tell.", HelpName = "C" };
    private readonly Option<string> _quote = new("--quote") { Description = "Character around values of CSV; none takes quotes as text. Without it the first rows tell.", HelpName = "C" };
    private readonly Option<string> _id = Field("--id-field", "Field or column of the id.");
    private readonly Option<string> _title = Field("--title-field", "Field or column of the title, which comes before the text; none reads no title.");
    private readonly Option<string> _text = Field("--text-field", "Field or column of the text. Without these options usual names are tried: text, abstract, summaries, …");
    private readonly Option<string> _labels = Field("--labels-field", "Field or column of the labels. Of CSV also several columns, a,b,c or a..c; where they hold 0 and 1 (one-hot), or words for them such as TRUE and FALSE, ja and nein, x and nothing, their names are the labels.");
    private readonly Option<string> _documents = new("--documents-field") { Description = "Of JSON: path of the array of documents, such as data.items.", HelpName = "PATH" };
    private readonly Option<string> _separator = new("--label-separator") { Description = "Text between labels that share one string; none keeps the string whole. \\t is a tab, \\n a line end. Without it the first rows tell: comma, semicolon or pipe, of other scripts too (、 ， ； ｜ ، ؛), slash, line end or blank. Lists of Python and JSON need none.", HelpName = "TEXT" };
    private readonly Option<string> _prefix = new("--label-prefix") { Description = "What labels of fastText begin with; __label__ without it.", HelpName = "TEXT" };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "CSV and TSV without a header: fields are column numbers from 1." };
    private readonly Option<bool> _skip = new("--skip-bad-rows") { Description = "Leave out rows that cannot be read, and count them. Documents without ids are numbered without them." };

    private readonly Option[] _forText;

    public TextOptions(Command command)
    {
        _format.AcceptOnlyFromAmong([.. Formats.Keys]);
        _forText = [_encoding, _delimiter, _quote, _id, _title, _text, _labels, _documents, _separator, _prefix, _noHeader, _skip];
        command.Add(_format);
        foreach (var option in _forText)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_separator) is { } separator && (separator.Length == 0 || separator.AsSpan().ContainsAny("\"'\r\n")))
                result.AddError($"--label-separator must be text without quotes and line ends (\\n is a line end), but is '{separator}'.");
            if (result.GetValue(_delimiter) is { } delimiter && Tabbed(delimiter).Length != 1)
                result.AddError($"--delimiter must be one character, but is '{delimiter}'.");
            if (result.GetValue(_quote) is not (null or None or "\"" or "'"))
                result.AddError($"--quote must be \" or ' or none, but is '{result.GetValue(_quote)}'.");
        });
    }

    /// <summary>The formats of raw text by the names that the command line has for them.</summary>
    public static IReadOnlyDictionary<string, TextFormat> FormatNames => Formats;

    /// <summary>How to read text: as the options say, else as a model remembers it, else as it is found out.</summary>
    /// <param name="stored">What a model remembers of how its text was read, or null.</param>
    public TextReadOptions Of(ParseResult arguments, int threads, TextReadOptions? stored = null)
    {
        stored ??= new TextReadOptions();
        return stored with
        {
            Format = Formats[arguments.GetValue(_format)!],
            IdField = arguments.GetValue(_id) ?? stored.IdField,
            TitleField = arguments.GetValue(_title) is { } title ? title == None ? "" : title : stored.TitleField,
            TextField = arguments.GetValue(_text) ?? stored.TextField,
            LabelsField = arguments.GetValue(_labels) ?? stored.LabelsField,
            IsUsualLabelsField = stored.IsUsualLabelsField && arguments.GetValue(_labels) is null,
            ListColumns = arguments.GetValue(_labels) is null ? stored.ListColumns : null,
            DocumentsField = arguments.GetValue(_documents) ?? stored.DocumentsField,
            LabelSeparator = arguments.GetValue(_separator) is { } separator ? separator == None ? "" : Tabbed(separator).Replace("\\n", "\n", StringComparison.Ordinal) : stored.LabelSeparator,
            IsUsualSeparator = stored.IsUsualSeparator && arguments.GetValue(_separator) is null,
            LabelPrefix = arguments.GetValue(_prefix) ?? stored.LabelPrefix,
            Encoding = arguments.GetValue(_encoding),
            Delimiter = arguments.GetValue(_delimiter) is { } delimiter ? Tabbed(delimiter)[0] : stored.Delimiter,
            Quote = arguments.GetValue(_quote) is { } quote ? quote == None ? "" : quote : stored.Quote,
            HasHeader = arguments.GetValue(_noHeader) ? false : stored.HasHeader,
            SkipBadRows = arguments.GetValue(_skip),
            Threads = threads,
        };
    }

    /// <exception cref="LightDxmlException">An option says how to read raw text, and the file holds features.</exception>
    /// <param name="others">Further options of the command that are for raw text.</param>
    public void RefuseForFeatures(ParseResult arguments, string path, params Option[] others)
    {
        if (_forText.Concat(others).FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false }) is { } given)
            throw HoldsFeatures(path, $"{given.Name} is for raw text");
    }

    /// <summary>The refusal of what only raw text has, of a file that is none; a file that looks like no features either is refused for that.</summary>
    /// <param name="what">What it is, and that it is for raw text.</param>
    public static LightDxmlException HoldsFeatures(string path, string what)
    {
        TextDialect.RefuseUntold(path);
        return new LightDxmlException($"{path} holds features, and {what}. Leave it out, or name the format of the text with --format.");
    }

    /// <summary>Whether a file is raw text, by the options, its name or its first bytes.</summary>
    public static bool IsText(string path, TextReadOptions options) => TextDialect.FormatOf(path, options) is not null;

    private static string Tabbed(string text) => text.Replace("\\t", "\t", StringComparison.Ordinal);

    private static Option<string> Field(string name, string description) => new(name) { Description = description, HelpName = "NAME" };
}
