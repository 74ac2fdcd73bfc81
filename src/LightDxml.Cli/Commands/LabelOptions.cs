using System.CommandLine;
using LightDxml.Text;

namespace LightDxml.Cli.Commands;

/// <summary>The options that name a labels file, and what to take from it.</summary>
internal sealed class LabelOptions
{
    private readonly Option<string> _file = CommonOptions.File("--label-names", "Labels file: JSON Lines of id, name, alt and parents, or lines of an id, a tab and a name, as Annif has them.");
    private readonly Option<bool> _ancestors = new("--add-ancestors") { Description = "Give every document also the labels above its own; needs --label-names." };

    public LabelOptions(Command command)
    {
        command.Add(_file);
        command.Add(_ancestors);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_ancestors) && result.GetValue(_file) is null)
                result.AddError("--add-ancestors needs --label-names: parents are in the labels file.");
        });
    }

    public LabelCatalog? Read(ParseResult arguments) => arguments.GetValue(_file) is { } file ? LabelCatalog.Read(file) : null;

    public bool AddsAncestors(ParseResult arguments) => arguments.GetValue(_ancestors);

    /// <summary>The hierarchy whose ancestors documents get, because it is asked for or because the model was trained so; null for none.</summary>
    /// <param name="catalog">The labels file, where one was given.</param>
    /// <exception cref="LightDxmlException">The model needs a hierarchy, and there is no labels file.</exception>
    public LabelCatalog? Ancestors(ParseResult arguments, LabelCatalog? catalog, TextReadOptions read)
    {
        if (!read.AddAncestors && !AddsAncestors(arguments))
            return null;
        return catalog ?? throw new LightDxmlException("The model was trained with --add-ancestors: give its labels file, --label-names, which has the hierarchy.");
    }
}
