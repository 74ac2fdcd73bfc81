using System.Globalization;

namespace LightDxml.Models;

/// <summary>
/// Models of one data set that predict together: a folder with <c>member-1</c>, <c>member-2</c>, …, each with the files of a
/// model, and a <c>config.json</c> that says how many they are. Names and ids of labels and the vocabulary of raw text, which the
/// members share, stand once, beside it.
/// </summary>
internal static class EnsembleFolder
{
    public const string Format = "lightdxml-ensemble";

    /// <summary>Until version 2 an ensemble's configuration had a name of its own.</summary>
    public const string FormerConfigurationFile = "ensemble.json";

    private const string MemberPrefix = "member-";
    private const int Version = 3;
    private const int FormerVersion = 2;

    /// <summary>Writes the members in place of the model that may be there; a killed process leaves the one or the other.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is not a model; or the members disagree in their features, labels or vocabularies.</exception>
    public static void Save(IReadOnlyList<Model> members, string folder)
    {
        ArgumentNullException.ThrowIfNull(members);
        EnsembleMembers.Check(members);
        ModelFolder.Save(folder, temporary => Write(members, temporary));
    }

    internal static void Write(IReadOnlyList<Model> members, string folder)
    {
        var shared = members[0];
        for (var i = 0; i < members.Count; i++)
        {
            var member = Path.Combine(folder, NameOf(i));
            Directory.CreateDirectory(member);
            ModelFolder.Write(TextParts.Without(members[i]), member);
        }

        TextParts.Write(shared, folder);
        ModelFolder.WriteConfiguration(folder, writer =>
        {
            writer.WriteString("format", Format);
            writer.WriteNumber("formatVersion", Version);
            writer.WriteNumber("members", members.Count);
            ModelConfiguration.WriteParts(TextPartsPresent.Of(shared), writer);
        });
    }

    /// <param name="mapped">As in <see cref="ModelFolder.Read"/>.</param>
    /// <exception cref="LightDxmlException">One of the files is missing or damaged, or the members disagree.</exception>
    internal static IReadOnlyList<Model> Read(ModelFiles files, bool mapped)
    {
        var former = files.Has(FormerConfigurationFile);
        using var json = JsonFile.Read(files, former ? FormerConfigurationFile : ModelFolder.ConfigurationFile);
        if (!json.HasFormat(Format))
            throw new LightDxmlException($"{json.Path}: not the configuration of an ensemble.");
        var version = json.Whole("formatVersion");
        if (version != (former ? FormerVersion : Version))
            throw new LightDxmlException($"{json.Path}: this program reads format version {FormerVersion} and {Version}, but found {version}.");
        var count = json.Whole("members");
        // The folders are looked at before anything is allocated by a number of the file.
        if (count < 1 || !HasMember(count))
            throw new LightDxmlException($"{json.Path}: there are no {count} members beside it.");
        if (SavedFiles.Read(json) is { } saved)
            files = new CheckedFiles(files, saved);
        var members = new List<Model>();
        try
        {
            for (var i = 0; i < count; i++)
                members.Add(ModelFolder.Read(files.Folder(NameOf(i)), mapped));
            members[0] = TextParts.Read(members[0], files, former ? FormerParts(json, members[0]) : ModelConfiguration.ReadParts(json));
            for (var i = 1; i < members.Count; i++)
                members[i] = TextParts.Share(members[i], members[0]);
            EnsembleMembers.Check(members);
            return members;
        }
        catch
        {
            foreach (var member in members)
                member.Dispose();
            throw;
        }

        bool HasMember(int number) => files.Folder(NameOf(number - 1)).Has(ModelFolder.ConfigurationFile);
    }

    private static TextPartsPresent FormerParts(JsonFile json, Model member) => new(
        json.Flag("labelNames"), json.Flag("labelIds"),
        json.Flag("vocabulary") ? member.Training?.Options.Text ?? throw new LightDxmlException($"{json.Path}: the members do not say how their text was read.") : null,
        Reading: null);

    internal static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{MemberPrefix}{index + 1}");

    /// <summary>Whether a folder has the name of a member.</summary>
    internal static bool IsMember(string folder) =>
        folder.StartsWith(MemberPrefix, StringComparison.Ordinal) && int.TryParse(folder.AsSpan(MemberPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
