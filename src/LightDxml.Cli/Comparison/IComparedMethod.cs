using LightDxml.Baselines;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>A method that can be compared: it trains a model folder, which <see cref="ModelStore"/> reads.</summary>
internal interface IComparedMethod
{
    string Name { get; }

    /// <summary>Trains, and returns what writes the model folder.</summary>
    Action<string> Train(Dataset train, int seed, int threads, ITrainingObserver observer, CancellationToken stop);
}

/// <summary>The methods of <c>compare</c>. A method with other settings is written <c>name+setting=value+setting=value</c> (<see cref="MethodNames"/>).</summary>
internal static class ComparedMethods
{
    private const string Own = "lightdxml";

    public static IReadOnlyList<string> Names { get; } = [Own, .. BaselineMethods.All.Select(method => method.Name)];

    /// <exception cref="OptionsException">There is no method of that name, or it has no such setting.</exception>
    public static IComparedMethod Get(string method)
    {
        var parts = method.Split('+', StringSplitOptions.TrimEntries);
        var name = string.Join('+', parts);
        MethodNames.SeedOf(name);
        MethodNames.SubsampleOf(name);
        string[] settings = [.. MethodNames.OwnSettings(name)];
        if (!Names.Contains(parts[0]))
            throw new OptionsException($"There is no method '{parts[0]}'; the methods are {string.Join(", ", Names)}.");
        return parts[0] == Own
            ? new LightDxmlMethod(name, settings.Aggregate(Presets.Get(Presets.Default), Settings.Apply).Validate())
            : new Comparator(name, settings.Aggregate(BaselineMethods.Get(parts[0]), (changed, assignment) => changed.With(assignment)));
    }

    /// <summary>The project's own method.</summary>
    private sealed class LightDxmlMethod(string name, TrainingOptions options) : IComparedMethod
    {
        public string Name => name;

        public Action<string> Train(Dataset train, int seed, int threads, ITrainingObserver observer, CancellationToken stop)
        {
            var model = Trainer.Train(train, null, options with { Seed = seed }, threads, observer, stop);
            stop.ThrowIfCancellationRequested();
            return folder => ModelStore.Save([model], folder);
        }
    }

    private sealed class Comparator(string name, BaselineMethod method) : IComparedMethod
    {
        public string Name => name;

        public Action<string> Train(Dataset train, int seed, int threads, ITrainingObserver observer, CancellationToken stop)
        {
            var model = method.Train(train, seed, threads, observer, stop);
            var statistics = new BaselineStatistics(train.PointCount, train.FeatureCount, train.LabelCount, seed);
            return folder => BaselineFolder.Save(model, statistics, folder);
        }
    }
}
