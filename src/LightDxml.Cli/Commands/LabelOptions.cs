using System.CommandLine;
using LightDxml.Text;
using LightDxml.Text.Skos;

namespace LightDxml.Cli.Commands;

/// <summary>The options that name a labels file, and what to take from it.</summary>
internal sealed class LabelOptions
{
    private readonly Option<string> _file = CommonOptions.File("--label-names", "Labels file: JSON Lines of id, name, alt and parents, lines of an id, a tab and a name, as Annif has them, or a SKOS vocabulary (Turtle .ttl, RDF/XML .rdf).");
    private readonly Option<string> _language = new("--language") { Description = "Languages of names in a SKOS vocabulary, the most wanted first: de,en. Without it those of the model, else every language, that of the most labels first; needs --label-names.", HelpName = "TAGS" };
    private readonly Option<bool> _ancestors = new("--add-ancestors") { Description = "Give every document also the labels above its own; needs --label-names." };

    /// <summary>The option of the labels file.</summary>
    public Option<string> File => _file;

    public LabelOptions(Command command)
    {
        command.Add(_file);
        command.Add(_ancestors);
        command.Add(_language);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_ancestors) && result.GetValue(_file) is null)
                result.AddError("--add-ancestors needs --label-names: parents are in the labels file.");
            if (result.GetValue(_language) is not { } language)
                return;
            if (result.GetValue(_file) is null)
                result.AddError("--language needs --label-names: names are in the labels file.");
            if (!Languages(language).All(IsTag))
                result.AddError($"--language must be tags of languages with commas between, such as de,en, but is '{language}'.");
        });
    }

    /// <param name="read">With the languages that a model was trained with: they count for a vocabulary, unless the option names others.</param>
    /// <exception cref="LightDxmlException">The labels file cannot be read.</exception>
    public LabelCatalog? Read(ParseResult arguments, TextReadOptions? read = null)
    {
        if (arguments.GetValue(_file) is not { } file)
            return null;
        var language = LanguagesOf(arguments) ?? (read?.NameLanguages is { } known && SkosFile.Recognizes(file) ? known : null);
        return LabelCatalog.Read(file, Languages(language));
    }

    /// <summary>The languages that the option names, as it has them; null where it is not given.</summary>
    public string? LanguagesOf(ParseResult arguments) => arguments.GetValue(_language);

    /// <exception cref="LightDxmlException">A labels file is given, and the training set holds features: its labels are numbers.</exception>
    public void RefuseForFeatures(ParseResult arguments, string path)
    {
        if (arguments.GetValue(_file) is not null)
            throw Refusal(path, _file);
    }

    /// <exception cref="LightDxmlException">Ancestors are asked for, and the set holds features: its labels are numbers.</exception>
    public void RefuseAncestorsForFeatures(ParseResult arguments, string path)
    {
        if (AddsAncestors(arguments))
            throw Refusal(path, _ancestors);
    }

    private static LightDxmlException Refusal(string path, Option option) => TextOptions.HoldsFeatures(path, $"{option.Name} is for raw text, whose labels have ids");

    public bool AddsAncestors(ParseResult arguments) => arguments.GetValue(_ancestors);

    /// <summary>The hierarchy whose ancestors documents get, because it is asked for or because the model was trained so; null for none.</summary>
    /// <param name="catalog">The labels file, where one was given, or what the model knows of it.</param>
    /// <exception cref="LightDxmlException">A hierarchy is asked for or the model needs one, and there is none.</exception>
    public LabelCatalog? Ancestors(ParseResult arguments, LabelCatalog? catalog, TextReadOptions read)
    {
        if (!read.AddAncestors && !AddsAncestors(arguments))
            return null;
        if (catalog is { HasHierarchy: false } && arguments.GetValue(_file) is { } file)
        {
            throw new LightDxmlException(read.AddAncestors
                ? $"The model was trained with --add-ancestors, but no label of {file} has a parent: give a file that has parents, or leave {_file.Name} out."
                : $"--add-ancestors has no effect: no label of {file} has a parent. Leave it out.");
        }

        return catalog ?? throw new LightDxmlException("The model was trained with --add-ancestors, by a version that did not keep the hierarchy: give its labels file, --label-names.");
    }

    private static string[] Languages(string? tags) => tags is null ? [] : tags.Split(',', StringSplitOptions.TrimEntries);

    private static bool IsTag(string tag) => tag.Split('-').All(part => part.Length is > 0 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}
