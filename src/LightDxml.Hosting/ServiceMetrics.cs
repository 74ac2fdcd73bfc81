using System.Diagnostics;
using System.Diagnostics.Metrics;
using LightDxml.Hosting.Models;

namespace LightDxml.Hosting;

/// <summary>What the service measures of itself, for whoever listens: a meter and an activity source named <c>LightDxml.Hosting</c>.</summary>
internal sealed class ServiceMetrics
{
    public const string Name = "LightDxml.Hosting";

    private readonly Meter _meter;
    private readonly Histogram<double> _seconds;
    private readonly Counter<long> _documents;

    public ServiceMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _seconds = _meter.CreateHistogram<double>(
            "lightdxml.request.duration", "s", "Duration of a request of a model, with the wait for its turn.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30] });
        _documents = _meter.CreateCounter<long>("lightdxml.request.documents", "{document}", "Documents that requests had predicted.");
    }

    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Counts a request that is answered.</summary>
    public void Answered(string operation, string model, int status, TimeSpan duration) =>
        _seconds.Record(duration.TotalSeconds, new("operation", operation), new("model", model), new("status", status));

    public void Predicted(string model, int documents) => _documents.Add(documents, new KeyValuePair<string, object?>("model", model));

    /// <summary>Tells of models: how old what answers is, and how often another took its place or was refused.</summary>
    public void Observe(IReadOnlyList<ServedModel> models)
    {
        _meter.CreateObservableGauge("lightdxml.model.age", () => OfLoaded(model => model.Age.TotalSeconds), "s", "Seconds since the model that answers was loaded.");
        _meter.CreateObservableCounter("lightdxml.model.reloads", () => OfLoaded(model => model.Reloads), "{reload}", "Times that a changed model took the place of the old one.");
        _meter.CreateObservableCounter("lightdxml.model.refusals", () => OfLoaded(model => model.Refusals), "{refusal}", "Times that a changed model could not be loaded.");

        IEnumerable<Measurement<T>> OfLoaded<T>(Func<ServedModel, T> value)
            where T : struct =>
            models.Where(model => model.IsLoaded).Select(model => new Measurement<T>(value(model), new KeyValuePair<string, object?>("model", model.Name)));
    }

    /// <summary>Tells of the requests that are worked on, and of those that wait for their turn.</summary>
    public void Observe(Func<long> active, Func<long> waiting)
    {
        _meter.CreateObservableUpDownCounter("lightdxml.requests.active", active, "{request}", "Requests that are worked on.");
        _meter.CreateObservableUpDownCounter("lightdxml.requests.waiting", waiting, "{request}", "Requests that wait for their turn.");
    }
}
