using LightDxml.Baselines;
using LightDxml.Cli.Commands;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Prediction;

namespace LightDxml.Cli;

/// <summary>What a model folder holds, LightDXML's own or a comparator's: the commands predict points with either alike.</summary>
internal sealed class TrainedModel : IDisposable
{
    private readonly string _folder;
    private readonly Model? _own;
    private readonly BaselineModel? _comparator;

    // Of an own model a predictor for each number of threads that was asked for.
    private readonly Dictionary<int, Predictor> _predictors = [];

    private TrainedModel(string folder, Model? own, BaselineModel? comparator) => (_folder, _own, _comparator) = (folder, own, comparator);

    public int FeatureCount => _own?.FeatureCount ?? _comparator!.FeatureCount;

    public int LabelCount => _own?.LabelCount ?? _comparator!.LabelCount;

    /// <summary>LightDXML's own model, which alone can know text and the names of labels; null for a comparator.</summary>
    public Model? Own => _own;

    /// <param name="tail">Head-to-tail dial of own models, or null for the model's own setting.</param>
    /// <exception cref="LightDxmlException">There is no model, it is damaged, or it is a comparator and has no dial.</exception>
    public static TrainedModel Load(string folder, double? tail = null)
    {
        if (!BaselineFolder.IsAt(folder))
            return new TrainedModel(folder, TailOption.Turn(ModelFolder.Open(folder), tail), null);
        return tail is null
            ? new TrainedModel(folder, null, BaselineFolder.Load(folder).Model)
            : throw new LightDxmlException($"{folder} holds a comparator, which has no --tail dial.");
    }

    /// <summary>The best labels of every point.</summary>
    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    public RankedLabels Predict(SparseMatrix features, int top, int threads)
    {
        if (_comparator is not null)
            return _comparator.Predict(features, top, threads);
        if (!_predictors.TryGetValue(threads, out var predictor))
            _predictors.Add(threads, predictor = new Predictor(_own!, threads));
        return predictor.Predict(features, top);
    }

    /// <summary>The model for raw text.</summary>
    /// <exception cref="LightDxmlException">It is a comparator, which knows features only.</exception>
    public Model ForText() =>
        _own ?? throw new LightDxmlException($"{_folder} holds a comparator, which predicts points of features, not raw text; 'data convert' makes features of text.");

    public void Dispose()
    {
        foreach (var predictor in _predictors.Values)
            predictor.Dispose();
    }
}
