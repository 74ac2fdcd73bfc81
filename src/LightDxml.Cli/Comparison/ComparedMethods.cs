using System.Runtime.CompilerServices;
using LightDxml.Baselines;
using LightDxml.Configuration;
using LightDxml.Models;
using LightDxml.Torch.Networks;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>The methods of <c>compare</c>. A method with other settings is written <c>name+setting=value+setting=value</c> (<see cref="MethodNames"/>).</summary>
internal static class ComparedMethods
{
    private const string Own = "lightdxml";

    /// <summary>The networks by name: their assembly is loaded only where one of them is asked for.</summary>
    public static IReadOnlyList<string> Networks { get; } = ["cnn-kim", "bow-cnn", "xml-cnn", "attention-xml", "haxmlnet", "bert", "bertmesh", "x-bert", "xr-transformer"];

    public static IReadOnlyList<string> Names { get; } = [Own, .. BaselineMethods.All.Select(method => method.Name), .. Networks];

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
        if (parts[0] == Own)
            return new LightDxmlMethod(name, settings.Aggregate(Presets.Get(Presets.Default), Settings.Apply).Validate());
        return Networks.Contains(parts[0])
            ? Network(name, parts[0], settings)
            : new Comparator(name, settings.Aggregate(BaselineMethods.Get(parts[0]), (changed, assignment) => changed.With(assignment)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static NetworkMethod Network(string name, string family, string[] settings) =>
        new(name, settings.Aggregate(TextNetworks.Get(family), (changed, assignment) => changed.With(assignment)));

    /// <summary>The project's own method.</summary>
    private sealed class LightDxmlMethod(string name, TrainingOptions options) : IComparedMethod
    {
        public string Name => name;

        public TrainedMethod Train(ComparedSets sets, int seed, int threads, ITrainingObserver observer, Checkpoint checkpoint, CancellationToken stop)
        {
            var model = Trainer.Train(sets.Train, null, options with { Seed = seed }, threads, observer, names: null, checkpoint, stop);
            return new TrainedOnFeatures(folder => ModelStore.Save([model], folder), sets.TestFeatures);
        }
    }

    private sealed class Comparator(string name, BaselineMethod method) : IComparedMethod
    {
        public string Name => name;

        public TrainedMethod Train(ComparedSets sets, int seed, int threads, ITrainingObserver observer, Checkpoint checkpoint, CancellationToken stop)
        {
            var (train, model) = (sets.Train, method.Train(sets.Train, seed, threads, observer, stop));
            var statistics = new BaselineStatistics(train.PointCount, train.FeatureCount, train.LabelCount, seed);
            return new TrainedOnFeatures(folder => BaselineFolder.Save(model, statistics, folder), sets.TestFeatures);
        }
    }
}
