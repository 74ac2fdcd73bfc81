using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Text.Tokens;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>A method that can be compared.</summary>
internal interface IComparedMethod
{
    string Name { get; }

    /// <summary>Whether it reads the words of documents in their order, not features.</summary>
    bool ReadsWords => false;

    /// <summary>The pretrained encoder whose tokens it takes for words; null where it takes those of the training set.</summary>
    string? Encoder => null;

    /// <summary>A type of what computes the bits of its model.</summary>
    Type ComputedBy => typeof(Trainer);

    /// <param name="checkpoint">Where a long training keeps how far it is, and what it goes on from.</param>
    TrainedMethod Train(ComparedSets sets, int seed, int threads, ITrainingObserver observer, Checkpoint checkpoint, CancellationToken stop);
}

/// <summary>What a method trains on and is tested with.</summary>
/// <param name="Words">The words of the two sets' documents; null where no method asked for them.</param>
internal sealed record ComparedSets(Dataset Train, SparseMatrix TestFeatures, (TokenSequences Train, TokenSequences Test)? Words);

/// <summary>A method after its training.</summary>
internal abstract class TrainedMethod : IDisposable
{
    /// <summary>Writes the model's folder; afterwards the model predicts as it was written.</summary>
    public abstract void Save(string folder, int threads);

    /// <summary>Ranks the labels of the test documents.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract RankedLabels Predict(int top, int threads, CancellationToken stop);

    public abstract void Dispose();
}

/// <summary>A model over features, which <see cref="ModelStore"/> reads.</summary>
/// <param name="save">Writes the model's folder.</param>
internal sealed class TrainedOnFeatures(Action<string> save, SparseMatrix test) : TrainedMethod
{
    private StoredModel? _model;

    public override void Save(string folder, int threads)
    {
        save(folder);
        _model = ModelStore.Open(folder, threads: threads);
    }

    public override RankedLabels Predict(int top, int threads, CancellationToken stop) =>
        (_model ?? throw new InvalidOperationException("The model was not saved.")).Ranker.Predict(test, top, threads, stop);

    public override void Dispose() => _model?.Dispose();
}
