using LightDxml.Baselines.LabelTrees;
using LightDxml.Configuration;

namespace LightDxml.Baselines;

/// <summary>Every comparator, by name.</summary>
public static class BaselineMethods
{
    public static IReadOnlyList<BaselineMethod> All { get; } =
    [
        Trees("xr-linear", "wide balanced label tree, after PECOS XR-Linear", LabelTreePresets.XrLinear),
        Trees("parabel", "three balanced binary label trees, after Parabel", LabelTreePresets.Parabel),
        Trees("bonsai", "three shallow unbalanced label trees, after Bonsai", LabelTreePresets.Bonsai),
        Trees("plt", "probabilistic label tree, after napkinXC", LabelTreePresets.Plt),
    ];

    /// <exception cref="OptionsException">There is no method of that name.</exception>
    public static BaselineMethod Get(string name) =>
        All.FirstOrDefault(method => method.Name == name)
        ?? throw new OptionsException($"There is no method '{name}'; the methods are {string.Join(", ", All.Select(method => method.Name))}.");

    private static BaselineMethod Trees(string name, string description, LabelTreeOptions options) =>
        new(name, description, (train, seed, threads, observer, stop) => LabelTreeTrainer.Train(train, options, seed, threads, observer, stop));
}
