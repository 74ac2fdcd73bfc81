using LightDxml.Inference;
using Microsoft.Extensions.Logging;

namespace LightDxml.Hosting.Models;

/// <summary>A model under a name. Which version answers may change between calls, and between texts that arrive over time, never within the answer to a text.</summary>
/// <param name="load">Loads what is at the source.</param>
internal sealed partial class ServedModel(ModelSource source, ServiceMetrics metrics, ILogger logger, Func<ModelSource, ModelVersion> load) : ITextClassifier, IDisposable
{
    private readonly Lock _loading = new();
    private ModelVersion? _current;
    private string? _refused;
    private bool _isReadable;

    public ModelSource Source => source;

    public ServiceMetrics Metrics => metrics;

    public string Name => source.Name;

    /// <summary>Times that another version took the place of one.</summary>
    public int Reloads { get; private set; }

    /// <summary>Times that another version could not be loaded.</summary>
    public int Refusals { get; private set; }

    /// <summary>How long ago the version that answers was loaded.</summary>
    public TimeSpan Age => Volatile.Read(ref _current) is { } version ? DateTimeOffset.UtcNow - version.Loaded : TimeSpan.Zero;

    public IReadOnlyList<string> Labels
    {
        get
        {
            using var lease = Rent();
            return lease.Version.Classifier.Labels;
        }
    }

    public bool IsLoaded => Volatile.Read(ref _current) is not null;

    /// <summary>The version that answers now, kept open until the lease is disposed.</summary>
    /// <exception cref="LightDxmlException">The model is not loaded yet, and cannot be.</exception>
    public ModelLease Rent()
    {
        for (; ; )
        {
            var version = Volatile.Read(ref _current) ?? Load();
            try
            {
                return new ModelLease(this, version);
            }
            catch (ObjectDisposedException) when (Volatile.Read(ref _current) != version)
            {
                // Another version took its place between the two lines; it is asked instead.
            }
        }
    }

    /// <exception cref="LightDxmlException">There is no model of text at the path, it is damaged, or it changed meanwhile.</exception>
    public ModelVersion Load()
    {
        lock (_loading)
        {
            if (_current is { } loaded)
                return loaded;
            var version = LoadWhole();
            Volatile.Write(ref _current, version);
            Loaded(logger, Name, version.Model.Ranker.LabelCount);
            SayNote(version);
            return version;
        }
    }

    /// <summary>Loads what is at the path if it is not what answers, and lets it answer. What cannot be loaded is refused, and the old version stays.</summary>
    /// <returns>Whether another version answers now.</returns>
    public bool Refresh()
    {
        lock (_loading)
        {
            var stamp = source.Stamp();
            if (_current is not { } old || stamp == old.Stamp || stamp == _refused && _isReadable)
                return false;
            try
            {
                var version = LoadWhole();
                Volatile.Write(ref _current, version);
                _refused = null;
                Reloads++;
                old.Dispose();
                Reloaded(logger, Name);
                SayNote(version);
                return true;
            }
            catch (Exception fault)
            {
                // The same damaged files are not tried again, nor those for which the memory does not suffice.
                // Those that cannot be read, or not at rest, may be another time, without any change in them.
                var isReadable = fault.GetBaseException() is not (IOException or UnauthorizedAccessException);
                var isNew = stamp != _refused || isReadable != _isReadable;
                (_refused, _isReadable) = (stamp, isReadable);
                if (isNew)
                {
                    Refusals++;
                    Refused(logger, Name, fault.Message);
                }

                return false;
            }
        }
    }

    public IReadOnlyList<LabelScore> Predict(string text, int top = 5, float minProbability = 0)
    {
        using var lease = Rent();
        return lease.Version.Classifier.Predict(text, top, minProbability);
    }

    public int Predict(ReadOnlySpan<byte> utf8Text, Span<LabelScore> labels)
    {
        using var lease = Rent();
        return lease.Version.Classifier.Predict(utf8Text, labels);
    }

    public IEnumerable<IReadOnlyList<LabelScore>> PredictMany(IEnumerable<string> texts, int top = 5, int threads = 0, float minProbability = 0, CancellationToken cancellationToken = default)
    {
        using var lease = Rent();
        foreach (var labels in lease.Version.Classifier.PredictMany(texts, top, threads, minProbability, cancellationToken))
            yield return labels;
    }

    public IAsyncEnumerable<IReadOnlyList<LabelScore>> PredictAsync(IAsyncEnumerable<string> texts, int top = 5, float minProbability = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return ArrivingTexts.PredictAsync(this, texts, top, minProbability, cancellationToken);
    }

    public IReadOnlyList<LabelScore> Assign(string text, string threshold = Decisions.Auto, int top = Decisions.Ranks)
    {
        using var lease = Rent();
        return lease.Version.Classifier.Assign(text, threshold, top);
    }

    public IEnumerable<IReadOnlyList<LabelScore>> AssignMany(
        IEnumerable<string> texts, string threshold = Decisions.Auto, int top = Decisions.Ranks, int threads = 0, CancellationToken cancellationToken = default)
    {
        using var lease = Rent();
        foreach (var labels in lease.Version.Classifier.AssignMany(texts, threshold, top, threads, cancellationToken))
            yield return labels;
    }

    public void Dispose() => _current?.Dispose();

    /// <summary>Loads what is at the path, if it is the same to the end: otherwise the version may have parts of two models.</summary>
    private ModelVersion LoadWhole()
    {
        var version = load(source);
        if (source.Stamp() == version.Stamp)
            return version;
        version.Dispose();
        throw new LightDxmlException($"{source.Path} changed while it was loaded.", new IOException("Its files are not those that were there before."));
    }

    private void SayNote(ModelVersion version)
    {
        if (version.Model.Ranker.Note is { } note)
            Noted(logger, Name, note);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Name} is loaded; it has {Labels} labels.")]
    private static partial void Loaded(ILogger logger, string name, int labels);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Name} has changed; the new one answers.")]
    private static partial void Reloaded(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Of model {Name}: {Note}")]
    private static partial void Noted(ILogger logger, string name, string note);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Name} has changed and cannot be loaded; the old one goes on answering. {Reason}")]
    private static partial void Refused(ILogger logger, string name, string reason);
}
