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

    /// <summary>The labels of texts, in the caller's thread; one text alone is predicted together with those of other requests where some wait.</summary>
    public async Task<PredictedText[]> PredictAsync(IReadOnlyList<string> texts, Asked asked, CancellationToken cancellation)
    {
        var predicted = texts is [var text]
            ? [await Version.Batches.PredictAsync(text, asked, cancellation).ConfigureAwait(false)]
            : Version.Predict(texts, asked, cancellation);
        _model.Metrics.Predicted(_model.Name, texts.Count);
        return predicted;
    }

    public void Dispose() => Version.Exit();
}
