using System.Runtime.InteropServices;

namespace LightDxml.Data.Cache;

/// <summary>
/// The first bytes of a cached data set, little-endian. After it come pieces, each the features' columns and values and the
/// labels' columns of consecutive points, then at <see cref="DirectoryOffset"/> the feature and label offsets of the points
/// ([points + 1] each), a <see cref="CachePiece"/> a piece, and the label names, a line each. All starts are multiples of 8. At
/// the end stand the checksum of all that lies between, then of the header, and <see cref="ChecksumMagic"/>; files of earlier programs have neither.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct CacheHeader
{
    /// <summary>"LDXMLSET" read as a number.</summary>
    public const ulong ExpectedMagic = 0x5445534C4D58444C;

    /// <summary>"LDXMLSUM" read as a number, the last bytes of a file that has a checksum.</summary>
    public const ulong ChecksumMagic = 0x4D55534C4D58444C;

    /// <summary>Bytes of the checksum and of what says that it is there.</summary>
    public const int ChecksumBytes = Storage.Checksum.Length + sizeof(ulong);

    public const long CurrentVersion = 1;

    public ulong Magic;
    public long Version;
    public long FileLength;
    public long PointCount;
    public long FeatureCount;
    public long LabelCount;
    public long PieceCount;
    public long DirectoryOffset;

    /// <summary>Bytes of the label names, 0 where labels have none.</summary>
    public long NameBytes;
}

/// <summary>Where the non-zeros of consecutive points lie in the file.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct CachePiece
{
    public long FirstPoint;
    public long FeatureColumns;
    public long FeatureValues;
    public long LabelColumns;
}
