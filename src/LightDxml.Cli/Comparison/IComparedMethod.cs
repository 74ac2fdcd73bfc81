using LightDxml.Baselines;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Prediction;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>A method that can be compared: it trains a model folder, and predicts with it.</summary>
internal interface IComparedMethod
{
    string Name { get; }

    /// <summary>Trains, and returns what writes the model folder.</summary>
    Action<string> Train(Dataset train, int seed, int threads, ITrainingObserver observer, CancellationToken stop);

    /// <summary>Loads the model folder, and returns what predicts with it: features, labels a point, threads.</summary>
    Func<SparseMatrix, int, int, RankedLabels> Load(string folder);
}

/// <summary>The methods of <c>compare</c>.</summary>
internal static class ComparedMethods
{
    public static IReadOnlyList<IComparedMethod> All { get; } = [new LightDxmlMethod(), .. BaselineMethods.All.Select(method => new Comparator(method))];

    /// <exception cref="OptionsException">There is no method of that name.</exception>
    public static IComparedMethod Get(string name) =>
        All.FirstOrDefault(method => method.Name == name)
        ?? throw new OptionsException($"There is no method '{name}'; the methods are {string.Join(", ", All.Select(method => method.Name))}.");

    /// <summary>The project's own method with its default settings.</summary>
    private sealed class LightDxmlMethod : IComparedMethod
    {
        public string Name => "lightdxml";

        public Action<string> Train(Dataset train, int seed, int threads, ITrainingObserver observer, CancellationToken stop)
        {
            var model = Trainer.Train(train, null, Presets.Get(Presets.Default) with { Seed = seed }, threads, observer, stop);
            stop.ThrowIfCancellationRequested();
            return folder => ModelFolder.Save(model, folder);
        }

        public Func<SparseMatrix, int, int, RankedLabels> Load(string folder)
        {
            var model = ModelFolder.Load(folder);
            var predictors = new Dictionary<int, Predictor>();
            return (features, top, threads) =>
            {
                if (!predictors.TryGetValue(threads, out var predictor))
                    predictors.Add(threads, predictor = new Predictor(model, threads));
                return predictor.Predict(features, top);
            };
        }
    }

    private sealed class Comparator(BaselineMethod method) : IComparedMethod
    {
        public string Name => method.Name;

        public Action<string> Train(Dataset train, int seed, int threads, ITrainingObserver observer, CancellationToken stop)
        {
            var model = method.Train(train, seed, threads, observer, stop);
            var statistics = new BaselineStatistics(train.PointCount, train.FeatureCount, train.LabelCount, seed);
            return folder => BaselineFolder.Save(model, statistics, folder);
        }

        public Func<SparseMatrix, int, int, RankedLabels> Load(string folder)
        {
            var model = BaselineFolder.Load(folder).Model;
            return (features, top, threads) => model.Predict(features, top, threads);
        }
    }
}
