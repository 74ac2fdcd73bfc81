using LightDxml.Text;

namespace LightDxml.Models;

/// <summary>
/// The parts of a model that are files of text: names and ids of its labels, and of a model of raw text its vocabulary.
/// The members of an ensemble share them.
/// </summary>
internal static class TextParts
{
    /// <summary>Writes the parts that the model has.</summary>
    public static void Write(Model model, string folder)
    {
        if (model.LabelNames is { } names)
            LabelNameFile.Write(names, Path.Combine(folder, ModelFolder.LabelFile));
        if (model.LabelIds is { } ids)
            LabelNameFile.Write(ids, Path.Combine(folder, ModelFolder.LabelIdFile));
        model.Vectorizer?.Write(Path.Combine(folder, ModelFolder.VocabularyFile));
    }

    /// <summary>The model with the parts that a folder has.</summary>
    /// <exception cref="LightDxmlException">A file is missing or damaged, or of another number of labels or features.</exception>
    public static Model Read(Model model, string folder, bool hasLabelNames, bool hasLabelIds, bool hasVocabulary) => model with
    {
        LabelNames = hasLabelNames ? LabelNameFile.Read(Path.Combine(folder, ModelFolder.LabelFile), model.LabelCount) : null,
        LabelIds = hasLabelIds ? LabelNameFile.Read(Path.Combine(folder, ModelFolder.LabelIdFile), model.LabelCount) : null,
        Vectorizer = hasVocabulary ? TextVectorizer.Read(Path.Combine(folder, ModelFolder.VocabularyFile), model.Options.Text, model.FeatureCount) : null,
    };

    /// <summary>The model without these parts; its settings of text are those that its vocabulary was made with.</summary>
    public static Model Without(Model model) => model with
    {
        LabelNames = null,
        LabelIds = null,
        Vectorizer = null,
        Options = model.Vectorizer is { } vectorizer ? model.Options with { Text = vectorizer.Options } : model.Options,
    };

    /// <summary>The model with the parts of another one.</summary>
    public static Model Share(Model model, Model other) =>
        model with { LabelNames = other.LabelNames, LabelIds = other.LabelIds, Vectorizer = other.Vectorizer };

    /// <summary>Whether two models have the same parts, in what they say.</summary>
    public static bool AreSame(Model one, Model other) =>
        AreSame(one.LabelNames, other.LabelNames) && AreSame(one.LabelIds, other.LabelIds)
        && (one.Vectorizer is null ? other.Vectorizer is null : other.Vectorizer is not null && one.Vectorizer.IsSameAs(other.Vectorizer));

    private static bool AreSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        ReferenceEquals(one, other) || one is not null && other is not null && one.SequenceEqual(other);
}
