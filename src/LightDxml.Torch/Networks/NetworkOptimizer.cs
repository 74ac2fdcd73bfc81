using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Training;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// Adam with weight decay beside its step (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019), a rate a parameter, and
/// a course of all rates over training. Of vectors, which are biases and the scales of norms, nothing decays. Vectors of words have steps of their own (<see cref="WordSteps"/>), except those of a pretrained transformer;
/// the length of gradients and the decay leave them out.
/// </summary>
internal sealed class NetworkOptimizer : IDisposable
{
    private const string Prefix = "adam.";

    private readonly TextNetwork _network;
    private readonly (string Name, TorchSharp.Modules.Parameter Parameter, AdamTensor Adam, double Rate)[] _parameters;
    private readonly (WordSteps Steps, double Rate)[] _words;
    private readonly NetworkOptions _options;
    private readonly int _steps;
    private int _step;

    /// <param name="steps">Steps of the whole training.</param>
    public NetworkOptimizer(TextNetwork network, NetworkOptions options, int steps)
    {
        (_network, _options, _steps) = (network, options, steps);
        var words = network.named_modules().Where(entry => entry.module is WordVectors).ToArray();
        _words = [.. words.Select(entry => (new WordSteps((WordVectors)entry.module), network.RateOf(entry.name, options)))];
        _parameters = [.. network.named_parameters().Where(entry => !words.Any(word => entry.name.StartsWith($"{word.name}.", StringComparison.Ordinal)))
            .Select(entry => (entry.name, entry.parameter, new AdamTensor(entry.parameter.detach()), network.RateOf(entry.name, options)))];
    }

    /// <summary>What rates are multiplied with in a step, from 1 on: a rise over the first steps, then a fall if there is one.</summary>
    public static double Share(int step, int steps, NetworkOptions options)
    {
        var rise = options.WarmUp * steps;
        return step < rise ? step / rise : options.LinearDecay ? Math.Max(0, (steps - step + 1) / (steps - rise + 1)) : 1;
    }

    /// <summary>What rates were multiplied with in the last step.</summary>
    public double LastShare => Share(_step, _steps, _options);

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        _network.zero_grad();
        foreach (var (words, _) in _words)
            words.Forget();
    }

    /// <summary>Takes the step along the gradients that are there now.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        _step++;
        var share = Share(_step, _steps, _options);
        var moved = _parameters.Select(entry => (entry.Parameter, entry.Adam, Rate: entry.Rate * share, Gradient: entry.Parameter.grad)).Where(entry => entry.Gradient is not null).ToArray();
        if (_options.GradientNorm > 0)
            Shorten([.. moved.Select(entry => entry.Gradient!)], _options.GradientNorm);
        foreach (var (parameter, adam, rate, gradient) in moved)
        {
            if (_options.WeightDecay > 0 && parameter.dim() > 1)
                adam.Parameters.Scale(1 - rate * _options.WeightDecay);
            adam.Step(gradient!, AdamStep.At(_step, rate));
        }

        foreach (var (words, rate) in _words)
            words.Step(rate * share);
    }

    /// <summary>Puts all parameters where the last step has them: vectors of words that were not read for a while are behind until then.</summary>
    public void CatchUp()
    {
        foreach (var (words, _) in _words)
            words.CatchUp();
    }

    /// <summary>Writes how far it is, once all has caught up: steps, and of each parameter Adam's two means.</summary>
    public void Save(SafetensorsWriter file)
    {
        file.Add("steps", (long[])[_step]);
        NetworkTensors.Add(file, Prefix, Means());
    }

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    public void Restore(SafetensorsFile file)
    {
        _step = (int)file.Longs("steps")[0];
        NetworkTensors.Read(file, Prefix, Means());
        foreach (var (words, _) in _words)
            words.Restore(_step);
    }

    public void Dispose()
    {
        foreach (var (_, _, adam, _) in _parameters)
            adam.Dispose();
        foreach (var (words, _) in _words)
            words.Dispose();
    }

    private IEnumerable<KeyValuePair<string, Tensor>> Means() =>
        _parameters.SelectMany(entry => entry.Adam.Means.Select(mean => new KeyValuePair<string, Tensor>($"{entry.Name}.{mean.Name}", mean.Tensor)))
            .Concat(_words.SelectMany(words => words.Steps.Means.Select(mean => new KeyValuePair<string, Tensor>($"words.{mean.Name}", mean.Tensor))));

    /// <summary>Scales gradients so that all of them together are not longer than <paramref name="length"/>.</summary>
    private static void Shorten(Tensor[] gradients, double length)
    {
        var norm = stack([.. gradients.Select(gradient => gradient.norm())]).norm().item<float>();
        if (norm > length)
        {
            foreach (var gradient in gradients)
                gradient.Scale(length / norm);
        }
    }
}
