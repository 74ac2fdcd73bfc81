using System.IO.Compression;
using System.Text;
using LightDxml.Data;
using LightDxml.Data.Numpy;
using LightDxml.TestKit;
using Parquet;
using Parquet.Schema;

namespace LightDxml.Fuzz.Tests;

/// <summary>Good inputs of forms that are no text.</summary>
internal static class ReaderSeeds
{
    /// <summary>An array as NumPy stores it.</summary>
    public static byte[] Npy(string type, string shape, params byte[] items)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight((header.Length + 10) / 64 * 64 + 64 - 11) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. items];
    }

    /// <summary>A matrix as SciPy stores it.</summary>
    public static byte[] Npz(CompressionLevel level)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("indices.npy", Npy("<i4", "(3,)", Ints(2, 0, 1)));
            Add("indptr.npy", Npy("<i4", "(4,)", Ints(0, 2, 2, 3)));
            Add("format.npy", Npy("|S3", "()", (byte)'c', (byte)'s', (byte)'r'));
            Add("shape.npy", Npy("<i8", "(2,)", [.. BitConverter.GetBytes(3L), .. BitConverter.GetBytes(4L)]));
            Add("data.npy", Npy("<f4", "(3,)", [.. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(1f)]));

            void Add(string name, byte[] content)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] NpzPredictions()
    {
        var predictions = new RankedLabels(2, 5, 2);
        for (var document = 0; document < 2; document++)
        {
            (predictions.Labels(document)[0], predictions.Labels(document)[1]) = (3, document);
            (predictions.Scores(document)[0], predictions.Scores(document)[1]) = (0.75f, 0.25f);
        }

        using var stream = new MemoryStream();
        NpzWriter.Write(predictions, stream);
        return stream.ToArray();
    }

    /// <summary>Nine rows; the texts repeat, for a dictionary.</summary>
    public static byte[] ParquetRows(CompressionMethod compression)
    {
        var (id, text, labels) = (new DataField<long>("id"), new DataField<string>("text"), new ListField("labels", new DataField<string>("element")));
        using var stream = new MemoryStream();
        WriteAsync().GetAwaiter().GetResult();
        return stream.ToArray();

        async Task WriteAsync()
        {
            var options = new ParquetOptions { CompressionMethod = compression };
            options.ColumnEncodingHints["text"] = EncodingHint.Dictionary;
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(id, text, labels), stream, options);
            for (var rows = 0; rows < 3; rows++)
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<long>(id, new long[] { 7, 8, 9 });
                await group.WriteAsync(text, new[] { "one", "größer", "one" });
                await group.WriteAsync((DataField)labels.Item, new[] { "Smith, John", "b", "c", "a|b" }, new[] { 0, 1, 0, 0 });
            }
        }
    }

    public static byte[] Cache(int points)
    {
        using var folder = new TemporaryFolder();
        DatasetCache.Write(SmallData.Learnable(points, 4, seed: 1) with { LabelNames = ["a", "b", "c", "d"] }, folder["set"]);
        return File.ReadAllBytes(folder["set"]);
    }

    private static byte[] Ints(params int[] numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];
}
