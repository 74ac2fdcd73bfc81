using System.Text;
using LightDxml.Data;
using LightDxml.Text;
using LightDxml.Text.Reading;
using Parquet;
using Parquet.Schema;
using ConvertedType = Parquet.Meta.ConvertedType;
using PhysicalType = Parquet.Meta.Type;
using SchemaElement = Parquet.Meta.SchemaElement;

namespace LightDxml.Parquet;

/// <summary>Reads the rows of an Apache Parquet file, a group of rows at a time. Faults name the row in place of a line.</summary>
internal sealed class ParquetDocumentReader : DocumentReader
{
    /// <summary>How long a step may take, and a second for each megabyte of the file.</summary>
    internal static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(60);

    private readonly string _file;
    private readonly TextReadOptions _options;
    private readonly byte[] _labelSeparator;
    private readonly ParquetStream _stream;
    private readonly ParquetReader _reader;
    private readonly ParquetColumns _columns;
    private ParquetValues?[] _values = [];
    private int _nextGroup;
    private int _nextRow;
    private int _rowCount;
    private long _rowsBefore;

    /// <exception cref="LightDxmlException">The file cannot be read, is no Parquet file, or lacks a column.</exception>
    public ParquetDocumentReader(string file, TextReadOptions options)
    {
        (_file, _options) = (file, options);
        _labelSeparator = Encoding.UTF8.GetBytes(options.LabelSeparator ?? ",");
        _stream = Reading(() => new ParquetStream(file));
        try
        {
            _reader = Reading(() =>
            {
                ParquetClaims.CheckFooter(_stream);
                var reader = Wait(() => ParquetReader.CreateAsync(_stream, leaveStreamOpen: true));
                TakeStringsAsBytes(reader.Metadata!.Schema);
                return reader;
            });
        }
        catch
        {
            _stream.Dispose();
            throw;
        }

        try
        {
            _columns = ParquetColumns.Of(file, Reading(() => _reader.Schema), new FieldNames(options));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override IReadOnlyList<string> Notes => [.. UnreadFields.Note("Columns", _columns.Unread)];

    public override void Dispose()
    {
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stream.Dispose();
    }

    protected override bool Fill(DocumentBatch batch)
    {
        while (batch.ByteCount < BatchBytes)
        {
            if (_nextRow == _rowCount && !LoadGroup())
                break;
            var line = _rowsBefore + _nextRow + 1;
            if (SetFields(batch, _nextRow++) is { } fault)
                batch.Skip(new DataFormatException(_file, line, fault), _options.SkipBadRows);
            else
                batch.End(line);
        }

        return batch.Count > 0 || batch.Skipped.Count > 0;
    }

    private bool LoadGroup()
    {
        _rowsBefore += _rowCount;
        (_nextRow, _rowCount) = (0, 0);
        while (_rowCount == 0)
        {
            if (_nextGroup == _reader.RowGroupCount)
                return false;
            using var group = Reading(() => _reader.OpenRowGroupReader(_nextGroup++));
            _rowCount = Reading(() => checked((int)group.RowCount));
            _values = [.. _columns.Fields.Select(column => column is null ? null : Values(group, column))];
        }

        return true;
    }

    private ParquetValues Values(ParquetRowGroupReader group, DataField column) => Reading(() =>
    {
        if (group.GetMetadata(column) is { } claims)
            ParquetClaims.CheckPages(_stream, claims);
        using var data = Wait(() => group.ReadRawColumnDataBaseAsync(column).AsTask());
        return ParquetValues.Of(_file, column, data, _rowCount);
    });

    /// <summary>Of bytes that are not UTF-8 the package makes other characters, and says nothing: it is not told that they are text.</summary>
    /// <param name="schema">As the footer has it; the package makes types of it when it is asked for them first.</param>
    private static void TakeStringsAsBytes(IEnumerable<SchemaElement> schema)
    {
        foreach (var text in schema.Where(element => element.Type == PhysicalType.BYTE_ARRAY && (element.ConvertedType == ConvertedType.UTF8 || element.LogicalType?.STRING is not null)))
            (text.ConvertedType, text.LogicalType) = (null, null);
    }

    private string? SetFields(DocumentBatch batch, int row)
    {
        for (var field = 0; field < _values.Length; field++)
        {
            if (_values[field] is { } values && values[row].Contains(null))
                return $"found text that is not UTF-8 in the column '{ParquetColumns.NameOf(_columns.Fields[field]!)}'";
        }

        for (var field = DocumentField.Id; field <= DocumentField.Text; field++)
        {
            if (_values[(int)field] is { } values)
                batch.Set(field, values[row] is [var only] ? only : string.Join('\n', values[row]!));
        }

        if (_values[(int)DocumentField.Labels] is not { } labels)
            return null;
        string? fault = null;
        if (_columns.Fields[(int)DocumentField.Labels]!.MaxRepetitionLevel > 0)
        {
            batch.MarkListed();
            foreach (var label in labels[row])
                batch.AddLabel(label!);
        }
        else if (labels[row] is [{ } list])
        {
            fault = LabelList.Add(Encoding.UTF8.GetBytes(list), _labelSeparator, batch);
        }

        return fault ?? (_options.MultiHotPlaces > 0 ? MultiHotLabels.Name(_options.MultiHotPlaces, batch) : null);
    }

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (LightDxmlException or OutOfMemoryException))
        {
            throw new LightDxmlException($"{_file}: cannot be read as a Parquet file: {fault.Message}", fault);
        }
    }

    // The package comes to no end with some damaged footers, and nothing can stop it: whoever asked is told, and the thread is left behind.
    private T Wait<T>(Func<Task<T>> read)
    {
        var task = Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        var longest = Patience + TimeSpan.FromSeconds(_stream.Length >> 20);
        return Task.WaitAny([task], longest) == 0
            ? task.GetAwaiter().GetResult()
            : throw new InvalidDataException($"reading it has not come to an end in {longest.TotalSeconds:N0} s, most likely because it is damaged");
    }
}
