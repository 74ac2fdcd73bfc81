using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Baselines;

/// <summary>A method by the name under which it is compared, with its settings.</summary>
internal abstract class BaselineMethod
{
    private protected BaselineMethod(string name, string description) => (Name, Description) = (name, description);

    /// <summary>Trains a model with the settings given.</summary>
    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    internal delegate BaselineModel Trainer<TOptions>(Dataset train, TOptions options, int seed, int threads, ITrainingObserver? observer, CancellationToken stop);

    /// <summary>As on the command line: <c>xr-linear</c>.</summary>
    public string Name { get; }

    /// <summary>One line: what it is, after whom.</summary>
    public string Description { get; }

    /// <summary>The settings with their values.</summary>
    public abstract IReadOnlyList<MethodSetting> Settings { get; }

    /// <summary>The method with one assignment <c>name=value</c> applied.</summary>
    /// <exception cref="OptionsException">There is no such setting, or the value is not of its type; ranges are checked when the method trains.</exception>
    public abstract BaselineMethod With(string assignment);

    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    /// <exception cref="LightDxmlException">No point has a label, or a setting is out of its range.</exception>
    public abstract BaselineModel Train(Dataset train, int seed, int threads, ITrainingObserver? observer, CancellationToken stop);

    internal static BaselineMethod Of<TOptions>(string name, string description, TOptions options, SettingTable<TOptions> settings, Trainer<TOptions> train)
        where TOptions : class, new() => new Configured<TOptions>(name, description, options, settings, train);

    private sealed class Configured<TOptions>(
        string name, string description, TOptions options, SettingTable<TOptions> settings, Trainer<TOptions> train) : BaselineMethod(name, description)
        where TOptions : class, new()
    {
        public override IReadOnlyList<MethodSetting> Settings => MethodSetting.AllOf(settings, options);

        public override BaselineMethod With(string assignment) =>
            new Configured<TOptions>(Name, Description, settings.Apply(Name, options, assignment), settings, train);

        public override BaselineModel Train(Dataset dataset, int seed, int threads, ITrainingObserver? observer, CancellationToken stop) =>
            train(dataset, options, seed, threads, observer, stop);
    }
}

/// <summary>One setting of a method.</summary>
/// <param name="Name">As it is written: <c>maxLeafLabels</c>.</param>
/// <param name="Value">As it is written.</param>
/// <param name="AllowedValues">The names of an enumeration's values; empty for every other type.</param>
internal sealed record MethodSetting(string Name, string Value, string Meaning, IReadOnlyList<string> AllowedValues)
{
    /// <summary>Every setting of a table, with its value in the options.</summary>
    public static IReadOnlyList<MethodSetting> AllOf<TOptions>(SettingTable<TOptions> settings, TOptions options)
        where TOptions : class, new() =>
        [.. settings.All.Select(setting => new MethodSetting(setting.Name, setting.GetText(options), setting.Meaning, setting.AllowedValues))];
}
