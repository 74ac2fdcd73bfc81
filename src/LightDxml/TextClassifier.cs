using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Text;

namespace LightDxml;

/// <summary>
/// A model that gives texts their labels: trained on texts with labels, saved to a folder, a file or a stream, and used from as
/// many threads as there are. The same documents, options and seed give the same model on one kind of processor, bit for bit.
/// </summary>
public sealed partial class TextClassifier : ITextClassifier, IDisposable
{
    private readonly SharedModel _shared;
    private readonly TextVectorizer _vectorizer;
    private readonly LabelRanker _ranker;
    private readonly string[] _labels;
    private readonly IReadOnlyList<string> _names;

    internal TextClassifier(StoredModel model)
    {
        _vectorizer = model.RequireVectorizer();
        _ranker = model.Ranker;
        _labels = [.. model.WrittenLabels ?? [.. Enumerable.Range(0, _ranker.LabelCount).Select(label => $"{label}")]];
        _names = model.LabelNames ?? _labels;
        Labels = ReadOnlyList.Of<string>(_labels);
        _shared = new SharedModel(model);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The model, and who uses it.</summary>
    internal SharedModel Shared => _shared;

    /// <summary>Opens a model: a folder, or one file.</summary>
    /// <param name="path">The folder or file. It must not be changed in place while it is open; a save replaces it as a whole.</param>
    /// <exception cref="LightDxmlException">There is no model, it is damaged, of a later version, or was not trained on text, or its text encoder cannot be opened.</exception>
    public static TextClassifier Load(string path) => Of(ModelStore.Open(path));

    /// <summary>Opens a model in one file, read from the stream's position to its end.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public static TextClassifier Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Of(ModelStore.Open(stream));
    }

    /// <summary>Saves the model: as one file where the path ends in <c>.ldx</c>, else as a folder. What is there is replaced as a whole if it is a model.</summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="LightDxmlException">Something is there that is not a model, or it cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public void Save(string path) => _shared.Use(model => ModelStore.Save(model.Members, path));

    /// <summary>Writes the model as one file, from the stream's position on.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _shared.Use(model => ModelArchive.Write(model.Members, stream));
    }

    /// <summary>Closes the model; predictions that are under way end first.</summary>
    public void Dispose() => _shared.Dispose();

    private static TextClassifier Of(StoredModel model)
    {
        try
        {
            return new TextClassifier(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
