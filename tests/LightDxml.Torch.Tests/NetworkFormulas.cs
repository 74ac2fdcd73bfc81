using LightDxml.TextEncoding;
using LightDxml.Torch.Networks;
using LightDxml.Torch.Networks.Transformers;
using TorchSharp;

namespace LightDxml.Torch.Tests;

/// <summary>The networks' formulas written out for one document, in double precision, without a tensor.</summary>
/// <param name="transformer">The one that the network was made with.</param>
internal sealed class NetworkFormulas(TextNetwork network, int longest, NetworkOptions options, PretrainedTransformer transformer)
{
    private readonly Dictionary<string, (double[] Values, long[] Shape)> _parameters = network.state_dict()
        .ToDictionary(entry => entry.Key, entry => (entry.Value.to(torch.ScalarType.Float64).data<double>().ToArray(), entry.Value.shape));

    /// <summary>The text's vector, of a transformer.</summary>
    public double[] Vector(int[] words) => Pool(States(words));

    public double[] Logits(int[] words) => network switch
    {
        CnnKim => Linear("_labels", [.. new[] { 3, 4, 5 }.SelectMany((width, i) => Filters(words, i, width).Select(row => row.Max()))]),
        XmlCnn => Linear("_labels", Relu(Linear("_narrow", [.. new[] { 2, 4, 8 }.SelectMany((width, i) => Filters(words, i, width).SelectMany(row => Parts(row, longest + width - 1, Math.Clamp(longest / 16, 1, options.Pools))))]))),
        BowCnn => Linear("_labels", [.. Regions(words).SelectMany(row => Parts(row, longest - options.Region + 1, options.Pools))]),
        AttentionXml => Attention(RecurrentStates(words)),
        BertMesh => Attention(States(words)),
        Bert => Linear("_labels", Vector(words)),
        ClusterMatcher => Linear("_clusters", Vector(words)),
        _ => throw new ArgumentOutOfRangeException(nameof(words)),
    };

    private double P(string name, params int[] place)
    {
        var (values, shape) = _parameters[name];
        var at = 0L;
        for (var i = 0; i < place.Length; i++)
            at = at * shape[i] + place[i];
        return values[at];
    }

    private int Size(string name, int dimension) => (int)_parameters[name].Shape[dimension];

    private double[] Linear(string layer, double[] inputs) =>
        [.. Enumerable.Range(0, Size($"{layer}.weight", 0)).Select(row => P($"{layer}.bias", row) + inputs.Select((input, column) => input * P($"{layer}.weight", row, column)).Sum())];

    private static double[] Relu(double[] values) => [.. values.Select(value => Math.Max(0, value))];

    private double Vector(int[] words, int place, int dimension) => place >= 0 && place < words.Length ? P("_vectors._all.weight", words[place], dimension) : 0;

    /// <summary>[filters][windows] of one width: all windows that hold a word of the document.</summary>
    private double[][] Filters(int[] words, int which, int width) =>
        [.. Enumerable.Range(0, options.Filters).Select(filter => Enumerable.Range(1 - width, words.Length + width - 1).Select(start =>
        {
            var sum = P($"_filters.{which}.bias", filter);
            for (var offset = 0; offset < width; offset++)
            {
                for (var dimension = 0; dimension < options.Dimensions; dimension++)
                    sum += P($"_filters.{which}.weight", filter, dimension, offset) * Vector(words, start + offset, dimension);
            }

            return Math.Max(0, sum);
        }).ToArray())];

    private double[][] Regions(int[] words) =>
        [.. Enumerable.Range(0, options.Filters).Select(filter => Enumerable.Range(0, Math.Max(1, words.Length - options.Region + 1)).Select(start =>
            Math.Max(0, P("_biases", filter, 0) + Enumerable.Range(start, options.Region).Where(place => place < words.Length).Sum(place => P("_filters._all.weight", words[place], filter)))).ToArray())];

    private static double[] Parts(double[] windows, int most, int pools)
    {
        var part = (most + pools - 1) / pools;
        return [.. Enumerable.Range(0, pools).Select(p => windows.Skip(p * part).Take(part).DefaultIfEmpty(0).Max())];
    }

    private double[] Attention(double[][] states) =>
        [.. Enumerable.Range(0, Size("_labels._attention.weight", 0)).Select(label =>
        {
            double[] weights = [.. states.Select(state => Math.Exp(state.Select((value, i) => value * P("_labels._attention.weight", label, i)).Sum()))];
            double[] context = [.. Enumerable.Range(0, states[0].Length).Select(i => states.Select((state, place) => weights[place] / weights.Sum() * state[i]).Sum())];
            return Linear("_labels._logit", Relu(Linear("_labels._shared", context)))[0];
        })];

    /// <summary>Of a transformer, whose tokens are the words' numbers less one, with marks around them.</summary>
    private double[][] States(int[] words)
    {
        var formulas = new TransformerFormulas(transformer.Settings, (name, place) => P(Inner(name), place), (name, dimension) => Size(Inner(name), dimension), transformer.Tensors.ContainsKey(TransformerNames.TokenTypes));
        return formulas.States([MadeUpTransformer.Start, .. words.Select(word => word - 1), MadeUpTransformer.End]);

        static string Inner(string name) => $"_transformer._tensors.{name.Replace('.', '/')}";
    }

    private double[] Pool(double[][] states) => transformer.Pooling == TextPooling.FirstToken ? states[0]
        : [.. Enumerable.Range(0, states[0].Length).Select(i => states.Average(state => state[i]))];

    private double[][] RecurrentStates(int[] words)
    {
        var (forward, backward) = (Lstm(words, ""), Lstm([.. words.Reverse()], "_reverse"));
        return [.. words.Select((_, place) => (double[])[.. forward[place], .. backward[words.Length - 1 - place]])];
    }

    /// <summary>States of a long short-term memory: gates in the order input, forget, cell, output.</summary>
    private double[][] Lstm(int[] words, string suffix)
    {
        var units = options.RecurrentUnits;
        var (state, cell) = (new double[units], new double[units]);
        var states = new List<double[]>();
        for (var place = 0; place < words.Length; place++)
        {
            double[] gates = [.. Enumerable.Range(0, 4 * units).Select(row =>
                P($"_recurrent.bias_ih_l0{suffix}", row) + P($"_recurrent.bias_hh_l0{suffix}", row)
                + Enumerable.Range(0, options.Dimensions).Sum(d => P($"_recurrent.weight_ih_l0{suffix}", row, d) * Vector(words, place, d))
                + Enumerable.Range(0, units).Sum(u => P($"_recurrent.weight_hh_l0{suffix}", row, u) * state[u]))];
            cell = [.. cell.Select((old, u) => Sigmoid(gates[units + u]) * old + Sigmoid(gates[u]) * Math.Tanh(gates[2 * units + u]))];
            state = [.. cell.Select((value, u) => Sigmoid(gates[3 * units + u]) * Math.Tanh(value))];
            states.Add(state);
        }

        return [.. states];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
