using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Keeps the parameters of the epoch with the highest nDCG@5 on the validation points; without validation points, those of
/// the last epoch. The label embeddings of the result are trained anew for the parameters that were kept.
/// </summary>
internal sealed class BestEpoch(Dataset? validation, int trainDocuments, int[] trainFrequencies, TrainingOptions options, ITrainingEngine engine, KernelSet kernels, Workers workers)
{
    private KeptNetwork? _network;
    private ValidationScore? _best;

    /// <summary>The best epoch so far, counted from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Validates the engine's parameters and keeps them if they are the best.</summary>
    /// <param name="shortlists">Those of the latest refresh, or null before the first.</param>
    /// <returns>P@1 in 0..1, or null without validation points.</returns>
    public double? Consider(int epoch, Shortlists? shortlists, Checkpoint checkpoint)
    {
        if (validation is null)
        {
            Epoch = epoch;
            return null;
        }

        // Validation scores all labels or a shortlist as prediction will, but with the classifier alone (β = 1).
        var network = engine.Current;
        var inference = TrainingPlan.Inference(options, trainDocuments, network.LabelCount) with { Beta = 1, Tail = 0 };
        var model = new Model(network, shortlists?.Embeddings ?? new DenseMatrix(network.LabelCount, network.Dimensions), inference)
        {
            Centroids = shortlists?.Centroids,
            LabelFrequencies = trainFrequencies,
        };
        var score = ValidationScore.Of(model, validation, null, null, kernels, workers);
        if (_best is null || score.Ndcg5 >= _best.Ndcg5)
        {
            if (_best is not null)
                checkpoint.Drop(NameOf(Epoch));
            _best = score;
            Epoch = epoch;

            // The copy of the best epoch so far goes before there is another.
            _network = null;
            _network = Stored(checkpoint, () => KeptNetwork.Of(engine, workers));
        }

        return score.P1;
    }

    /// <summary>Writes which epoch is the best; its network is a result of its own.</summary>
    public void Save(SafetensorsWriter file)
    {
        file.Add("best.epoch", Epoch);
        file.Add("best.score", _best is null ? [] : [_best.P1, _best.Ndcg5, _best.PropensityNdcg5]);
    }

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    public void Restore(SafetensorsFile file, Checkpoint checkpoint)
    {
        Epoch = file.Whole("best.epoch")[0];
        if (file.Doubles("best.score") is not [var p1, var ndcg, var propensityNdcg])
            return;
        _best = new ValidationScore(p1, ndcg, propensityNdcg);
        _network = Stored(checkpoint, () => throw checkpoint.Missing(NameOf(Epoch)));
    }

    private KeptNetwork Stored(Checkpoint checkpoint, Func<KeptNetwork> network) => checkpoint.Divided(
        NameOf(Epoch), _ => network(), static (file, result) => result.Write(file), files => KeptNetwork.Read(files, engine.Current, workers));

    private static string NameOf(int epoch) => $"best-{epoch}";

    /// <param name="embed">Trains label embeddings for encodings of the training points.</param>
    public TrainingCycle.Result Finish(Func<DenseMatrix, DenseMatrix> embed, SparseMatrix trainFeatures)
    {
        var network = _network?.Whole(engine) ?? engine.Export();
        var encodings = new DenseMatrix(trainFeatures.RowCount, network.Dimensions);
        new DocumentEncoder(network, kernels).Encode(trainFeatures, encodings, workers);
        return new TrainingCycle.Result(network, embed(encodings), Epoch + 1, _best?.P1);
    }
}
