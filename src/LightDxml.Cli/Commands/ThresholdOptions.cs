using System.CommandLine;
using LightDxml.Inference;
using LightDxml.Models;

namespace LightDxml.Cli.Commands;

/// <summary>The options by which commands choose which ranked labels a document is given.</summary>
internal sealed class ThresholdOptions
{
    private readonly Option<string> _rule = new("--threshold")
    {
        Description = "Give only labels whose probability is at least this; a document may get none. A number in 0..1; auto: the model's own, best for micro-F1; document: the same, lower for documents whose labels are all unsure; per-label: the model's own for each label, best for macro-F1; precision=0.8: the lowest that gave this precision on held-out documents.",
        HelpName = "P|auto|document|per-label|precision=P",
    };

    private readonly Option<string> _file = CommonOptions.File("--thresholds", "Thresholds of labels, as 'report' writes them: a label, a tab and a probability a line; * is for all others.");

    /// <summary>The option of a file of thresholds.</summary>
    public Option<string> File => _file;

    public ThresholdOptions(Command command)
    {
        command.Add(_rule);
        command.Add(_file);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_rule) is not null && result.GetResult(_file) is not null)
                result.AddError("Give either --threshold or --thresholds.");
        });
    }

    /// <param name="model">Null where predictions come from a file.</param>
    /// <returns>Null where neither option is given.</returns>
    public Decisions? Read(ParseResult arguments, StoredModel? model, CommandContext context)
    {
        if (arguments.GetValue(_rule) is { } rule)
            return Decisions.Of(rule, model);
        if (arguments.GetValue(_file) is not { } file)
            return null;
        return Decisions.OfFile(file, model ?? throw new LightDxmlException("--thresholds needs --model, which says what its labels are."), context.Messages.WriteLine);
    }
}
