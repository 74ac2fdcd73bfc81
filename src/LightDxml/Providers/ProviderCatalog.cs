namespace LightDxml.Providers;

/// <summary>
/// The providers that a program has registered. A provider is created when it is first asked for, and only then is its
/// assembly loaded: a program that registers providers and uses none pays for nothing.
/// </summary>
internal static class ProviderCatalog
{
    private static readonly Lock Gate = new();
    private static readonly SortedDictionary<string, Lazy<IProvider>> Providers = new(StringComparer.Ordinal);

    /// <summary>The names registered, sorted.</summary>
    public static IReadOnlyList<string> Names
    {
        get
        {
            lock (Gate)
                return [.. Providers.Keys];
        }
    }

    /// <summary>Registers a provider, in place of one of the same name.</summary>
    /// <param name="create">Called once, when the provider is first asked for; a lambda, so that nothing is loaded before.</param>
    public static void Register(string name, Func<IProvider> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        lock (Gate)
            Providers[name] = new Lazy<IProvider>(create);
    }

    /// <summary>The provider that a setting needs.</summary>
    /// <param name="setting">As messages call it: <c>engine.name=torch</c>.</param>
    /// <param name="registration">The method that registers the provider, with its namespace, which is the name of its package.</param>
    /// <exception cref="ProviderMissingException">The program has not registered it, or it is not in the build.</exception>
    public static IProvider Get(string name, string setting, string registration)
    {
        if (!Names.Contains(name))
        {
            var package = registration[..registration.LastIndexOf('.', registration.LastIndexOf('.') - 1)];
            throw new ProviderMissingException($"{setting}: this program lacks what offers it; add the package {package} and call {registration}().");
        }

        var provider = Get(name);
        return provider.WhyMissing is { } reason ? throw new ProviderMissingException($"{setting}: {reason}.") : provider;
    }

    /// <summary>The provider of this name.</summary>
    /// <exception cref="ProviderMissingException">No such provider is registered.</exception>
    public static IProvider Get(string name)
    {
        lock (Gate)
        {
            return Providers.TryGetValue(name, out var provider)
                ? provider.Value
                : throw new ProviderMissingException($"No provider '{name}' is registered; this program has {(Providers.Count > 0 ? string.Join(", ", Providers.Keys) : "none")}.");
        }
    }
}
