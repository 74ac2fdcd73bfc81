using System.CommandLine;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Text;

namespace LightDxml.Cli.Commands;

/// <summary>The options by which <c>predict</c> and <c>evaluate</c> heed a hierarchy of labels: that of a labels file, or that of the model.</summary>
internal sealed class HierarchyOptions
{
    private readonly Option<bool> _mostSpecific = new("--most-specific") { Description = "Leave out labels that are above another label of the document." };
    private readonly Option<bool> _consistent = new("--consistent") { Description = "Raise labels to the probability of the labels below them, so that none is below its children, and every label comes with its path." };

    public HierarchyOptions(Command command)
    {
        command.Add(_mostSpecific);
        command.Add(_consistent);
    }

    public bool AreAsked(ParseResult arguments) => AreAsked(arguments.CommandResult);

    public bool AreAsked(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_mostSpecific) || result.GetValue(_consistent);

    public bool IsMostSpecificAsked(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_mostSpecific);

    /// <param name="catalog">What a labels file says, or null where none was given.</param>
    /// <param name="more">Ids of labels that follow those of the model.</param>
    /// <returns>What is asked of the labels, or null.</returns>
    public LabelHierarchy? Read(ParseResult arguments, LabelCatalog? catalog, StoredModel model, IEnumerable<string>? more = null) =>
        AreAsked(arguments) ? LabelHierarchy.Of(catalog, model, arguments.GetValue(_consistent), arguments.GetValue(_mostSpecific), more) : null;
}
