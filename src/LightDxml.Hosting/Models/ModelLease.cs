using LightDxml.Inference;

namespace LightDxml.Hosting.Models;

/// <summary>The use of a model by one request: while it is held the model stays open, whatever takes its place.</summary>
internal sealed class ModelLease : IDisposable
{
    private readonly ServedModel _model;

    public ModelLease(ServedModel model, ModelVersion version)
    {
        version.Enter();
        (_model, Version) = (model, version);
    }

    public ModelVersion Version { get; }

    /// <summary>The labels of texts, in the caller's thread.</summary>
    public PredictedText[] Predict(IReadOnlyList<string> texts, int top, Decisions? decisions, CancellationToken cancellation)
    {
        var predicted = Version.Predict(texts, top, decisions, cancellation);
        _model.Metrics.Predicted(_model.Name, texts.Count);
        return predicted;
    }

    public void Dispose() => Version.Exit();
}
