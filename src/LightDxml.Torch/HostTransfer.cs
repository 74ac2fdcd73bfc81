using System.Runtime.InteropServices;
using LightDxml.Data;

namespace LightDxml.Torch;

/// <summary>Copies between the processor's memory and tensors of a device.</summary>
internal static class HostTransfer
{
    /// <summary>Rows a copy, so that its buffer stays small and below the 2³¹ bytes that a span can hold.</summary>
    private const int BlockRows = 4096;

    /// <summary>A tensor [values.Length] of integers, as the 64-bit ones that libtorch takes for indices.</summary>
    public static Tensor Indices(ReadOnlySpan<int> values, Device device)
    {
        // Sent as 32 bits: the way to the device is the narrow one.
        return Copy(MemoryMarshal.AsBytes(values), torch.empty(values.Length, dtype: torch.ScalarType.Int32), device).to(torch.ScalarType.Int64);
    }

    /// <summary>A tensor [values.Length].</summary>
    public static Tensor Integers(ReadOnlySpan<long> values, Device device) =>
        Copy(MemoryMarshal.AsBytes(values), torch.empty(values.Length, dtype: torch.ScalarType.Int64), device);

    /// <summary>A tensor [values.Length].</summary>
    public static Tensor Floats(ReadOnlySpan<float> values, Device device) =>
        Copy(MemoryMarshal.AsBytes(values), torch.empty(values.Length, dtype: torch.ScalarType.Float32), device);

    /// <summary>A tensor [rows, dimensions] of a matrix without its padding.</summary>
    public static Tensor Upload(DenseMatrix matrix, Device device)
    {
        var target = torch.empty(matrix.RowCount, matrix.Dimensions, dtype: torch.ScalarType.Float32, device: device);
        for (var first = 0; first < matrix.RowCount; first += BlockRows)
        {
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(BlockRows, matrix.RowCount - first);
            var block = torch.empty(count, matrix.Dimensions, dtype: torch.ScalarType.Float32);
            var values = MemoryMarshal.Cast<byte, float>(block.bytes);
            for (var row = 0; row < count; row++)
                matrix.Row(first + row).CopyTo(values[(row * matrix.Dimensions)..]);
            target.narrow(0, first, count).copy_(block);
        }

        return target;
    }

    /// <summary>Copies source[i] into row first + i, columns beyond the source's width staying as they are.</summary>
    /// <param name="source">[rows, at most dimensions], on any device.</param>
    public static void Download(Tensor source, DenseMatrix matrix, int first = 0)
    {
        var (rows, width) = ((int)source.shape[0], (int)source.shape[1]);
        for (var start = 0; start < rows; start += BlockRows)
        {
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(BlockRows, rows - start);
            var block = source.narrow(0, start, count).cpu().contiguous();
            var values = MemoryMarshal.Cast<byte, float>(block.bytes);
            for (var row = 0; row < count; row++)
                values.Slice(row * width, width).CopyTo(matrix.Row(first + start + row));
        }
    }

    private static Tensor Copy(ReadOnlySpan<byte> values, Tensor host, Device device)
    {
        values.CopyTo(host.bytes);
        return device.type == DeviceType.CPU ? host : host.to(device);
    }
}
