using LightDxml.Hosting.Http;
using LightDxml.Hosting.Models;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LightDxml.Hosting;

/// <summary>The web API of an application's models.</summary>
public static class LightDxmlEndpoints
{
    /// <summary>Adds the API under <c>/v1</c>, Annif's beside it, <c>/openapi/v1.json</c> and <c>/health</c>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is null.</exception>
    /// <exception cref="LightDxmlException"><see cref="LightDxmlServices.AddLightDxml"/> was not called.</exception>
    public static IEndpointRouteBuilder MapLightDxml(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<ServedModels>() is null)
            throw new LightDxmlException("MapLightDxml has no models to answer with; call AddLightDxml of the services before the application is built.");
        ModelApi.Map(endpoints);
        AnnifApi.Map(endpoints);
        ServiceApi.Map(endpoints);
        return endpoints;
    }

    /// <summary>Adds the page at <c>/</c> on which people try the models, and at <c>/reference</c> the API to read and to try. Both ask the API that <see cref="MapLightDxml"/> adds.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is null.</exception>
    public static IEndpointRouteBuilder MapLightDxmlPage(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Page.Map(endpoints);
        ApiReference.Map(endpoints);
        return endpoints;
    }
}
