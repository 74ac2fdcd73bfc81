using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Baselines.Perceptron;

/// <summary>
/// The parameters of h₁ = ReLU(Σ_f x_f A_f + a), h₂ = ReLU(B h₁ + b), logits = C h₂ + c, with Adam's moments. Biases are
/// the weights of a constant 1: a feature after the last in A, a column after the last in B and C.
/// </summary>
internal sealed class PerceptronLayers
{
    public PerceptronLayers(int featureCount, int labelCount, PerceptronOptions options, int seed)
    {
        Input = new AdamMatrix(featureCount + 1, options.FirstUnits);
        Hidden = new AdamMatrix(options.SecondUnits, options.FirstUnits + 1);
        Output = new AdamMatrix(labelCount, options.SecondUnits + 1);
        var random = new RandomNumbers(seed, RandomPurposes.Perceptron);
        Start(Input.Parameters, featureCount, options.FirstUnits, featureCount + options.FirstUnits, ref random);
        Start(Hidden.Parameters, options.SecondUnits, options.FirstUnits, options.FirstUnits + options.SecondUnits, ref random);
        Start(Output.Parameters, labelCount, options.SecondUnits, labelCount + options.SecondUnits, ref random);
    }

    /// <summary>A, [features + 1, first units].</summary>
    public AdamMatrix Input { get; }

    /// <summary>B, [second units, first units + 1].</summary>
    public AdamMatrix Hidden { get; }

    /// <summary>C, [labels, second units + 1].</summary>
    public AdamMatrix Output { get; }

    /// <summary>The parameters themselves.</summary>
    public (DenseMatrix Input, DenseMatrix Hidden, DenseMatrix Output) Weights => (Input.Parameters, Hidden.Parameters, Output.Parameters);

    /// <summary>Uniform in ±√(6 / (inputs + outputs)) (Glorot and Bengio, 2010); biases stay 0.</summary>
    private static void Start(DenseMatrix weights, int rows, int columns, int fans, ref RandomNumbers random)
    {
        var bound = Math.Sqrt(6.0 / fans);
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var weight in weights.Row(row)[..columns])
                weight = (float)((2 * random.NextDouble() - 1) * bound);
        }
    }
}
