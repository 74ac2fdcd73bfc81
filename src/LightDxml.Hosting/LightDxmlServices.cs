using LightDxml.Hosting.Feedback;
using LightDxml.Hosting.Http;
using LightDxml.Hosting.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LightDxml.Hosting;

/// <summary>Registers models in an application.</summary>
public static class LightDxmlServices
{
    /// <summary>Adds what serves models; <see cref="LightDxmlBuilder.AddModel"/> adds each of them.</summary>
    /// <param name="options">Limits of the service; null takes the defaults.</param>
    /// <returns>What takes the models: an application has one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="LightDxmlException">An option is out of its range, or it was called before for these services.</exception>
    public static LightDxmlBuilder AddLightDxml(this IServiceCollection services, ServingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(ServedModels)))
            throw new LightDxmlException("AddLightDxml was called before; add every model to what the first call gave.");
        services.AddSingleton((options ?? new ServingOptions()).Validate());
        if (options?.FeedbackPath is { } feedback)
            services.TryAddSingleton(_ => new FeedbackStore(feedback, options.MaxFeedbackBytes));
        services.AddMetrics();
        services.TryAddSingleton<ServiceMetrics>();
        services.TryAddSingleton<ServedModels>();
        services.TryAddSingleton<RequestGate>();
        services.AddHostedService<ModelWatch>();
        services.AddHealthChecks().AddCheck<ModelHealth>("models");
        return new LightDxmlBuilder(services);
    }
}
