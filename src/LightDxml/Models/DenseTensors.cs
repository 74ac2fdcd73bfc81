using System.Runtime.InteropServices;
using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Models;

/// <summary>
/// A dense matrix as tensors: single precision in F32 [rows, columns], or integers in I8 [rows, columns] (eight bits) or
/// U8 [rows, bytes] (four bits, laid out by <see cref="PackedNibbles"/>) with a tensor of scales [rows]. Padding columns stay behind.
/// </summary>
internal static class DenseTensors
{
    /// <summary>What rounds rows to a precision; null for single precision, which needs none.</summary>
    public static RowQuantizer? Quantizer(Precision precision) => precision switch
    {
        Precision.Int4 => RowQuantizer.Nibbles,
        Precision.Int8 => RowQuantizer.Bytes,
        _ => null,
    };

    public static TensorType Type(Precision precision) => precision switch
    {
        Precision.Int4 => TensorType.U8,
        Precision.Int8 => TensorType.I8,
        _ => TensorType.F32,
    };

    public static string ScaleName(string name) => name + ".scale";

    public static void Add(SafetensorsWriter writer, string name, DenseMatrix matrix, int columns, Precision precision)
    {
        if (Quantizer(precision) is not { } quantizer)
        {
            writer.Add(name, TensorType.F32, [matrix.RowCount, columns], stream =>
            {
                for (var row = 0; row < matrix.RowCount; row++)
                    stream.Write(MemoryMarshal.AsBytes(matrix.Row(row)[..columns]));
            });
            return;
        }

        var scales = new float[matrix.RowCount];
        for (var row = 0; row < scales.Length; row++)
            scales[row] = quantizer.Scale(matrix.Row(row)[..columns]);
        var width = StoredWidth(columns, precision);
        writer.Add(name, Type(precision), [matrix.RowCount, width], stream =>
        {
            var integers = new sbyte[columns];
            var stored = new byte[width];
            for (var row = 0; row < matrix.RowCount; row++)
            {
                quantizer.Quantize(matrix.Row(row)[..columns], scales[row], integers);
                if (precision == Precision.Int4)
                    PackedNibbles.Pack(integers, stored);
                else
                    MemoryMarshal.AsBytes<sbyte>(integers).CopyTo(stored);
                stream.Write(stored);
            }
        });
        writer.Add<float>(ScaleName(name), TensorType.F32, [scales.Length], scales);
    }

    /// <summary>A matrix of its own.</summary>
    /// <exception cref="LightDxmlException">The tensor is missing or has another shape.</exception>
    public static DenseMatrix Read(SafetensorsFile file, string name, int rows, int columns, Precision precision)
    {
        Expect(file, name, rows, columns, precision);
        var matrix = new DenseMatrix(rows, columns);
        Read(file, name, matrix, columns, precision);
        return matrix;
    }

    /// <summary>The tensor of a matrix. Asked for before memory is taken for it: sizes alone are no reason for any.</summary>
    /// <exception cref="LightDxmlException">The tensor is missing or has another shape.</exception>
    public static SafetensorsEntry Expect(SafetensorsFile file, string name, int rows, int columns, Precision precision) =>
        ModelTensors.Expect(file, file.Find(name, Type(precision), 2), rows, StoredWidth(columns, precision));

    /// <summary>Fills the first columns of a matrix.</summary>
    /// <exception cref="LightDxmlException">The tensor is missing or has another shape.</exception>
    public static void Read(SafetensorsFile file, string name, DenseMatrix matrix, int columns, Precision precision)
    {
        var entry = Expect(file, name, matrix.RowCount, columns, precision);
        if (precision == Precision.Float32)
        {
            for (var row = 0; row < matrix.RowCount; row++)
            {
                file.Read(entry, (long)row * columns, matrix.Row(row)[..columns]);
                ModelTensors.CheckFinite(file, name, matrix.Row(row)[..columns]);
            }

            return;
        }

        var scales = ModelTensors.ReadVector<float>(file, ScaleName(name), TensorType.F32, matrix.RowCount);
        if (precision == Precision.Int4)
        {
            ReadPacked(file, entry, scales, matrix, columns);
            return;
        }

        var integers = new sbyte[columns];
        for (var row = 0; row < matrix.RowCount; row++)
        {
            file.Read<sbyte>(entry, (long)row * columns, integers);
            RowQuantizer.Restore(integers, scales[row], matrix.Row(row)[..columns]);
        }
    }

    /// <summary>Fills the first columns of a matrix from a tensor of four bits.</summary>
    /// <param name="scales">[rows].</param>
    public static void ReadPacked(SafetensorsFile file, SafetensorsEntry entry, float[] scales, DenseMatrix matrix, int columns)
    {
        var width = PackedNibbles.Width(columns);
        var integers = new sbyte[columns];
        for (var row = 0; row < matrix.RowCount; row++)
        {
            PackedNibbles.Unpack(file.Bytes(entry, (long)row * width, width), integers);
            GC.KeepAlive(file);
            RowQuantizer.Restore(integers, scales[row], matrix.Row(row)[..columns]);
        }
    }

    internal static int StoredWidth(int columns, Precision precision) =>
        precision == Precision.Int4 ? PackedNibbles.Width(columns) : columns;
}
