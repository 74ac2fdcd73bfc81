using LightDxml.TextEncoding;

namespace LightDxml.Torch.Tests;

/// <summary>The BERT family's formula written out for one text, in double precision, without a tensor.</summary>
internal sealed class TransformerFormulas(TransformerSettings settings, Func<string, int[], double> parameter, Func<string, int, int> size, bool hasTokenTypes)
{
    private readonly int _width = size("embeddings.word_embeddings.weight", 1);

    /// <summary>[tokens][width].</summary>
    public double[][] States(int[] ids)
    {
        double[][] states = [.. ids.Select((id, place) => Norm("embeddings.LayerNorm", [.. Enumerable.Range(0, _width).Select(i =>
            P("embeddings.word_embeddings.weight", id, i) + P("embeddings.position_embeddings.weight", settings.FirstPosition + place, i)
            + (hasTokenTypes ? P("embeddings.token_type_embeddings.weight", 0, i) : 0))]))];
        for (var layer = 0; layer < MadeUpTransformer.Layers; layer++)
            states = Layer($"encoder.layer.{layer}", states);
        return states;
    }

    private double[][] Layer(string layer, double[][] states)
    {
        var (queries, keys, values) = (All("query"), All("key"), All("value"));
        var part = _width / settings.Heads;
        double[][] attended = [.. states.Select((_, from) => Enumerable.Range(0, _width).Select(i =>
        {
            var head = i / part * part;
            double[] weights = [.. keys.Select(key => Math.Exp(Enumerable.Range(head, part).Sum(j => queries[from][j] * key[j]) / Math.Sqrt(part)))];
            return values.Select((value, to) => weights[to] / weights.Sum() * value[i]).Sum();
        }).ToArray())];
        return [.. states.Select((state, place) =>
        {
            var middle = Norm($"{layer}.attention.output.LayerNorm", Sum(state, Dense($"{layer}.attention.output.dense", attended[place])));
            double[] inner = [.. Dense($"{layer}.intermediate.dense", middle).Select(x => settings.Activation == TransformerActivation.Relu ? Math.Max(0, x) : x * NormalDistribution(x))];
            return Norm($"{layer}.output.LayerNorm", Sum(middle, Dense($"{layer}.output.dense", inner)));
        })];

        double[][] All(string name) => [.. states.Select(state => Dense($"{layer}.attention.self.{name}", state))];
    }

    private double[] Dense(string name, double[] inputs) =>
        [.. Enumerable.Range(0, size($"{name}.bias", 0)).Select(row => P($"{name}.bias", row) + inputs.Select((input, column) => input * P($"{name}.weight", row, column)).Sum())];

    private double[] Norm(string name, double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + settings.Epsilon);
        return [.. values.Select((value, i) => (value - mean) / deviation * P($"{name}.weight", i) + P($"{name}.bias", i))];
    }

    private double P(string name, params int[] place) => parameter(name, place);

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    /// <summary>Φ(x) by its series, exact for the |x| below 5 that occur here.</summary>
    private static double NormalDistribution(double x)
    {
        var (term, sum) = (x, x);
        for (var k = 1; k < 200; k++)
        {
            term *= x * x / (2 * k + 1);
            sum += term;
        }

        return 0.5 + Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * sum;
    }
}
