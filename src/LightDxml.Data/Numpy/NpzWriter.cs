using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace LightDxml.Data.Numpy;

/// <summary>Writes a ranking as a sparse matrix of SciPy, which <c>scipy.sparse.load_npz</c> reads: documents × labels, scores as values, best first.</summary>
internal static class NpzWriter
{
    public static void Write(RankedLabels predictions, Stream stream)
    {
        var offsets = new List<long> { 0 };
        var (labels, scores) = (new List<int>(), new List<float>());
        for (var point = 0; point < predictions.PointCount; point++)
        {
            for (var place = 0; place < predictions.Width && predictions.Labels(point)[place] is >= 0 and var label; place++)
            {
                labels.Add(label);
                scores.Add(predictions.Scores(point)[place]);
            }

            offsets.Add(labels.Count);
        }

        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add("indices", "<i4", $"({labels.Count},)", MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(labels)));
        Add("indptr", "<i8", $"({offsets.Count},)", MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(offsets)));
        Add("format", "|S3", "()", "csr"u8);
        Add("shape", "<i8", "(2,)", MemoryMarshal.AsBytes<long>([predictions.PointCount, predictions.LabelCount]));
        Add("data", "<f4", $"({scores.Count},)", MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(scores)));

        void Add(string name, string type, string shape, ReadOnlySpan<byte> items)
        {
            var entry = archive.CreateEntry($"{name}.npy", CompressionLevel.Fastest);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var array = entry.Open();
            var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
            header = header.PadRight((header.Length + 10 + 64) / 64 * 64 - 10 - 1) + "\n";
            array.Write(NpyArray.Magic);
            array.Write([1, 0]);
            var length = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
            array.Write(length);
            array.Write(Encoding.ASCII.GetBytes(header));
            array.Write(items);
        }
    }
}
