using System.CommandLine;
using LightDxml.Text;

namespace LightDxml.Cli.Commands;

/// <summary>The options by which commands read raw text.</summary>
internal sealed class TextOptions
{
    private static readonly Dictionary<string, TextFormat> Formats = new()
    {
        ["auto"] = TextFormat.Auto,
        ["jsonl"] = TextFormat.JsonLines,
        ["json"] = TextFormat.Json,
        ["csv"] = TextFormat.Csv,
        ["tsv"] = TextFormat.Tsv,
        ["fasttext"] = TextFormat.FastText,
        ["tab"] = TextFormat.TabSeparated,
        ["lines"] = TextFormat.PlainLines,
    };

    private readonly Option<string> _format = new("--format") { Description = "Form of raw text; auto goes by the file's name and first bytes.", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> _id = Field("--id-field", "Field or column of the id.");
    private readonly Option<string> _title = Field("--title-field", "Field or column of the title, which comes before the text.");
    private readonly Option<string> _text = Field("--text-field", "Field or column of the text. Without these options usual names are tried: text, abstract, summaries, …");
    private readonly Option<string> _labels = Field("--labels-field", "Field or column of the labels.");
    private readonly Option<string> _separator = new("--label-separator") { Description = "Text between labels that share one string; a Python list needs none.", HelpName = "TEXT" };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "CSV and TSV without a header: fields are column numbers from 1." };
    private readonly Option<bool> _skip = new("--skip-bad-rows") { Description = "Leave out rows that cannot be read, and count them." };

    public TextOptions(Command command)
    {
        _format.AcceptOnlyFromAmong([.. Formats.Keys]);
        foreach (var option in new Option[] { _format, _id, _title, _text, _labels, _separator, _noHeader, _skip })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_separator) is { } separator && (separator.Length == 0 || separator.AsSpan().ContainsAny("\"'\r\n")))
                result.AddError($"--label-separator must be text without quotes and line ends, but is '{separator}'.");
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
            TitleField = arguments.GetValue(_title) ?? stored.TitleField,
            TextField = arguments.GetValue(_text) ?? stored.TextField,
            LabelsField = arguments.GetValue(_labels) ?? stored.LabelsField,
            LabelSeparator = arguments.GetValue(_separator) is { } separator ? separator.Replace("\\t", "\t", StringComparison.Ordinal) : stored.LabelSeparator,
            HasHeader = arguments.GetValue(_noHeader) ? false : stored.HasHeader,
            SkipBadRows = arguments.GetValue(_skip),
            Threads = threads,
        };
    }

    /// <summary>Whether a file is raw text, by the options, its name or its first bytes.</summary>
    public static bool IsText(string path, TextReadOptions options) => options.Format != TextFormat.Auto || TextFile.Recognize(path) is not null;

    private static Option<string> Field(string name, string description) => new(name) { Description = description, HelpName = "NAME" };
}
