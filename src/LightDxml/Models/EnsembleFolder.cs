using System.Globalization;
using System.Text.Json;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>
/// Models of one data set that predict together: a folder with <c>member-1</c>, <c>member-2</c>, …, each a model folder, and
/// <c>ensemble.json</c>, which says how many they are. Names and ids of labels and the vocabulary of raw text, which the members
/// share, stand once, beside <c>ensemble.json</c>, in the files of a <see cref="ModelFolder"/>.
/// </summary>
public static class EnsembleFolder
{
    public const string ConfigurationFile = "ensemble.json";
    private const string Format = "lightdxml-ensemble";
    private const int Version = 2;

    /// <summary>Whether a folder holds an ensemble rather than one model.</summary>
    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, ConfigurationFile));

    /// <summary>Throws where <see cref="Save"/> would refuse <paramref name="folder"/>, before models are trained in vain.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is neither a model nor an ensemble.</exception>
    public static void CheckTarget(string folder) => AtomicFolder.CheckTarget(folder, ConfigurationFile, ModelFolder.ConfigurationFile);

    /// <summary>Writes the members in place of what may be there; a killed process leaves the one or the other.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is neither a model nor an ensemble; or the members disagree in their features, labels or vocabularies.</exception>
    public static void Save(IReadOnlyList<Model> members, string folder)
    {
        ArgumentNullException.ThrowIfNull(members);
        EnsembleMembers.Check(members);
        var shared = members[0];
        AtomicFolder.Write(folder, ConfigurationFile, temporary =>
        {
            for (var i = 0; i < members.Count; i++)
                ModelFolder.Save(TextParts.Without(members[i]), Path.Combine(temporary, Member(i)));
            TextParts.Write(shared, temporary);
            using var stream = new FileStream(Path.Combine(temporary, ConfigurationFile), FileMode.CreateNew, FileAccess.Write);
            using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("formatVersion", Version);
            writer.WriteNumber("members", members.Count);
            writer.WriteBoolean("labelNames", shared.LabelNames is not null);
            writer.WriteBoolean("labelIds", shared.LabelIds is not null);
            writer.WriteBoolean("vocabulary", shared.Vectorizer is not null);
            writer.WriteEndObject();
        }, ModelFolder.ConfigurationFile);
    }

    /// <summary>Reads the members into memory, as <see cref="ModelFolder.Load"/> reads a model.</summary>
    /// <exception cref="LightDxmlException">There is no ensemble, one of its files is missing or damaged, or its members disagree.</exception>
    public static IReadOnlyList<Model> Load(string folder) => Read(folder, ModelFolder.Load);

    /// <summary>Opens the members to predict with, as <see cref="ModelFolder.Open"/> opens a model.</summary>
    /// <exception cref="LightDxmlException">There is no ensemble, one of its files is missing or damaged, or its members disagree.</exception>
    public static IReadOnlyList<Model> Open(string folder) => Read(folder, ModelFolder.Open);

    private static List<Model> Read(string folder, Func<string, Model> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var configuration = ReadConfiguration(Path.Combine(folder, ConfigurationFile));
        // One by one: the number is to be believed only as far as there are folders.
        var members = new List<Model>();
        while (members.Count < configuration.Members)
            members.Add(read(Path.Combine(folder, Member(members.Count))));
        members[0] = TextParts.Read(members[0], folder, configuration.LabelNames, configuration.LabelIds, configuration.Vocabulary);
        for (var i = 1; i < members.Count; i++)
            members[i] = TextParts.Share(members[i], members[0]);
        EnsembleMembers.Check(members);
        return members;
    }

    private static string Member(int index) => string.Create(CultureInfo.InvariantCulture, $"member-{index + 1}");

    private static Configuration ReadConfiguration(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || ModelConfiguration.Member(root, "format", path).ToString() != Format)
                throw new LightDxmlException($"{path}: not the configuration of an ensemble.");
            var version = ModelConfiguration.Member(root, "formatVersion", path);
            if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != Version)
                throw new LightDxmlException($"{path}: format version {version.GetRawText()} is not {Version}, which this program reads.");
            var count = ModelConfiguration.Member(root, "members", path);
            if (count.ValueKind != JsonValueKind.Number || !count.TryGetInt32(out var members) || members <= 0)
                throw new LightDxmlException($"{path}: {count.GetRawText()} is not a number of members.");
            return new Configuration(members, Flag("labelNames"), Flag("labelIds"), Flag("vocabulary"));

            bool Flag(string name) => ModelConfiguration.Flag(root, name, path);
        }
        catch (JsonException fault)
        {
            throw new LightDxmlException($"{path}: damaged: {fault.Message.Split(" Path:")[0]}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new LightDxmlException($"{path}: damaged: it holds text that is not UTF-8.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }
    }

    /// <param name="LabelNames">Whether the ensemble's folder has them; likewise those that follow.</param>
    private sealed record Configuration(int Members, bool LabelNames, bool LabelIds, bool Vocabulary);
}
