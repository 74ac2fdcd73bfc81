using System.CommandLine;
using LightDxml.Cli.Output;
using LightDxml.Text;
using LightDxml.Text.Reading;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml data check TRAIN [TEST]</c>.</summary>
internal sealed class DataCheckCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Argument<string> _train = new("TRAIN") { Description = "Raw text of the training set." };
    private readonly Argument<string?> _test = new("TEST") { Description = "Raw text of the test set.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly TextOptions _read;

    public DataCheckCommand(CommandContext context)
        : base("check", "Look for duplicates within and across raw text files, empty documents, labels that training never sees, and the same text with other labels.")
    {
        _context = context;
        Add(_train);
        Add(_test);
        Add(_threads);
        _read = new TextOptions(this);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples => ["lightdxml data check train.jsonl test.jsonl", "lightdxml data check train.csv --text-field summaries --skip-bad-rows"];

    private int Run(ParseResult arguments)
    {
        var (train, read) = (arguments.GetRequiredValue(_train), _read.Of(arguments, arguments.GetValue(_threads)));
        var report = CorpusCheck.Run(train, arguments.GetValue(_test), read);
        foreach (var note in TextDialect.Of(train, read).Notes)
            _context.SayOnce(train, note);
        var isSplit = report.Splits.Count > 1;
        var table = new TextTable(["", .. report.Splits.Select(split => Path.GetFileName(split.File))]);
        table.Add(Row("documents", split => split.Documents));
        table.Add(Row("bad rows, left out", split => split.Skipped.Count));
        table.Add(Row("without a word", split => split.Empty.Count));
        table.Add(Row("without labels", split => split.WithoutLabels.Count));
        table.Add(Row("duplicates within the file", split => split.Duplicates.Count));
        if (isSplit)
        {
            table.Add("in the training file too", "", $"{report.TestInTrain.Count:N0}");
            table.Add("labels that training never sees", "", $"{report.UnseenLabels.Count:N0}");
            table.Add("their (document, label) pairs", "", $"{report.UnseenPairs:N0} of {report.TestPairs:N0}");
        }

        table.Write(_context.Output);
        foreach (var split in report.Splits.Where(split => split.Documents > 0 && split.WithoutLabels.Count == split.Documents))
            TextReading.SayNoLabels(_context, split.File);
        _context.Output.WriteLine($"The same text with other labels: {Counted.Of(report.OtherLabels.Count, "document")}.");
        foreach (var split in report.Splits)
        {
            Show($"bad rows of {split.File}", split.Skipped.FirstFaults);
            Show($"documents of {split.File} without a word", split.Empty.Examples);
            Show($"duplicates within {split.File}", split.Duplicates.Examples);
        }

        Show("test documents that are in the training file", report.TestInTrain.Examples);
        Show("the same text with other labels", report.OtherLabels.Examples);
        if (isSplit)
            Show("labels that training never sees", report.UnseenLabels.Examples);
        return ExitCode.Success;

        string[] Row(string name, Func<SplitReport, long> count) => [name, .. report.Splits.Select(split => $"{count(split):N0}")];
    }

    private void Show(string what, IReadOnlyList<string> examples)
    {
        if (examples.Count == 0)
            return;
        _context.Output.WriteLine($"For example, {what}:");
        foreach (var example in examples)
            _context.Output.WriteLine($"  {example}");
    }
}
