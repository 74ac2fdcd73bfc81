using LightDxml.Data;
using LightDxml.Data.Cache;
using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.Baselines;

/// <summary>
/// The tensors of a comparator's folder, mapped into memory. Long vectors are views of the file, whose pages come and go
/// as the system sees fit and are shared by all processes that use the model; the mapping lives as long as a view of it.
/// </summary>
internal sealed class MappedTensors : IDisposable
{
    private const int LengthBytes = sizeof(ulong);
    private readonly SafetensorsFile _file;
    private readonly MappedFile _mapping;
    private readonly long _dataStart;

    /// <exception cref="LightDxmlException">Not readable, or not a sound safetensors file.</exception>
    public MappedTensors(string path)
    {
        _file = new SafetensorsFile(path);
        _mapping = new MappedFile(path);
        // The header's length stands in the first bytes; the file's reader has checked it.
        _dataStart = LengthBytes + _mapping.Items<long>(0, 1).Span[0];
    }

    public string Path => _file.Path;

    /// <inheritdoc cref="SafetensorsFile.Find"/>
    public SafetensorsEntry Find(string name, TensorType type, int rank) => _file.Find(name, type, rank);

    /// <inheritdoc cref="SafetensorsFile.Read"/>
    public void Read<T>(SafetensorsEntry entry, long first, Span<T> destination)
        where T : unmanaged => _file.Read(entry, first, destination);

    /// <summary>A dense matrix in single precision, copied.</summary>
    /// <exception cref="LightDxmlException">There is no such tensor, or it has another shape.</exception>
    public DenseMatrix Matrix(string name, int rows, int dimensions)
    {
        // The sizes are checked before memory is taken for them.
        ModelTensors.Expect(_file, Find(name, TensorType.F32, 2), rows, dimensions);
        var matrix = new DenseMatrix(rows, dimensions);
        DenseTensors.Read(_file, name, matrix, dimensions, Precision.Float32);
        return matrix;
    }

    /// <summary>All elements: a view of the file, or a copy where another writer left them unaligned.</summary>
    /// <exception cref="LightDxmlException">They are more than one array or view holds.</exception>
    public ReadOnlyMemory<T> Elements<T>(SafetensorsEntry entry)
        where T : unmanaged
    {
        if (entry.ElementCount > Array.MaxLength)
            throw new LightDxmlException($"{Path}: tensor {entry} has more elements than one array holds.");
        var start = _dataStart + entry.Offset;
        if (start % entry.Type.Size() == 0)
            return _mapping.Items<T>(start, (int)entry.ElementCount);
        var copy = GC.AllocateUninitializedArray<T>((int)entry.ElementCount);
        Read<T>(entry, 0, copy);
        return copy;
    }

    /// <summary>Views stay valid.</summary>
    public void Dispose() => _file.Dispose();
}
