using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>A matrix of parameters with two numbers of optimizer state a row, see <see cref="RowRmsStep"/>.</summary>
internal sealed class RowRmsMatrix(int rowCount, int dimensions) : ILazyRows
{
    private readonly float[] _states = new float[2L * rowCount];

    public DenseMatrix Parameters { get; } = new(rowCount, dimensions);

    public void Step(
        KernelSet kernels, int step, double rate, ReadOnlySpan<int> touched, ReadOnlySpan<int> offsets,
        ReadOnlySpan<int> indices, ReadOnlySpan<float> weights, DenseMatrix sources) =>
        kernels.RowRmsProp(
            touched, offsets, indices, weights, sources.Span, sources.Stride, sources.Stride,
            RowRmsStep.At(step, rate, Parameters.Dimensions), Parameters.Span, _states);

    public void Save(SafetensorsWriter writer, string name)
    {
        writer.Add(name, Parameters);
        writer.Add($"{name}.states", _states);
    }

    public void Restore(SafetensorsFile file, string name)
    {
        file.Read(name, Parameters);
        file.Floats($"{name}.states").CopyTo(_states, 0);
    }
}
