using LightDxml.Models;
using LightDxml.Training;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// A mean of a network's parameters on the way of training, which predicts better than those of the last step (Polyak and Juditsky, "Acceleration of stochastic
/// approximation by averaging", 1992; Izmailov et al., "Averaging weights leads to wider optima and better generalization", UAI 2018). It counts them some times in a
/// pass. Of the first times it is the mean; later ones count e times as much as those that lie <paramref name="reach"/> times before them.
/// </summary>
/// <param name="reach">Times that the mean reaches back.</param>
internal sealed class ParameterAverage(TextNetwork network, double reach) : IDisposable
{
    private const string Prefix = "average.";

    private readonly (string Name, Tensor Parameter, Tensor Mean)[] _means =
        [.. network.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter, entry.parameter.detach().clone()))];

    private long _times;

    /// <summary>Counts the parameters as they are now.</summary>
    public void Add()
    {
        _times++;
        var share = Math.Min(1, Math.Max(1.0 / _times, 1 / reach));
        using var off = no_grad();
        foreach (var (_, parameter, mean) in _means)
            mean.Add(parameter.sub(mean), share);
    }

    /// <summary>Puts the mean into the network, and what the network had into the mean's place; again: back.</summary>
    public void Exchange()
    {
        using var off = no_grad();
        foreach (var (_, parameter, mean) in _means)
        {
            using var kept = parameter.detach().clone();
            parameter.copy_(mean);
            mean.copy_(kept);
        }
    }

    /// <summary>Writes the mean.</summary>
    public void Save(SafetensorsWriter file)
    {
        file.Add("average.times", (long[])[_times]);
        NetworkTensors.Add(file, Prefix, Means());
    }

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    public void Restore(SafetensorsFile file)
    {
        _times = file.Longs("average.times")[0];
        NetworkTensors.Read(file, Prefix, Means());
    }

    public void Dispose()
    {
        foreach (var (_, _, mean) in _means)
            mean.Dispose();
    }

    private IEnumerable<KeyValuePair<string, Tensor>> Means() => _means.Select(entry => new KeyValuePair<string, Tensor>(entry.Name, entry.Mean));
}
