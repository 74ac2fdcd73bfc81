using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LightDxml.Hosting.Models;

/// <summary>Healthy when every model is loaded.</summary>
internal sealed class ModelHealth(ServedModels models) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(models.All.FirstOrDefault(model => !model.IsLoaded) is { } missing
            ? HealthCheckResult.Unhealthy($"Model {missing.Name} is not loaded.")
            : HealthCheckResult.Healthy());
}
