using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Encoders.Transformers;
using LightDxml.Text;
using LightDxml.Text.Tokens;
using LightDxml.Text.Vectors;
using LightDxml.Torch.Networks;

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
    /// <param name="encoder">The text encoder that they name, or null.</param>
    /// <param name="catalog">The labels file, or null.</param>
    public static Func<DataSource, InputSet> Reader(
        CommandContext context, InputReader input, TextReadOptions read, TextVectorizerOptions text, ITextEncoder? encoder, LabelCatalog? catalog, bool addAncestors)
    {
        TextVectorizer? vectorizer = null;
        return source =>
        {
            if (vectorizer is not null)
                return input.Read(source, () => vectorizer);
            input = input.Alike(source);
            var fitted = TextReading.Fit(context, source.Path, read, text, catalog, addAncestors, encoder: encoder);
            vectorizer = fitted.Vectorizer;
            return new InputSet(fitted.Dataset.Name, fitted.Dataset.Features, fitted.Dataset.Labels, fitted.Labels.Ids);
        };
    }

    /// <summary>Takes caches and words away, which another version of the tool may have made otherwise.</summary>
    public static void Clear(string folder)
    {
        var data = Path.Combine(folder, FolderName);
        if (!Directory.Exists(data))
            return;
        foreach (var file in Directory.EnumerateFiles(data))
        {
            // Others may keep files here, too.
            if (Path.GetExtension(file) is ".cache" or ".words" && Path.GetFileName(file).Split('.')[0] is "train" or "test")
                File.Delete(file);
        }
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

    /// <summary>Writes the words of the sets' documents, with a vocabulary of the training set, where they are not there yet.</summary>
    /// <param name="text">How text is cut into words.</param>
    public static void WriteWords(CommandContext context, string folder, string train, string? test, TextReadOptions read, TextVectorizerOptions text) =>
        WriteTokens(folder, null, train, test, () =>
        {
            var vocabulary = TokenVocabulary.Fit(train, read, text);
            context.Messages.WriteLine($"{train}: {vocabulary.TokenCount - TokenSequences.FirstWord:N0} words for methods that read words in their order");
            return path => vocabulary.Read(path, read);
        });

    /// <summary>Writes the tokens that a pretrained encoder makes of the sets' documents, where they are not there yet.</summary>
    /// <exception cref="LightDxmlException">There is no such encoder.</exception>
    public static void WriteTokens(string folder, string encoder, string train, string? test, TextReadOptions read) =>
        WriteTokens(folder, encoder, train, test, () =>
        {
            var pretrained = PretrainedTransformers.Open(encoder);
            return path => DocumentTokens.Read(path, read, pretrained.Tokenizer, pretrained.MaxTokens);
        });

    /// <summary>The words of a comparison's documents beside the caches of their features, or null where there are none.</summary>
    /// <param name="encoder">The encoder whose tokens are asked for; null for the training set's words.</param>
    public static (TokenSequences Train, TokenSequences? Test)? Words(string trainCache, string? testCache, string? encoder) =>
        File.Exists(WordsOf(trainCache, encoder)) ? (TokenFile.Read(WordsOf(trainCache, encoder)), testCache is null ? null : TokenFile.Read(WordsOf(testCache, encoder))) : null;

    /// <param name="open">Gives what reads a file.</param>
    private static void WriteTokens(string folder, string? encoder, string train, string? test, Func<Func<string, TokenSequences>> open)
    {
        var (trainCache, testCache) = Paths(folder);
        var (trainWords, testWords) = (WordsOf(trainCache, encoder), WordsOf(testCache, encoder));
        if (File.Exists(trainWords) && (test is null || File.Exists(testWords)))
            return;
        var tokens = open();
        if (test is not null)
            TokenFile.Write(tokens(test), testWords);
        TokenFile.Write(tokens(train), trainWords);
    }

    private static string WordsOf(string cache, string? encoder) => Path.ChangeExtension(cache, encoder is null ? ".words" : $".{MethodNames.FolderOf(encoder)}{DataFileStamp.OfEncoder(encoder)}.words");

    private static (string Train, string Test) Paths(string folder) =>
        (Path.Combine(folder, FolderName, "train.cache"), Path.Combine(folder, FolderName, "test.cache"));
}
