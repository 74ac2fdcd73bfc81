using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>A matrix of parameters with Adam's first and second moments beside it.</summary>
internal sealed class AdamMatrix(int rowCount, int dimensions) : ILazyRows
{
    public DenseMatrix Parameters { get; } = new(rowCount, dimensions);

    public DenseMatrix FirstMoments { get; } = new(rowCount, dimensions);

    public DenseMatrix SecondMoments { get; } = new(rowCount, dimensions);

    public void Step(
        KernelSet kernels, int step, double rate, ReadOnlySpan<int> touched, ReadOnlySpan<int> offsets,
        ReadOnlySpan<int> indices, ReadOnlySpan<float> weights, DenseMatrix sources) =>
        kernels.RowAdam(
            touched, offsets, indices, weights, sources.Span, sources.Stride, sources.Stride, AdamStep.At(step, rate),
            Parameters.Span, FirstMoments.Span, SecondMoments.Span);

    public void Save(SafetensorsWriter writer, string name)
    {
        writer.Add(name, Parameters);
        writer.Add($"{name}.first", FirstMoments);
        writer.Add($"{name}.second", SecondMoments);
    }

    public void Restore(SafetensorsFile file, string name)
    {
        file.Read(name, Parameters);
        file.Read($"{name}.first", FirstMoments);
        file.Read($"{name}.second", SecondMoments);
    }
}
