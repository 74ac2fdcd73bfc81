using System.Globalization;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Text;

namespace LightDxml.Models;

/// <summary>A model that was opened to predict with: what ranks labels, and the words around it.</summary>
internal sealed class StoredModel : IDisposable
{
    private readonly string? _otherFormat;

    private StoredModel(IReadOnlyList<Model> members, LabelRanker ranker, string name, string? otherFormat) =>
        (Members, Ranker, Name, _otherFormat) = (members, ranker, name, otherFormat);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    public LabelRanker Ranker { get; }

    /// <summary>The models of LightDXML's own; none where the model is of another format.</summary>
    public IReadOnlyList<Model> Members { get; }

    public IReadOnlyList<string>? LabelNames => Members is [var first, ..] ? first.LabelNames : null;

    /// <inheritdoc cref="Model.WrittenLabels"/>
    public IReadOnlyList<string>? WrittenLabels => Members is [var first, ..] ? first.WrittenLabels : null;

    /// <inheritdoc cref="Model.FeatureNames"/>
    public IReadOnlyList<string>? FeatureNames => Members is [var first, ..] ? first.FeatureNames : null;

    /// <summary>The labels above others, where the labels file of training told.</summary>
    public LabelCatalog? Hierarchy => Members is [var first, ..] ? first.Hierarchy : null;

    /// <summary>Thresholds for decisions, where every member holds some.</summary>
    public DecisionThresholds? Thresholds => Members.Count > 0 && Members.All(member => member.Thresholds is not null)
        ? DecisionThresholds.Mean([.. Members.Select(member => member.Thresholds!)])
        : null;

    public TextVectorizer? Vectorizer => Members is [var first, ..] ? first.Vectorizer : null;

    /// <summary>How the text of its training file was read, or null where the model does not say so.</summary>
    public TextReadOptions? Reading => Members is [var first, ..] ? first.Reading : null;

    /// <param name="members">One, or those of an ensemble. They are disposed with the result.</param>
    /// <param name="threads">Threads to build label indexes with and to predict with; 0 takes every processor.</param>
    public static StoredModel Of(IReadOnlyList<Model> members, string name = "the model", int threads = 0) =>
        new(members, members.Count == 1 ? new Predictor(members[0], threads) : new EnsemblePredictor(members, threads), name, null);

    /// <param name="description">What messages call a model of this format: <c>a baseline</c>.</param>
    public static StoredModel Of(LabelRanker ranker, string name, string description) => new([], ranker, name, description);

    /// <exception cref="LightDxmlException">The model was trained on features.</exception>
    public TextVectorizer RequireVectorizer() => Vectorizer ?? throw new LightDxmlException(_otherFormat is null
        ? $"{Name} was trained on features, not on raw text: it has no vocabulary to turn text into features."
        : $"{Name} holds {_otherFormat}, which predicts rows of features, not raw text; 'data convert' makes features of text.");

    /// <summary>A label as training documents wrote it; its row where it has no name.</summary>
    public string IdOf(int label) => WrittenLabels?[label] ?? label.ToString(CultureInfo.InvariantCulture);

    /// <summary>Labels by what they are called: their ids, and names that are no ids.</summary>
    public Dictionary<string, int> LabelRows()
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var label = 0; label < Ranker.LabelCount; label++)
            rows.TryAdd(IdOf(label), label);
        if (LabelNames is null)
            return rows;
        foreach (var name in LabelNames.Select((name, label) => (name, label)).GroupBy(pair => pair.name, pair => pair.label, StringComparer.Ordinal))
        {
            if (name.Take(2).ToArray() is [var label])
                rows.TryAdd(name.Key, label);
        }

        return rows;
    }

    /// <summary>The labels that are ranked for one of the documents.</summary>
    /// <param name="top">Labels at most.</param>
    public IReadOnlyList<ScoredLabel> Named(RankedLabels predictions, int document, int top)
    {
        var rows = predictions.Labels(document);
        var scores = predictions.Scores(document);
        var labels = new List<ScoredLabel>();
        for (var place = 0; place < Math.Min(top, rows.Length) && rows[place] >= 0; place++)
            labels.Add(new ScoredLabel(rows[place], IdOf(rows[place]), LabelNames?[rows[place]] ?? IdOf(rows[place]), scores[place]));
        return labels;
    }

    public void Dispose()
    {
        Ranker.Dispose();
        foreach (var member in Members)
            member.Dispose();
    }
}
