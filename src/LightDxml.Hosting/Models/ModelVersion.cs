using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Text;

namespace LightDxml.Hosting.Models;

/// <summary>A model as it was loaded once. It is closed when its owner has disposed it and the last request that uses it ends.</summary>
internal sealed class ModelVersion : IDisposable
{
    /// <summary>Terms of the text that a model is warmed with.</summary>
    private const int WarmTerms = 50;

    private readonly Lazy<Dictionary<string, string>> _labelIds;

    private ModelVersion(StoredModel model, LabelPaths? paths, string stamp)
    {
        Paths = paths;
        Model = model;
        Classifier = new TextClassifier(model);
        Batches = new SharedBatches(this);
        Stamp = stamp;
        _labelIds = new(IdsOfLabels);
    }

    public StoredModel Model { get; }

    /// <summary>The model for callers of the library. It is not to be disposed; this is.</summary>
    public TextClassifier Classifier { get; }

    /// <summary>Predicts texts of different requests together.</summary>
    public SharedBatches Batches { get; }

    /// <summary>What a labels file says, or null.</summary>
    public LabelPaths? Paths { get; }

    /// <summary>Ids of labels by what these are called: their ids, and names that one label alone has, of the model or of the labels file.</summary>
    public IReadOnlyDictionary<string, string> LabelIds => _labelIds.Value;

    /// <summary>What was at the path.</summary>
    public string Stamp { get; }

    public DateTimeOffset Loaded { get; } = DateTimeOffset.UtcNow;

    /// <summary>Loads and warms what is at the path.</summary>
    /// <exception cref="LightDxmlException">There is no model of text, it is damaged, or the labels file is of other labels.</exception>
    public static ModelVersion Load(ModelSource source)
    {
        var stamp = source.Stamp();
        var catalog = source.LabelNames is { } names ? LabelCatalog.Read(names) : null;
        var model = ModelStore.Open(source.Path, source.Tail);
        try
        {
            if (catalog is not null && Enumerable.Range(0, model.Ranker.LabelCount).All(label => catalog.Find(model.IdOf(label)) is null))
                throw new LightDxmlException($"{source.LabelNames}: none of its {catalog.Count} labels is a label of {model.Name}. A labels file for it has the ids that 'info --labels' shows.");
            var version = new ModelVersion(model, (catalog ?? model.Hierarchy) is { } known ? new LabelPaths(known) : null, stamp);
            version.Warm();
            return version;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the model open until <see cref="Exit"/>.</summary>
    /// <exception cref="ObjectDisposedException">Another version took its place.</exception>
    public void Enter() => Classifier.Shared.Enter();

    /// <summary>As <see cref="Enter"/>, for one who is in already.</summary>
    public void EnterAgain() => Classifier.Shared.EnterAgain();

    public void Exit() => Classifier.Shared.Exit();

    public void Dispose() => Classifier.Dispose();

    /// <summary>The labels of texts, in the caller's thread. To be called between <see cref="Enter"/> and <see cref="Exit"/>.</summary>
    public PredictedText[] Predict(IReadOnlyList<string> texts, Asked asked, CancellationToken cancellation)
    {
        var predictor = new TextPredictor(Model, threads: 1) { Decisions = asked.Decisions };
        var documents = texts.Select(text => new TextDocument("", "", text, []));
        return texts.Count == 1 ? [.. documents.Select(document => predictor.Predict(document, asked.Top))] : [.. predictor.PredictMany(documents, asked.Top, cancellation)];
    }

    /// <summary>The words that speak for each label of a text.</summary>
    public IReadOnlyList<IReadOnlyList<TermWeight>> Explain(PredictedText predicted, int terms, CancellationToken cancellation) =>
        new TextPredictor(Model, threads: 1).Explain(predicted.Document, predicted.Labels, terms, cancellation);

    private Dictionary<string, string> IdsOfLabels()
    {
        var ids = Model.LabelRows().ToDictionary(label => label.Key, label => Model.IdOf(label.Value), StringComparer.Ordinal);
        foreach (var (name, id) in Paths?.IdsByName() ?? [])
            ids.TryAdd(name, id);
        return ids;
    }

    private void Warm()
    {
        var vectorizer = Model.RequireVectorizer();
        var text = string.Join(' ', Enumerable.Range(0, Math.Min(WarmTerms, vectorizer.TermCount)).Select(vectorizer.TermOf));
        Explain(Predict([text], new Asked(5, null, null), CancellationToken.None)[0], 5, CancellationToken.None);
    }
}
