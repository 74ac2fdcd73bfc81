using LightDxml.Baselines;
using LightDxml.Cli.Commands;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Prediction;

namespace LightDxml.Cli;

/// <summary>What a model folder holds, LightDXML's own, an ensemble of them or a comparator: the commands predict points with each alike.</summary>
internal sealed class TrainedModel : IDisposable
{
    private readonly string _folder;
    private readonly IReadOnlyList<Model> _members;
    private readonly BaselineModel? _comparator;

    // Of own models a predictor for each number of threads that was asked for.
    private readonly Dictionary<int, EnsemblePredictor> _predictors = [];

    private TrainedModel(string folder, IReadOnlyList<Model> members, BaselineModel? comparator) =>
        (_folder, _members, _comparator) = (folder, members, comparator);

    public int FeatureCount => _comparator?.FeatureCount ?? _members[0].FeatureCount;

    public int LabelCount => _comparator?.LabelCount ?? _members[0].LabelCount;

    /// <param name="tail">Head-to-tail dial of own models, or null for the model's own setting.</param>
    /// <exception cref="LightDxmlException">There is no model, it is damaged, or it is a comparator and has no dial.</exception>
    public static TrainedModel Load(string folder, double? tail = null)
    {
        if (EnsembleFolder.IsAt(folder))
            return new TrainedModel(folder, [.. EnsembleFolder.Open(folder).Select(member => TailOption.Turn(member, tail))], null);
        if (!BaselineFolder.IsAt(folder))
            return new TrainedModel(folder, [TailOption.Turn(ModelFolder.Open(folder), tail)], null);
        return tail is null
            ? new TrainedModel(folder, [], BaselineFolder.Load(folder).Model)
            : throw new LightDxmlException($"{folder} holds a comparator, which has no --tail dial.");
    }

    /// <summary>The best labels of every point.</summary>
    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    public RankedLabels Predict(SparseMatrix features, int top, int threads)
    {
        if (_comparator is not null)
            return _comparator.Predict(features, top, threads);
        if (!_predictors.TryGetValue(threads, out var predictor))
            _predictors.Add(threads, predictor = new EnsemblePredictor(_members, threads));
        return predictor.Predict(features, top);
    }

    /// <summary>The models for raw text: one, or the members of an ensemble, which share its vocabulary and labels.</summary>
    /// <exception cref="LightDxmlException">It is a comparator, which predicts points of features only.</exception>
    public IReadOnlyList<Model> ForText() => _comparator is null
        ? _members
        : throw new LightDxmlException($"{_folder} holds a comparator, which predicts points of features, not raw text; 'data convert' makes features of text.");

    public void Dispose()
    {
        foreach (var predictor in _predictors.Values)
            predictor.Dispose();
        foreach (var member in _members)
            member.Dispose();
    }
}
