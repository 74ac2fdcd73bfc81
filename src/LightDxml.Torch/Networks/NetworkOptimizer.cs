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

    private readonly TorchSharp.Modules.Parameter[] _parameters;
    private readonly TorchSharp.Modules.AdamW _adam;
    private readonly (WordSteps Steps, double Rate)[] _words;
    private readonly NetworkOptions _options;
    private readonly double[] _rates;
    private readonly int _steps;
    private int _step;

    /// <param name="steps">Steps of the whole training.</param>
    public NetworkOptimizer(TextNetwork network, NetworkOptions options, int steps)
    {
        (_options, _steps) = (options, steps);
        var words = network.named_modules().Where(entry => entry.module is WordVectors).ToArray();
        _words = [.. words.Select(entry => (new WordSteps((WordVectors)entry.module), network.RateOf(entry.name, options)))];
        var groups = network.named_parameters().Where(entry => !words.Any(word => entry.name.StartsWith($"{word.name}.", StringComparison.Ordinal)))
            .GroupBy(entry => (Rate: network.RateOf(entry.name, options), Decays: entry.parameter.dim() > 1))
            .Select(group => (group.Key, Parameters: group.Select(entry => entry.parameter).ToArray())).ToArray();
        _parameters = [.. groups.SelectMany(group => group.Parameters)];
        _rates = [.. groups.Select(group => group.Key.Rate)];
        _adam = optim.AdamW(groups.Select(group => new TorchSharp.Modules.AdamW.ParamGroup(group.Parameters, group.Key.Rate, weight_decay: group.Key.Decays ? options.WeightDecay : 0)));
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
        _adam.zero_grad();
        foreach (var (words, _) in _words)
            words.Forget();
    }

    /// <summary>Takes the step along the gradients that are there now.</summary>
    public void Step()
    {
        _step++;
        if (_options.GradientNorm > 0)
            nn.utils.clip_grad_norm_(_parameters, _options.GradientNorm);
        var share = Share(_step, _steps, _options);
        foreach (var (group, rate) in _adam.ParamGroups.Zip(_rates))
            group.LearningRate = rate * share;
        _adam.step();
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
        file.Add("steps", (long[])[_step, .. States.Select(state => state.step)]);
        NetworkTensors.Add(file, Prefix, Means());
        foreach (var (words, _) in _words)
            NetworkTensors.Add(file, Prefix, words.Means);
    }

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    public void Restore(SafetensorsFile file)
    {
        var steps = file.Longs("steps");
        _step = (int)steps[0];
        foreach (var (state, step) in States.Zip(steps.Skip(1)))
            state.step = step;
        NetworkTensors.Read(file, Prefix, Means());
        foreach (var (words, _) in _words)
            words.Restore(file, Prefix, _step);
    }

    private IEnumerable<TorchSharp.Modules.AdamW.State> States => _adam.state_dict().State.Cast<TorchSharp.Modules.AdamW.State>();

    private IEnumerable<KeyValuePair<string, Tensor>> Means() =>
        States.SelectMany((state, place) => new KeyValuePair<string, Tensor>[] { new($"{place}.mean", state.exp_avg), new($"{place}.squares", state.exp_avg_sq) });

    public void Dispose()
    {
        _adam.Dispose();
        foreach (var (words, _) in _words)
            words.Dispose();
    }
}
