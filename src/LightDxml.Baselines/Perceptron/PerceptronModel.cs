using System.Numerics.Tensors;
using System.Text.Json;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Baselines.Perceptron;

/// <summary>A dense multi-layer perceptron with a sigmoid over all labels: h₁ = ReLU(Σ_f x_f A_f + a), h₂ = ReLU(B h₁ + b), σ(C h₂ + c).</summary>
internal sealed class PerceptronModel : BaselineModel
{
    internal const string FamilyName = "perceptron";

    /// <param name="input">A and a, [features + 1, first units].</param>
    /// <param name="hidden">B and b, [second units, first units + 1].</param>
    /// <param name="output">C and c, [labels, second units + 1].</param>
    internal PerceptronModel(PerceptronOptions options, DenseMatrix input, DenseMatrix hidden, DenseMatrix output)
        : base(input.RowCount - 1, output.RowCount) => (PerceptronOptions, Input, Hidden, Output) = (options, input, hidden, output);

    public PerceptronOptions PerceptronOptions { get; }

    internal DenseMatrix Input { get; }

    internal DenseMatrix Hidden { get; }

    internal DenseMatrix Output { get; }

    public override string Family => FamilyName;

    protected override bool UsesUnitRows => PerceptronOptions.UnitRows;

    internal override void WriteSettings(Utf8JsonWriter writer) => PerceptronOptions.Table.WriteJson(PerceptronOptions, writer);

    public override PointRanker CreateRanker() => new Ranker(this, KernelBackends.Select());

    internal override void AddTensors(SafetensorsWriter writer)
    {
        DenseTensors.Add(writer, "input", Input, Input.Dimensions, Precision.Float32);
        DenseTensors.Add(writer, "hidden", Hidden, Hidden.Dimensions, Precision.Float32);
        DenseTensors.Add(writer, "output", Output, Output.Dimensions, Precision.Float32);
    }

    /// <exception cref="LightDxmlException">The tensors are not those of this family.</exception>
    internal static PerceptronModel Read(SafetensorsFile file, PerceptronOptions options, int featureCount, int labelCount)
    {
        options.Validate();
        return new PerceptronModel(
            options, TensorReading.Matrix(file, "input", featureCount + 1, options.FirstUnits),
            TensorReading.Matrix(file, "hidden", options.SecondUnits, options.FirstUnits + 1), TensorReading.Matrix(file, "output", labelCount, options.SecondUnits + 1));
    }

    private sealed class Ranker(PerceptronModel model, KernelSet kernels) : PointRanker
    {
        private readonly float[] _first = new float[model.Hidden.Stride];
        private readonly float[] _second = new float[model.Output.Stride];
        private float[] _scratch = [];

        public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
        {
            var (first, second) = (model.Input.Dimensions, model.Hidden.RowCount);
            var sum = _first.AsSpan(0, first);
            kernels.EmbeddingBag([0, columns.Length], columns, values, model.Input.Span, first, model.Input.Stride, sum);
            TensorPrimitives.Add(sum, model.Input.Row(model.FeatureCount), sum);
            TensorPrimitives.Max(sum, 0, sum);
            _first[first] = 1;
            for (var unit = 0; unit < second; unit++)
                _second[unit] = MathF.Max(0, TensorPrimitives.Dot<float>(_first.AsSpan(0, first + 1), model.Hidden.Row(unit)));
            _second[second] = 1;
            var needed = kernels.InnerProductTopKScratch(1, model.LabelCount, model.Output.Stride, labels.Length);
            if (_scratch.Length < needed)
                _scratch = new float[needed];
            kernels.InnerProductTopK(
                _second, 1, model.Output.Stride, model.Output.Span, model.LabelCount, model.Output.Stride, model.Output.Stride, labels.Length, _scratch, labels, scores);
            foreach (ref var score in scores)
                score = float.IsNegativeInfinity(score) ? score : 1 / (1 + MathF.Exp(-score));
        }
    }
}
