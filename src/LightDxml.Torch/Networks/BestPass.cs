using LightDxml.Models;
using LightDxml.Training;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>Keeps a network's parameters of the pass with the best nDCG@5 on held-out documents; without such documents those of the last pass.</summary>
internal sealed class BestPass(TextNetwork network, Checkpoint checkpoint) : IDisposable
{
    private readonly Dictionary<string, Tensor> _kept = [];
    private double _best = double.NegativeInfinity;

    /// <summary>The best pass so far, from 1 on; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>Keeps the parameters as they are now if no pass before was as good.</summary>
    /// <param name="ndcg">Null without held-out documents.</param>
    public void Consider(int epoch, double? ndcg)
    {
        if (ndcg is { } score)
        {
            if (!(score > _best))
                return;
            checkpoint.Drop(NameOf(Epoch));
            _best = score;
            Copy();
            Store(epoch, () => _kept);
        }

        Epoch = epoch;
    }

    /// <summary>Puts the network back to the best pass.</summary>
    /// <returns>False without held-out documents: the network stays as it is.</returns>
    public bool Finish()
    {
        if (_kept.Count == 0)
            return false;
        network.load_state_dict(_kept);
        return true;
    }

    /// <summary>Writes which pass is the best; its parameters are a result of their own.</summary>
    public void Save(SafetensorsWriter file)
    {
        file.Add("best.epoch", Epoch);
        file.Add("best.score", _best);
    }

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    public void Restore(SafetensorsFile file)
    {
        (Epoch, _best) = (file.Whole("best.epoch")[0], file.Doubles("best.score")[0]);
        if (double.IsNegativeInfinity(_best))
            return;
        Copy();
        Store(Epoch, () => throw checkpoint.Missing(NameOf(Epoch)));
    }

    public void Dispose()
    {
        foreach (var parameter in _kept.Values)
            parameter.Dispose();
    }

    private void Copy()
    {
        using var off = no_grad();
        foreach (var (name, parameter) in network.state_dict())
        {
            if (_kept.TryGetValue(name, out var copy))
                copy.copy_(parameter);
            else
                _kept.Add(name, parameter.detach().clone());
        }
    }

    private void Store(int epoch, Func<Dictionary<string, Tensor>> kept) => checkpoint.Result(NameOf(epoch), _ => kept(), static (file, tensors) => NetworkTensors.Add(file, "", tensors), file =>
    {
        NetworkTensors.Read(file, "", _kept);
        return _kept;
    });

    private static string NameOf(int epoch) => $"best-{epoch}";
}
