using LightDxml.Text.Reading;

namespace LightDxml.Cli.Input;

/// <summary>A data set as a user names it: one file, or two joined by a comma, of features and of labels.</summary>
internal sealed record DataSource(string Path, string? LabelsPath)
{
    /// <summary>What help texts say of it.</summary>
    public const string Forms = "raw text (.jsonl, .csv, .tsv, .json, .parquet, fastText, …) or features (XML repository, svmlight, ARFF, a cache); or features and labels in two files, joined by a comma: X.txt,Y.txt (also .npz). Several files of raw text are read as one, and a folder may hold a file for each document, its labels beside it in .key or .tsv";

    public string Name => LabelsPath is null ? Path : $"{Path},{LabelsPath}";

    /// <summary>A comma may belong to a file's name: it parts two files only where there is no file of the whole name.</summary>
    public static DataSource Of(string name)
    {
        if (File.Exists(name))
            return new DataSource(name, null);
        for (var comma = name.IndexOf(','); comma >= 0; comma = name.IndexOf(',', comma + 1))
        {
            var (first, second) = (name[..comma].Trim(), name[(comma + 1)..].Trim());
            if (File.Exists(first) && File.Exists(second))
                return new DataSource(first, second);
            if (first.Length > 0 && second.Length > 0 && File.Exists(first) && !second.Contains(','))
                throw new LightDxmlException($"{second}: the file does not exist.");
        }

        return new DataSource(name, null);
    }

    /// <summary>The same for a process that may run elsewhere.</summary>
    public string FullName => string.Join(LabelsPath is null ? TextFiles.Separator : ',', Paths.Select(System.IO.Path.GetFullPath));

    /// <summary>The files, of raw text perhaps several, or folders.</summary>
    public IReadOnlyList<string> Paths => LabelsPath is null ? TextFiles.Of(Path) : [Path, LabelsPath];
}
