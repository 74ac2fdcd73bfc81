using LightDxml.Cli.Input;
using LightDxml.Models;
using LightDxml.Storage;

namespace LightDxml.Cli.Output;

/// <summary>What a file that a command writes may take the place of.</summary>
internal static class OutputFile
{
    /// <summary>Throws, before anything is read, where a file cannot be written, or would take the place of what is read, of a model, or of a file of one.</summary>
    /// <param name="output">Null where nothing is to be written.</param>
    /// <exception cref="LightDxmlException">It cannot, or would.</exception>
    public static void Check(string? output, FilesRead read)
    {
        if (output is null)
            return;
        FileKinds.CheckOrdinary(output, "cannot be written");
        read.Keep(output);
        if (ModelStore.IsModelAt(output) || ModelStore.IsPartOfModel(output))
            throw new LightDxmlException($"{output} is {(ModelStore.IsModelAt(output) ? "a model" : "a file of a model")}; write elsewhere.");
        AtomicFile.CheckTarget(output);
    }

    /// <summary>Throws, before anything is done, where a file of folders that are made where they are missing could not be written, or would take the place of what is read.</summary>
    /// <exception cref="LightDxmlException">One could not, or would.</exception>
    public static void CheckInFolders(IEnumerable<string> outputs, FilesRead read)
    {
        var folders = new HashSet<string>();
        foreach (var output in outputs)
        {
            read.Keep(output);
            if (folders.Add(Path.GetDirectoryName(output)!))
                AtomicFolder.CheckWritable(output);
            AtomicFile.Target(output);
        }
    }
}
