using LightDxml.Storage;
using LightDxml.Text;
using LightDxml.Text.Synthetic;

namespace LightDxml.Cli.Commands;

/// <summary>The files of the demo's documents. They are the same each time, which tells a folder that an earlier demo filled from any other.</summary>
internal static class DemoData
{
    private const string Train = "train.jsonl", Test = "test.jsonl";

    public static SyntheticOptions Options { get; } = new();

    /// <exception cref="LightDxmlException">The folder is a file, or holds files of others; nothing is written then.</exception>
    /// <returns>The paths of the training and of the test documents.</returns>
    public static (string Train, string Test) Write(string folder)
    {
        using var made = new ScratchFolder();
        var (train, test) = SyntheticText.Generate(Options);
        TextFile.Write(train, made[Train]);
        TextFile.Write(test, made[Test]);
        CheckFolder(folder, made);
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { Train, Test })
            AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(File.ReadAllBytes(made[name])));
        return (Path.Combine(folder, Train), Path.Combine(folder, Test));
    }

    private static void CheckFolder(string folder, ScratchFolder made)
    {
        if (File.Exists(folder))
            throw new LightDxmlException($"{folder} is a file, not a folder.");
        var train = Path.Combine(folder, Train);
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any(entry => !AtomicFile.IsTemporary(entry, train)))
            return;
        if (!IsAlike(train, made[Train]) || File.Exists(Path.Combine(folder, Test)) && !IsAlike(Path.Combine(folder, Test), made[Test]))
            throw new LightDxmlException($"{folder} exists, and what is in it is of no demo of this version; it is left as it is. Name another folder.");
    }

    private static bool IsAlike(string file, string made) =>
        File.Exists(file) && new FileInfo(file).Length == new FileInfo(made).Length && File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(made));
}
