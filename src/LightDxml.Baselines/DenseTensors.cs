using System.Runtime.InteropServices;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Baselines;

/// <summary>Dense matrices in a model folder; padding columns stay behind.</summary>
internal static class DenseTensors
{
    public static void Add(SafetensorsWriter writer, string name, DenseMatrix matrix) =>
        writer.Add(name, TensorType.F32, [matrix.RowCount, matrix.Dimensions], stream =>
        {
            for (var row = 0; row < matrix.RowCount; row++)
                stream.Write(MemoryMarshal.AsBytes(matrix.Row(row)));
        });

    /// <exception cref="LightDxmlException">There is no such tensor, or it has another shape.</exception>
    public static DenseMatrix Read(MappedTensors file, string name, int rows, int dimensions)
    {
        var entry = file.Find(name, TensorType.F32, 2);
        if (entry.Shape[0] != rows || entry.Shape[1] != dimensions)
            throw new LightDxmlException($"{file.Path}: tensor {entry} should have the shape [{rows}, {dimensions}].");
        var matrix = new DenseMatrix(rows, dimensions);
        for (var row = 0; row < rows; row++)
            file.Read(entry, (long)row * dimensions, matrix.Row(row));
        return matrix;
    }
}
