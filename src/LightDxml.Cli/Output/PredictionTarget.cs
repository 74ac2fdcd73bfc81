using LightDxml.Models;
using LightDxml.Storage;

namespace LightDxml.Cli.Output;

/// <summary>What predictions may be written over.</summary>
internal static class PredictionTarget
{
    /// <summary>Throws, before anything is predicted, where predictions cannot be written, or would take the place of a model or of the documents.</summary>
    /// <param name="input">The documents, where they are a file or a folder.</param>
    /// <param name="folder">Whether the output is a folder.</param>
    public static void Check(string output, string? input, bool folder)
    {
        FileKinds.CheckOrdinary(output, "cannot be written");
        if (input is not null && Full(input) == Full(output))
            throw new LightDxmlException($"{output} is what is to be predicted; write the predictions elsewhere.");
        if (input is not null && Directory.Exists(input) && Full(output).StartsWith(Full(input) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new LightDxmlException($"{output} is in the folder that is to be predicted, where every file is a document; write the predictions elsewhere.");
        if (folder)
        {
            if (File.Exists(output))
                throw new LightDxmlException($"{output} is a file; a folder of documents needs a folder for their labels.");
            if (ModelStore.IsModelAt(output))
                throw new LightDxmlException($"{output} is a model; write the predictions elsewhere.");
            AtomicFolder.CheckWritable(output);
            return;
        }

        if (ModelStore.IsModelAt(output) || ModelStore.IsPartOfModel(output))
            throw new LightDxmlException($"{output} is {(ModelStore.IsModelAt(output) ? "a model" : "a file of a model")}; write the predictions elsewhere.");
        AtomicFile.CheckTarget(output);
    }

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
