using LightDxml.Hosting.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LightDxml.Hosting;

/// <summary>Takes the models of an application.</summary>
public sealed class LightDxmlBuilder
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    internal LightDxmlBuilder(IServiceCollection services) => Services = services;

    /// <summary>Where the models are registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a model. It is an <see cref="ITextClassifier"/> under its name as the key; the first model is one without a key, too.</summary>
    /// <param name="name">What addresses call it: letters, digits, dot, hyphen, underscore.</param>
    /// <param name="path">A folder or an .ldx file.</param>
    /// <param name="watchForChanges">Whether a new model at the path takes the place of the old one.</param>
    /// <param name="tail">Tail weight, 0..1; null takes the model's own.</param>
    /// <param name="labelNames">A labels file: names of labels in place of the model's, and the labels above each. Null takes the model's names.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="LightDxmlException">The name has other characters, or is taken.</exception>
    public LightDxmlBuilder AddModel(string name, string path, bool watchForChanges = false, double? tail = null, string? labelNames = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelSource.CheckName(name);
        if (!_names.Add(name))
            throw new LightDxmlException($"Two models are called '{name}'; each needs a name of its own.");
        Services.AddSingleton(new ModelSource(name, path, watchForChanges, tail, labelNames));
        Services.AddKeyedSingleton<ITextClassifier>(name, (provider, _) => provider.GetRequiredService<ServedModels>().Get(name)!);
        Services.TryAddSingleton<ITextClassifier>(provider => provider.GetRequiredService<ServedModels>().Get(name)!);
        return this;
    }
}
