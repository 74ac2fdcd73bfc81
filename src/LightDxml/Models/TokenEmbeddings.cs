using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Models;

/// <summary>The token embeddings E, [features, dimensions]: in memory while a model is trained, or packed in the mapped file that it is served from.</summary>
public abstract class TokenEmbeddings
{
    public abstract int RowCount { get; }

    public abstract int Dimensions { get; }

    /// <summary>The rows in single precision: those in memory themselves, else a copy.</summary>
    public abstract DenseMatrix ToMatrix();

    /// <summary>bag[0..dimensions) = Σ_j values[j] · E[columns[j]], in order of j; the same bits from memory and from a file.</summary>
    /// <param name="bag">[dimensions, padded to a multiple of 16], overwritten.</param>
    internal abstract void Bag(KernelSet kernels, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> bag);
}

/// <summary>Token embeddings in memory.</summary>
public sealed class DenseEmbeddings(DenseMatrix rows) : TokenEmbeddings
{
    public override int RowCount => rows.RowCount;

    public override int Dimensions => rows.Dimensions;

    public override DenseMatrix ToMatrix() => rows;

    // The padding is zero, and whole vectors are what the kernel is fast at.
    internal override void Bag(KernelSet kernels, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> bag) =>
        kernels.EmbeddingBag([0, columns.Length], columns, values, rows.Span, rows.Stride, rows.Stride, bag);
}

/// <summary>Token embeddings of four bits, read where they lie in the mapped file: loading costs nothing, and memory only what is used.</summary>
internal sealed class PackedEmbeddings : TokenEmbeddings, IDisposable
{
    private readonly SafetensorsFile _file;
    private readonly SafetensorsEntry _entry;
    private readonly float[] _scales;

    /// <param name="entry">[features, PackedNibbles.Width(dimensions)] of <paramref name="file"/>, which stays mapped while this object lives.</param>
    /// <param name="scales">[features].</param>
    public PackedEmbeddings(SafetensorsFile file, SafetensorsEntry entry, float[] scales, int dimensions)
    {
        _file = file;
        _entry = entry;
        _scales = scales;
        Dimensions = dimensions;
    }

    public override int RowCount => _scales.Length;

    public override int Dimensions { get; }

    public void Dispose() => _file.Dispose();

    public override DenseMatrix ToMatrix()
    {
        var matrix = new DenseMatrix(RowCount, Dimensions);
        DenseTensors.ReadPacked(_file, _entry, _scales, matrix, Dimensions);
        return matrix;
    }

    internal override void Bag(KernelSet kernels, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> bag)
    {
        kernels.PackedEmbeddingBag(columns, values, _file.Bytes(_entry, 0, (int)_entry.ByteLength), _scales, Dimensions, bag);
        GC.KeepAlive(_file);
    }
}
