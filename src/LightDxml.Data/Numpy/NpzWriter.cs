using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using LightDxml.Storage;

namespace LightDxml.Data.Numpy;

/// <summary>Writes a ranking as a sparse matrix of SciPy, which <c>scipy.sparse.load_npz</c> reads: documents × labels, scores as values, best first.</summary>
internal static class NpzWriter
{
    public static void Write(RankedLabels predictions, Stream stream)
    {
        var offsets = new long[predictions.PointCount + 1];
        for (var point = 0; point < predictions.PointCount; point++)
            offsets[point + 1] = offsets[point] + predictions.RankedCount(point);

        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add("indices", "<i4", $"({offsets[^1]},)", array => ForEachPoint((point, count) => array.Write(MemoryMarshal.AsBytes(predictions.Labels(point)[..count]))));
        Add("indptr", "<i8", $"({offsets.Length},)", array => Elements.ForEachPiece<long>(offsets, array.Write));
        Add("format", "|S3", "()", array => array.Write("csr"u8));
        Add("shape", "<i8", "(2,)", array => array.Write(MemoryMarshal.AsBytes<long>([predictions.PointCount, predictions.LabelCount])));
        Add("data", "<f4", $"({offsets[^1]},)", array => ForEachPoint((point, count) => array.Write(MemoryMarshal.AsBytes(predictions.Scores(point)[..count]))));

        void ForEachPoint(Action<int, int> write)
        {
            for (var point = 0; point < predictions.PointCount; point++)
                write(point, (int)(offsets[point + 1] - offsets[point]));
        }

        void Add(string name, string type, string shape, Action<Stream> write)
        {
            var entry = archive.CreateEntry($"{name}.npy", CompressionLevel.Fastest);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var array = new BufferedStream(entry.Open(), 1 << 16);
            var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
            header = header.PadRight((header.Length + 10 + 64) / 64 * 64 - 10 - 1) + "\n";
            array.Write(NpyArray.Magic);
            array.Write([1, 0]);
            var length = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
            array.Write(length);
            array.Write(Encoding.ASCII.GetBytes(header));
            write(array);
        }
    }
}
