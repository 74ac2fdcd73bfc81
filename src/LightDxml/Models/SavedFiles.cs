using System.IO.Hashing;
using System.Text.Json;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>
/// The member <c>files</c> of a model's <c>config.json</c>: checksums of the files that were saved with it. Who reads them gets the files of
/// one save or an error, also while another model takes their place.
/// </summary>
internal static class SavedFiles
{
    public const string Member = "files";

    /// <summary>Checksums of the files of a folder and of the configurations of the models within, by their names.</summary>
    /// <param name="folder">Has no <c>config.json</c> yet. The times of <c>training.json</c> are no part of the model; it has a checksum of its own.</param>
    public static SortedDictionary<string, string> Of(string folder)
    {
        var files = new FolderFiles(folder);
        var checksums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in files.Names.Where(name => name != ModelFolder.TrainingFile))
            checksums.Add(name, ChecksumOf(files, name));
        foreach (var member in Directory.EnumerateDirectories(folder).Select(path => $"{Path.GetFileName(path)}/{ModelFolder.ConfigurationFile}"))
            checksums.Add(member, ChecksumOf(files, member));
        return checksums;
    }

    public static void Write(string folder, Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Member);
        foreach (var (name, checksum) in Of(folder))
            writer.WriteString(name, checksum);
        writer.WriteEndObject();
    }

    /// <summary>What <see cref="Write"/> wrote, or null where an earlier version saved the model.</summary>
    /// <exception cref="LightDxmlException">It is no object of texts.</exception>
    public static IReadOnlyDictionary<string, string>? Read(JsonFile json)
    {
        if (!json.Root.TryGetProperty(Member, out var files))
            return null;
        return files.ValueKind == JsonValueKind.Object && files.EnumerateObject().All(file => file.Value.ValueKind == JsonValueKind.String)
            ? files.EnumerateObject().GroupBy(file => file.Name).ToDictionary(file => file.Key, file => file.Last().Value.GetString()!)
            : throw new LightDxmlException($"{json.Path}: {Member} is not an object of checksums.");
    }

    /// <summary>The checksum of a file; of tensors that of their checksums, so that it is known without reading them.</summary>
    /// <exception cref="LightDxmlException">The file cannot be read.</exception>
    public static string ChecksumOf(ModelFiles files, string name)
    {
        if (IsTensors(name))
        {
            using var tensors = files.OpenTensors(name);
            return tensors.ChecksumOfChecksums ?? "";
        }

        using var stream = files.OpenRead(name);
        var (hash, buffer) = (new XxHash128(), new byte[1 << 16]);
        while (stream.Read(buffer) is > 0 and var read)
            Append(buffer.AsSpan(0, read), hash);
        return Checksum.Text(hash);
    }

    /// <summary>Adds bytes of a text file to its checksum, without carriage returns: a copy between systems may add one to every line.</summary>
    public static void Append(ReadOnlySpan<byte> bytes, XxHash128 hash)
    {
        for (var end = bytes.IndexOf((byte)'\r'); end >= 0; end = bytes.IndexOf((byte)'\r'))
        {
            hash.Append(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }

        hash.Append(bytes);
    }

    public static bool IsTensors(string name) => name.EndsWith(".safetensors", StringComparison.Ordinal);

    public static LightDxmlException Fault(string name) => new(
        $"{name}: not the file that was saved with this model: it is damaged, was edited, or the model was saved anew while it was read. 'lightdxml verify' looks at every file.");
}

/// <summary>Files of a model that are compared, when they are read, with the checksums of its configuration.</summary>
internal sealed class CheckedFiles(ModelFiles files, IReadOnlyDictionary<string, string> checksums, string prefix = "") : ModelFiles
{
    public override string Name => files.Name;

    public override IEnumerable<string> Names => files.Names;

    public override string NameOf(string file) => files.NameOf(file);

    public override bool Has(string file) => files.Has(file);

    public override Stream OpenRead(string file) => checksums.TryGetValue(prefix + file, out var checksum)
        ? new CheckedReadStream(files.OpenRead(file), checksum, NameOf(file))
        : files.OpenRead(file);

    public override SafetensorsFile OpenTensors(string file)
    {
        var tensors = files.OpenTensors(file);
        if (!checksums.TryGetValue(prefix + file, out var checksum) || checksum == (tensors.ChecksumOfChecksums ?? ""))
            return tensors;
        tensors.Dispose();
        throw SavedFiles.Fault(NameOf(file));
    }

    public override ModelFiles Folder(string name) => new CheckedFiles(files.Folder(name), checksums, $"{prefix}{name}/");
}
