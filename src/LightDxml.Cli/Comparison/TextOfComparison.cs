using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Text;

namespace LightDxml.Cli.Comparison;

/// <summary>
/// Makes features of raw text once for all methods of a comparison, with a vectoriser that is fitted on the training set, and keeps
/// them as caches in the comparison's folder.
/// </summary>
internal static class TextOfComparison
{
    private const string FolderName = "data";

    /// <summary>Reads the sets of raw text.</summary>
    /// <param name="text">Settings of the vectoriser.</param>
    public static Func<DataSource, InputSet> Reader(CommandContext context, InputReader input, TextReadOptions read, TextVectorizerOptions text)
    {
        TextVectorizer? vectorizer = null;
        return source =>
        {
            if (vectorizer is not null)
                return input.Read(source, () => vectorizer);
            var fitted = TextReading.Fit(context, source.Path, read, text, catalog: null, addAncestors: false);
            vectorizer = fitted.Vectorizer;
            return new InputSet(fitted.Dataset.Name, fitted.Dataset.Features, fitted.Dataset.Labels, fitted.Labels.Ids);
        };
    }

    /// <summary>The caches of a comparison's sets, where they are there.</summary>
    public static (DataSource Train, DataSource? Test)? Find(string folder, bool hasTest)
    {
        var (train, test) = Paths(folder);
        return File.Exists(train) && (!hasTest || File.Exists(test)) ? (new DataSource(train, null), hasTest ? new DataSource(test, null) : null) : null;
    }

    public static (DataSource Train, DataSource? Test) Write(string folder, ComparisonData data, bool hasTest, InputSet? whole)
    {
        var (train, test) = Paths(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(train)!);
        if (hasTest)
            DatasetCache.Write(new Dataset("test", data.TestFeatures, data.Truth.WithColumnCount(data.Labels.Count)) { LabelNames = data.Labels.Ids }, test);
        DatasetCache.Write(whole is null ? data.Train : whole.ToDataset(whole.Labels), train);
        return (new DataSource(train, null), hasTest ? new DataSource(test, null) : null);
    }

    private static (string Train, string Test) Paths(string folder) =>
        (Path.Combine(folder, FolderName, "train.cache"), Path.Combine(folder, FolderName, "test.cache"));
}
