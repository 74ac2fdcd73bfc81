using System.IO.Compression;
using System.Text;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Data.Compression;
using LightDxml.Data.Predictions;
using LightDxml.Metrics;
using LightDxml.Parquet;
using LightDxml.Reports;
using LightDxml.TestKit;
using LightDxml.Text;
using LightDxml.Training;
using Parquet;
using Xunit.Abstractions;

namespace LightDxml.Fuzz.Tests;

/// <summary>Damaged inputs of every reader.</summary>
public sealed class ReaderFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const string Points = "3 8 4\n0,2 1:0.5 3:1 7:0.25\n1 0:1\n 2:1\n";
    private const string JsonLines = """{"id": "7", "title": "Ein Titel", "text": "words of a größer text\n", "labels": ["a", "b, c"]}""" + "\n" + """{"text": "more words \ud83d\ude00", "labels": "a;b"}""" + "\n";
    private const string Json = "[\n" + """{"id": 7, "meta": {"tags": ["a"]}, "text": "words of a text", "labels": ["a", "b"]},""" + "\n" + """{"text": "more words", "labels": []}""" + "]\n";
    private const string Csv = "id,title,text,labels\n1,\"a \"\"b\"\"\",\"words, of\ntext\",a;b\n2,t,more words,c\n";
    private const string Tsv = "text\tlabels\nwords of text\ta|b\nmore\tc\n";
    private const string FastText = "__label__a __label__b words of a text\n__label__c more words\n";
    private const string Arff = "% remark\n@relation 'scene: -C 2'\n@attribute beach {0,1}\n@attribute 'deep sea' {0,1}\n@attribute width numeric\n@attribute colour {red,'light blue'}\n@data\n1,0,0.5,'light blue'\n{1 1,2 -3}\n0,1,?,red\n";
    private const string Turtle = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@base <http://example.org/> .\n<cheese> a skos:Concept ; skos:prefLabel \"cheese\"@en , 'K\\u00E4se'@de ; skos:narrower <goat> ; skos:note [ a 12 ; skos:x ( 1 \"two\" ) ] .\n<goat> a skos:Concept ; skos:prefLabel \"\"\"goat\ncheese\"\"\"@en .\n";
    private const string Rdf = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#" xml:base="http://example.org/"><skos:Concept rdf:about="cheese"><skos:prefLabel xml:lang="en">cheese</skos:prefLabel><skos:narrower rdf:resource="goat"/></skos:Concept><skos:Concept rdf:about="goat"><skos:prefLabel>g<![CDATA[oa]]>t &#xE4;</skos:prefLabel></skos:Concept></rdf:RDF>""";
    private const string Labels = """{"id": "a", "name": "Label a", "parents": ["b"]}""" + "\n" + """{"id": "b", "name": "Label b", "altNames": ["bee"]}""" + "\n";
    private const string Predictions = "2 4\n0:0.75 3:0.5\n1:1\n";

    private static readonly Dictionary<string, Target> Targets = new()
    {
        ["points"] = new("set.txt", [Points, "1 2 3\n\n"], path => DatasetFile.Read(path)),
        ["svmlight"] = new("set.svm", ["1,2 1:0.5 3:1 # remark\n3 2:1\n", "0 1:1\n"], path => DatasetFile.Read(path)),
        ["matrix of features"] = new("x.txt", ["2 4\n0:0.5 3:1\n\n"], path => DatasetFile.ReadFeatureMatrix(path, 1)),
        ["matrix of labels"] = new("y.txt", ["2 4\n0:1 3:1\n2:1\n"], path => DatasetFile.ReadLabelMatrix(path, 1)),
        ["npz"] = new("x.npz", [ReaderSeeds.Npz(CompressionLevel.NoCompression), ReaderSeeds.Npz(CompressionLevel.Optimal)], path => DatasetFile.ReadFeatureMatrix(path, 1)),
        ["npy"] = new("x.npy", [ReaderSeeds.Npy("<f4", "(2, 2)", [0, 0, 128, 63, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 63]), ReaderSeeds.Npy("|b1", "(2, 3)", 1, 0, 1, 0, 0, 1)], path => DatasetFile.ReadFeatureMatrix(path, 1)),
        ["arff"] = new("set.arff", [Arff], path => DatasetFile.Read(path)),
        ["cache"] = new("set.cache", [ReaderSeeds.Cache(3), ReaderSeeds.Cache(40)], path => DatasetCache.Read(path, 1)),
        ["json lines"] = Text("d.jsonl", TextFormat.JsonLines, JsonLines),
        ["json"] = Text("d.json", TextFormat.Json, Json, """{"documents": """ + Json + "}"),
        ["csv"] = Text("d.csv", TextFormat.Csv, Csv, Csv.Replace(';', '|').Replace(',', ';')),
        ["tsv"] = Text("d.tsv", TextFormat.Tsv, Tsv),
        ["fasttext"] = Text("d.txt", TextFormat.FastText, FastText),
        ["tab separated"] = Text("d.txt", TextFormat.TabSeparated, "words of text\t<http://example.org/a> <http://example.org/b>\nmore\t<http://example.org/a>\n"),
        ["lines"] = Text("d.txt", TextFormat.PlainLines, "words of a text\nmore\n\n"),
        ["text of any form"] = Text("d.txt", TextFormat.Auto, JsonLines, Json, Csv, Tsv, FastText),
        ["parquet"] = new("d.parquet", [.. new[] { CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Gzip, CompressionMethod.Zstd }.Select(ReaderSeeds.ParquetRows)], path => TextFile.Read(path).Count()),
        ["compressed"] = new("d.gz", [TemporaryFolder.Gzip(Encoding.UTF8.GetBytes(JsonLines)), TemporaryFolder.Gzip(new byte[5000])], path => (object)Decompressed(path)),
        ["brotli"] = new("d.br", [TemporaryFolder.Brotli(Encoding.UTF8.GetBytes(JsonLines)), [.. TemporaryFolder.Brotli([1, 2]), .. TemporaryFolder.Brotli([3])]], path => (object)Decompressed(path)),
        ["training on text"] = new("d.txt", [JsonLines, FastText, Csv], path => TextDataset.Fit(path, new TextReadOptions { Threads = 1 }, new TextVectorizerOptions { MinDocuments = 1 })),
        ["label names"] = new("labels.jsonl", [Labels], path => LabelCatalog.Read(path)),
        ["turtle"] = new("labels.ttl", [Turtle], path => LabelCatalog.Read(path)),
        ["rdf"] = new("labels.rdf", [Rdf], path => LabelCatalog.Read(path)),
        ["predictions"] = new("p.txt", [Predictions], path => PredictionFile.Read(path, 1)),
        ["predictions of any tool"] = new("p.txt", [Predictions, """{"id": "1", "labels": [{"label": "a", "name": "A", "score": 0.5}]}""" + "\n", "document,label,score\n1,a,0.5\n", "a 0.5 b 0.25\n", "__label__a 0.5 __label__b 0.25\n", "3\t0.5\t1\t0.25\n"], path => PredictionReader.Read(path, 1)),
        ["predictions of npz"] = new("p.npz", [ReaderSeeds.NpzPredictions()], path => PredictionReader.Read(path, 1)),
        ["settings"] = new("s.json", ["""{"seed": 3, "encoder": {"dimensions": 16, "dropout": 0.5}, "text": {"unit": "characters"}}"""], path => Settings.ReadFile(path, new TrainingOptions())),
        ["vocabulary"] = new("v.txt", ["documents\t9\none\t3\t1.5\ntwo\t4\t1.25\n"], path => TextVectorizer.Read(File.OpenRead(path), path, new TextVectorizerOptions { MaxNgram = 1 }, 2)),
        ["thresholds"] = new("t.tsv", ["label\tthreshold\na\t0.5\nb\t0\n"], path => ThresholdFile.Read(path)),
        ["texts of a report"] = new("d.jsonl", [JsonLines], path => DocumentText.ReadFile(path, 100)),
    };

    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public static TheoryData<string> Names => [.. Targets.Keys];

    /// <summary>Inputs that a reader once failed with, named as a run names its findings: the reader, the seed, the number.</summary>
    public static TheoryData<string> Cases => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Cases")).Select(file => Path.GetFileName(file))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_DamagedInput_IsReadOrRefused_AndNothingElse(string name)
    {
        Register();
        var target = Targets[name];
        FuzzRun.Of(name, target.Seeds, (number, input) =>
        {
            // A name of its own: the file before may still be mapped.
            var path = _folder[$"{number % 1000}{target.File}"];
            File.Delete(path);
            File.WriteAllBytes(path, input);
            target.Read(path);
            return true;
        }, output);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_FormerFinding_IsReadOrRefused(string file)
    {
        Register();
        var target = Targets[string.Join('-', file.Split('-')[..^2])];
        var path = _folder[target.File];
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Cases", file), path);
        var before = GC.GetTotalAllocatedBytes();
        if (Record.Exception(() => target.Read(path)) is { } fault)
            Assert.IsType<LightDxmlException>(fault, exactMatch: false);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    private static void Register()
    {
        ParquetFiles.Register();
        ParquetDocumentReader.Patience = TimeSpan.FromSeconds(2);
    }

    private static Target Text(string file, TextFormat format, params string[] seeds) =>
        new(file, [.. seeds.Select(Encoding.UTF8.GetBytes)], path => TextFile.Read(path, new TextReadOptions { Format = format, Threads = 1 }).Count());

    private static long Decompressed(string path)
    {
        using var stream = CompressedFile.OpenRead(path);
        var buffer = new byte[1 << 16];
        var length = 0L;
        try
        {
            for (var read = -1; read != 0; length += read)
                read = stream.Read(buffer);
        }
        catch (InvalidDataException fault)
        {
            throw new DataFormatException(path, 0, fault.Message);
        }

        return length;
    }

    /// <param name="Seeds">Good inputs.</param>
    private sealed record Target(string File, byte[][] Seeds, Func<string, object> Read)
    {
        public Target(string file, string[] seeds, Func<string, object> read)
            : this(file, [.. seeds.Select(Encoding.UTF8.GetBytes)], read)
        {
        }

        public Target(string file, string[] seeds, Func<string, int> read)
            : this(file, [.. seeds.Select(Encoding.UTF8.GetBytes)], path => read(path))
        {
        }

        public Target(string file, byte[][] seeds, Func<string, int> read)
            : this(file, seeds, path => (object)read(path))
        {
        }
    }
}
