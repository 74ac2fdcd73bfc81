using LightDxml.Names;
using LightDxml.Text;
using LightDxml.TextEncoding;

namespace LightDxml.Models;

/// <summary>
/// The parts of a model that are files of text: names and ids of its labels, names of its features, and of a model of raw text its vocabulary.
/// The members of an ensemble share them.
/// </summary>
internal static class TextParts
{
    public const string LabelFile = "labels.txt";
    public const string LabelIdFile = "label-ids.txt";
    public const string VocabularyFile = "vocabulary.txt";
    public const string FeatureFile = "features.txt";

    public const string LabelTextFileName = "label-names.jsonl";

    /// <summary>A labels file itself: labels with their names and parents.</summary>
    public const string HierarchyFile = "label-parents.jsonl";

    /// <summary>Writes the parts that the model has.</summary>
    public static void Write(Model model, string folder)
    {
        if (model.LabelNames is { } names)
            LabelNameFile.Write(names, Path.Combine(folder, LabelFile));
        if (model.LabelIds is { } ids)
            LabelNameFile.Write(ids, Path.Combine(folder, LabelIdFile));
        if (model.FeatureNames is { } features)
            LabelNameFile.Write(features, Path.Combine(folder, FeatureFile));
        if (model.Names is { } index)
            LabelTextFile.Write(index.Texts, Path.Combine(folder, LabelTextFileName));
        if (model.Hierarchy is { } hierarchy)
        {
            using var stream = new FileStream(Path.Combine(folder, HierarchyFile), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            hierarchy.Write(stream);
        }

        model.Vectorizer?.Write(Path.Combine(folder, VocabularyFile));
    }

    /// <summary>The model with the parts that its files have.</summary>
    /// <param name="has">Which files there should be.</param>
    /// <exception cref="LightDxmlException">A file is missing or damaged, or of another number of labels or features.</exception>
    public static Model Read(Model model, ModelFiles files, TextPartsPresent has)
    {
        model = ReadFiles(model, files, has);
        return has.NameEndings is not { } endings ? model : model with
        {
            Names = NameIndex.Build(
                LabelTextFile.Read(files, LabelTextFileName, has.Labels ?? model.LabelCount),
                model.Vectorizer ?? throw new LightDxmlException($"{files.Name}: there are label names to look for, but no vocabulary."),
                endings),
        };
    }

    private static Model ReadFiles(Model model, ModelFiles files, TextPartsPresent has) => model with
    {
        LabelNames = has.LabelNames ? LabelNameFile.Read(files, LabelFile, has.Labels ?? model.LabelCount) : null,
        LabelIds = has.LabelIds ? LabelNameFile.Read(files, LabelIdFile, has.Labels ?? model.LabelCount) : null,
        FeatureNames = has.FeatureNames ? LabelNameFile.Read(files, FeatureFile, model.FeatureCount, "features") : null,
        Vectorizer = has.Vocabulary is { } options
            ? ReadVectorizer(model, files, options, has.EncoderFingerprint)
            : null,
        Reading = has.Reading,
        Hierarchy = has.Hierarchy ? ReadHierarchy(files) : null,
    };

    private static LabelCatalog ReadHierarchy(ModelFiles files)
    {
        try
        {
            return LabelCatalog.Read(files.OpenRead(HierarchyFile), files.NameOf(HierarchyFile));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw new LightDxmlException($"Cannot read {files.NameOf(HierarchyFile)}: {fault.Message}", fault);
        }
    }

    private static TextVectorizer ReadVectorizer(Model model, ModelFiles files, TextVectorizerOptions options, string? fingerprint)
    {
        var encoder = TextEncoders.OpenFor(files.Name, options, fingerprint);
        try
        {
            return TextVectorizer.Read(files.OpenRead(VocabularyFile), files.NameOf(VocabularyFile), options, model.FeatureCount, encoder);
        }
        catch
        {
            encoder?.Dispose();
            throw;
        }
    }

    /// <summary>The model without these parts.</summary>
    public static Model Without(Model model) => model with { LabelNames = null, LabelIds = null, FeatureNames = null, Vectorizer = null, Reading = null, Names = null, Hierarchy = null };

    /// <summary>The model with the parts of another one.</summary>
    public static Model Share(Model model, Model other) =>
        model with { LabelNames = other.LabelNames, LabelIds = other.LabelIds, FeatureNames = other.FeatureNames, Vectorizer = other.Vectorizer, Reading = other.Reading, Names = other.Names, Hierarchy = other.Hierarchy };

    /// <summary>Whether two models have the same parts, in what they say.</summary>
    public static bool AreSame(Model one, Model other) =>
        AreSame(one.LabelNames, other.LabelNames) && AreSame(one.LabelIds, other.LabelIds) && AreSame(one.FeatureNames, other.FeatureNames)
        && (one.Names is null ? other.Names is null : other.Names is not null && one.Names.Endings == other.Names.Endings && one.Names.Texts.IsSameAs(other.Names.Texts))
        && (one.Vectorizer is null ? other.Vectorizer is null : other.Vectorizer is not null && one.Vectorizer.IsSameAs(other.Vectorizer));

    private static bool AreSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        ReferenceEquals(one, other) || one is not null && other is not null && one.SequenceEqual(other);
}

/// <summary>Which text parts a model's configuration speaks of.</summary>
/// <param name="Vocabulary">The settings of its vectoriser, or null where there is no vocabulary.</param>
/// <param name="NameEndings">Endings that do not count when labels are looked for by name, or null where they are not.</param>
/// <param name="Reading">How its training file was read, or null where that is not known.</param>
internal readonly record struct TextPartsPresent(bool LabelNames, bool LabelIds, TextVectorizerOptions? Vocabulary, TextReadOptions? Reading, WordEndings? NameEndings = null)
{
    /// <summary>Whether features have names, which are no words of a vocabulary.</summary>
    public bool FeatureNames { get; init; }

    /// <summary>Whether there are labels above others.</summary>
    public bool Hierarchy { get; init; }

    /// <summary>Labels that the text parts speak of: the trained ones, and those that are found by their names alone. Null where those are all trained.</summary>
    public int? Labels { get; init; }

    /// <summary>The fingerprint of the text encoder that the settings of the vectoriser name; null where they name none.</summary>
    public string? EncoderFingerprint { get; init; }

    public static TextPartsPresent Of(Model model) => new(model.LabelNames is not null, model.LabelIds is not null, model.Vectorizer?.Options, model.Reading, model.Names?.Endings)
    {
        FeatureNames = model.FeatureNames is not null,
        Hierarchy = model.Hierarchy is not null,
        Labels = model.AllLabelCount,
        EncoderFingerprint = model.Vectorizer?.Encoder?.Fingerprint,
    };
}
