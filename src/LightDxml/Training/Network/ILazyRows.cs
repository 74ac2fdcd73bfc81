using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>A matrix of parameters of which a step moves the rows that the batch touches, and leaves the others as they are.</summary>
internal interface ILazyRows
{
    DenseMatrix Parameters { get; }

    /// <param name="step">Counted from 1.</param>
    /// <param name="touched">[touched] rows.</param>
    /// <param name="offsets">[touched + 1] into <paramref name="indices"/> and <paramref name="weights"/>.</param>
    /// <param name="indices">Rows of <paramref name="sources"/> whose weighted sum is a touched row's gradient.</param>
    void Step(
        KernelSet kernels, int step, double rate, ReadOnlySpan<int> touched, ReadOnlySpan<int> offsets,
        ReadOnlySpan<int> indices, ReadOnlySpan<float> weights, DenseMatrix sources);

    /// <summary>Writes parameters and the optimiser's state under names that begin with <paramref name="name"/>.</summary>
    void Save(SafetensorsWriter writer, string name);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    void Restore(SafetensorsFile file, string name);
}
