using Microsoft.Extensions.Logging;

namespace LightDxml.Hosting.Models;

/// <summary>The models of a service, by their names.</summary>
internal sealed class ServedModels : IDisposable
{
    private readonly Dictionary<string, ServedModel> _models;

    public ServedModels(IEnumerable<ModelSource> sources, ServingOptions options, ServiceMetrics metrics, ILogger<ServedModels> logger)
    {
        Options = options;
        All = [.. sources.Select(source => new ServedModel(source, metrics, logger, ModelVersion.Load))];
        _models = All.ToDictionary(model => model.Name, StringComparer.Ordinal);
        metrics.Observe(All);
    }

    public ServingOptions Options { get; }

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<ServedModel> All { get; }

    public ServedModel? Get(string name) => _models.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var model in All)
            model.Dispose();
    }
}
