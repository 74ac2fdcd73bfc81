namespace LightDxml.Parquet;

/// <summary>
/// The structures of Apache Parquet's format (parquet.thrift) and what their fields hold: <c>int</c>, <c>bool</c>, <c>byte</c>, <c>double</c>,
/// <c>bytes</c>, another structure, or a list of one of these in brackets. The package reads a field as what the format says, whatever the file says.
/// </summary>
internal static class ParquetShapes
{
    public const string Footer = "FileMetaData", PageHeader = "PageHeader";

    private const string Format = """
        FileMetaData 1:int 2:[SchemaElement] 3:int 4:[RowGroup] 5:[KeyValue] 6:bytes 7:[ColumnOrder] 8:EncryptionAlgorithm 9:bytes
        SchemaElement 1:int 2:int 3:int 4:bytes 5:int 6:int 7:int 8:int 9:int 10:LogicalType
        LogicalType 1:Empty 2:Empty 3:Empty 4:Empty 5:DecimalType 6:Empty 7:TimeType 8:TimeType 10:IntType 11:Empty 12:Empty 13:Empty 14:Empty 15:Empty 16:VariantType 17:GeometryType 18:GeographyType
        DecimalType 1:int 2:int
        TimeType 1:bool 2:TimeUnit
        TimeUnit 1:Empty 2:Empty 3:Empty
        IntType 1:byte 2:bool
        VariantType 1:byte
        GeometryType 1:bytes
        GeographyType 1:bytes 2:int
        RowGroup 1:[ColumnChunk] 2:int 3:int 4:[SortingColumn] 5:int 6:int 7:int
        SortingColumn 1:int 2:bool 3:bool
        ColumnChunk 1:bytes 2:int 3:ColumnMetaData 4:int 5:int 6:int 7:int 8:ColumnCryptoMetaData 9:bytes
        ColumnMetaData 1:int 2:[int] 3:[bytes] 4:int 5:int 6:int 7:int 8:[KeyValue] 9:int 10:int 11:int 12:Statistics 13:[PageEncodingStats] 14:int 15:int 16:SizeStatistics 17:GeospatialStatistics
        KeyValue 1:bytes 2:bytes
        Statistics 1:bytes 2:bytes 3:int 4:int 5:bytes 6:bytes 7:bool 8:bool
        SizeStatistics 1:int 2:[int] 3:[int]
        GeospatialStatistics 1:BoundingBox 2:[int]
        BoundingBox 1:double 2:double 3:double 4:double 5:double 6:double 7:double 8:double
        PageEncodingStats 1:int 2:int 3:int
        ColumnCryptoMetaData 1:Empty 2:EncryptionWithColumnKey
        EncryptionWithColumnKey 1:[bytes] 2:bytes
        ColumnOrder 1:Empty
        EncryptionAlgorithm 1:AesGcm 2:AesGcm
        AesGcm 1:bytes 2:bytes 3:bool
        PageHeader 1:int 2:int 3:int 4:int 5:DataPageHeader 6:Empty 7:DictionaryPageHeader 8:DataPageHeaderV2
        DataPageHeader 1:int 2:int 3:int 4:int 5:Statistics
        DictionaryPageHeader 1:int 2:int 3:bool
        DataPageHeaderV2 1:int 2:int 3:int 4:int 5:int 6:int 7:bool 8:Statistics
        Empty
        """;

    private static readonly Dictionary<string, Dictionary<int, string>> Structures = Format.Split('\n').Select(line => line.Trim().Split(' ')).ToDictionary(
        line => line[0], line => line.Skip(1).Select(field => field.Split(':')).ToDictionary(field => int.Parse(field[0], System.Globalization.CultureInfo.InvariantCulture), field => field[1]));

    /// <summary>What a field of a structure holds; null where the format does not have the field.</summary>
    public static string? Field(string structure, int field) => Structures[structure].GetValueOrDefault(field);
}
