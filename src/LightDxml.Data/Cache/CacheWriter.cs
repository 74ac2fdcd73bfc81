using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using LightDxml.Data.Parsing;
using LightDxml.Storage;

namespace LightDxml.Data.Cache;

/// <summary>Writes a cached data set as its points come; memory is 16 bytes per point and one piece.</summary>
internal sealed class CacheWriter
{
    /// <summary>Non-zeros of a piece, about: 8 MiB. Fewer would make many pieces, more would cost memory.</summary>
    private const int PieceNonZeros = 1 << 20;

    private readonly Stream _stream;
    private readonly XxHash128 _hash = new();
    private readonly List<long> _featureOffsets = [0];
    private readonly List<long> _labelOffsets = [0];
    private readonly List<CachePiece> _pieces = [];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];
    private readonly List<int> _labels = [];
    private int _pieceStart;
    private int _maxFeature = -1;
    private int _maxLabel = -1;

    /// <param name="stream">Seekable, at its start.</param>
    public CacheWriter(Stream stream)
    {
        _stream = stream;
        Write<CacheHeader>([default]);
        _hash.Reset();
    }

    public void Append(RowChunk features, RowChunk labels)
    {
        long feature = 0, label = 0;
        for (var row = 0; row < features.RowLengths.Length; row++)
        {
            var (featureCount, labelCount) = (features.RowLengths[row], labels.RowLengths[row]);
            Append(
                features.Columns.AsSpan((int)feature, featureCount), features.Values.AsSpan((int)feature, featureCount),
                labels.Columns.AsSpan((int)label, labelCount));
            feature += featureCount;
            label += labelCount;
        }
    }

    /// <summary>Adds a point.</summary>
    /// <param name="columns">Ascending.</param>
    /// <param name="values">As many as columns, finite; where there are none, each is 1.</param>
    /// <param name="labels">Ascending.</param>
    /// <exception cref="LightDxmlException">They are not so.</exception>
    public void Append(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<int> labels)
    {
        if (!values.IsEmpty && values.Length != columns.Length)
            throw Fault($"has {values.Length} values for {columns.Length} features");
        // Of an empty span IsFiniteAll is false.
        if (!values.IsEmpty && !TensorPrimitives.IsFiniteAll(values))
            throw Fault("has a value that is not finite");
        _maxFeature = Math.Max(_maxFeature, Last(columns, "feature"));
        _maxLabel = Math.Max(_maxLabel, Last(labels, "label"));
        _columns.AddRange(columns);
        if (values.IsEmpty)
            _values.AddRange(Enumerable.Repeat(1f, columns.Length));
        else
            _values.AddRange(values);
        _labels.AddRange(labels);
        _featureOffsets.Add(_featureOffsets[^1] + columns.Length);
        _labelOffsets.Add(_labelOffsets[^1] + labels.Length);
        if (_columns.Count >= PieceNonZeros || _labels.Count >= PieceNonZeros)
            EndPiece();
    }

    /// <summary>Writes what is left, and the header.</summary>
    /// <exception cref="LightDxmlException">A feature or a label is not below its count, or there are more or fewer names than labels.</exception>
    public void Finish(int featureCount, int labelCount, IReadOnlyList<string>? labelNames)
    {
        if (_maxFeature >= featureCount || _maxLabel >= labelCount)
            throw new LightDxmlException($"A document has {(_maxFeature >= featureCount ? $"feature {_maxFeature}, which is not below the feature count {featureCount}" : $"label {_maxLabel}, which is not below the label count {labelCount}")}.");
        if (labelNames is not null && labelNames.Count != labelCount)
            throw new LightDxmlException($"There are {labelNames.Count} names for {labelCount} labels.");
        EndPiece();
        var directory = Write<long>(CollectionsMarshal.AsSpan(_featureOffsets));
        Write<long>(CollectionsMarshal.AsSpan(_labelOffsets));
        Write<CachePiece>(CollectionsMarshal.AsSpan(_pieces));
        var names = labelNames is null ? [] : Encoding.UTF8.GetBytes(string.Concat(labelNames.Select(name => name.ReplaceLineEndings(" ") + "\n")));
        Write<byte>(names);
        var header = new CacheHeader
        {
            Magic = CacheHeader.ExpectedMagic,
            Version = CacheHeader.CurrentVersion,
            FileLength = _stream.Position + CacheHeader.ChecksumBytes,
            PointCount = _featureOffsets.Count - 1,
            FeatureCount = featureCount,
            LabelCount = labelCount,
            PieceCount = _pieces.Count,
            DirectoryOffset = directory,
            NameBytes = names.Length,
        };
        _hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<CacheHeader>(in header)));
        _stream.Write(_hash.GetCurrentHash());
        _stream.Write(BitConverter.GetBytes(CacheHeader.ChecksumMagic));
        _stream.Position = 0;
        Write<CacheHeader>([header]);
    }

    /// <summary>The largest column, −1 where there is none.</summary>
    private int Last(ReadOnlySpan<int> columns, string noun) => SparseMatrix.FirstFault(columns, int.MaxValue) switch
    {
        < 0 => columns.IsEmpty ? -1 : columns[^1],
        0 => throw Fault($"has the {noun} {columns[0]}, which is below 0"),
        var at => throw Fault($"has the {noun} {columns[at]} after {columns[at - 1]}, expected ascending ones"),
    };

    private LightDxmlException Fault(string fault) => new($"Document {_featureOffsets.Count} {fault}.");

    private void EndPiece()
    {
        var points = _featureOffsets.Count - 1;
        if (points == _pieceStart)
            return;
        _pieces.Add(new CachePiece
        {
            FirstPoint = _pieceStart,
            FeatureColumns = Write<int>(CollectionsMarshal.AsSpan(_columns)),
            FeatureValues = Write<float>(CollectionsMarshal.AsSpan(_values)),
            LabelColumns = Write<int>(CollectionsMarshal.AsSpan(_labels)),
        });
        _columns.Clear();
        _values.Clear();
        _labels.Clear();
        _pieceStart = points;
    }

    /// <returns>Where the items start.</returns>
    private long Write<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        var start = _stream.Position;
        Elements.ForEachPiece(items, Write);
        ReadOnlySpan<byte> padding = stackalloc byte[8];
        Write(padding[..(int)((8 - _stream.Position % 8) % 8)]);
        return start;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _hash.Append(bytes);
    }
}
