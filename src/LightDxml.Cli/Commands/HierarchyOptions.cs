using System.CommandLine;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Text;

namespace LightDxml.Cli.Commands;

/// <summary>The options by which <c>predict</c> heeds a hierarchy of labels.</summary>
internal sealed class HierarchyOptions
{
    private readonly Option<string> _file = CommonOptions.File("--label-names", "Labels file with the hierarchy: JSON Lines of id and parents, or a SKOS vocabulary.");
    private readonly Option<bool> _mostSpecific = new("--most-specific") { Description = "Leave out labels that are above another label of the document; needs --label-names." };
    private readonly Option<bool> _consistent = new("--consistent") { Description = "Raise labels to the probability of the labels below them, so that none is below its children; needs --label-names." };

    public HierarchyOptions(Command command)
    {
        foreach (var option in new Option[] { _file, _mostSpecific, _consistent })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(_mostSpecific) || result.GetValue(_consistent)) != (result.GetResult(_file) is not null))
                result.AddError("--label-names goes with --most-specific or --consistent: parents are in the labels file.");
        });
    }

    /// <returns>The decisions, with what the hierarchy asks if that is wanted.</returns>
    public Decisions? Read(ParseResult arguments, StoredModel model, Decisions? decisions)
    {
        if (arguments.GetValue(_file) is not { } file)
            return decisions;
        var hierarchy = LabelHierarchy.Of(LabelCatalog.Read(file), model, arguments.GetValue(_consistent), arguments.GetValue(_mostSpecific));
        return decisions?.With(hierarchy) ?? Decisions.All(hierarchy);
    }
}
