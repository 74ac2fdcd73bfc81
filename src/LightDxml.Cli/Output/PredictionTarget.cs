using LightDxml.Cli.Input;
using LightDxml.Models;
using LightDxml.Storage;

namespace LightDxml.Cli.Output;

/// <summary>What predictions may be written over.</summary>
internal static class PredictionTarget
{
    /// <summary>Throws, before anything is predicted, where predictions cannot be written, or would take the place of a model or of what is read.</summary>
    /// <param name="folder">Whether the output is a folder.</param>
    public static void Check(string output, FilesRead read, bool folder)
    {
        if (!folder)
        {
            OutputFile.Check(output, read);
            return;
        }

        FileKinds.CheckOrdinary(output, "cannot be written");
        read.Keep(output);
        if (File.Exists(output))
            throw new LightDxmlException($"{output} is a file; a folder of documents needs a folder for their labels.");
        if (ModelStore.IsModelAt(output))
            throw new LightDxmlException($"{output} is a model; write elsewhere.");
        AtomicFolder.CheckWritable(output);
    }
}
