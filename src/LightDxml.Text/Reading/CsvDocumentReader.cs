using System.Text;
using LightDxml.Data;

namespace LightDxml.Text.Reading;

/// <summary>Reads delimited columns, in whatever dialect the file is written.</summary>
internal sealed class CsvDocumentReader : DocumentReader
{
    private readonly string _file;
    private readonly bool _skipBadRows;
    private readonly CsvRecordReader _records;
    private readonly CsvColumns _columns;
    private readonly byte[] _labelSeparator;
    private readonly int _multiHotPlaces;
    private bool _isAtRow;

    /// <param name="stream">UTF-8; disposed with the reader.</param>
    public CsvDocumentReader(Stream stream, string file, CsvDialect dialect, TextReadOptions options)
    {
        _file = file;
        _skipBadRows = options.SkipBadRows;
        _labelSeparator = Encoding.UTF8.GetBytes(options.LabelSeparator ?? ",");
        _multiHotPlaces = options.MultiHotPlaces;
        _records = CsvDialect.Open(stream, file, dialect.Delimiter, dialect.Quote);
        try
        {
            var names = new FieldNames(options);
            var hasFirst = _records.TryRead();
            if (hasFirst && _records.Fault is { } fault && dialect.HasHeader)
                throw new DataFormatException(file, _records.Line, fault);
            _isAtRow = hasFirst && !dialect.HasHeader;
            _columns = dialect.HasHeader
                ? CsvColumns.OfHeader(file, [.. Enumerable.Range(0, _records.Count).Select(column => Encoding.UTF8.GetString(_records[column]))], names, options.ListColumns)
                : CsvColumns.OfNumbers(names);
            _records.ColumnCount = _records.Count;
            var last = Math.Max(_columns.Fields.Max(), _columns.Labels.DefaultIfEmpty(-1).Max());
            if (last >= _records.Count)
                throw new DataFormatException(file, _records.Line, $"found {_records.Count} columns, expected the column {last + 1} that the options name");
        }
        catch
        {
            _records.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<string> Notes =>
        [.. _columns.Repeated.Select(name => $"Several columns are named '{name}'; the first is read."), .. UnreadFields.Note("Columns", _columns.Unread)];

    public override void Dispose() => _records.Dispose();

    protected override bool Fill(DocumentBatch batch)
    {
        while (batch.ByteCount < BatchBytes && (_isAtRow || _records.TryRead()))
        {
            _isAtRow = false;
            if ((_records.Fault ?? SetFields(batch)) is { } fault)
                batch.Skip(new DataFormatException(_file, _records.Line, fault), _skipBadRows);
            else
                batch.End(_records.Line);
        }

        return batch.Count > 0 || batch.Skipped.Count > 0;
    }

    private string? SetFields(DocumentBatch batch)
    {
        for (var field = DocumentField.Id; field <= DocumentField.Text; field++)
        {
            if (_columns.Fields[(int)field] >= 0)
                batch.Set(field, _records[_columns.Fields[(int)field]]);
        }

        if (_columns.LabelNames is { } names)
            return AddOneHot(names, batch);
        if (_columns.Labels is not [var column])
            return null;
        return LabelList.Add(_records[column], _labelSeparator, batch) ?? (_multiHotPlaces > 0 ? MultiHotLabels.Name(_multiHotPlaces, batch) : null);
    }

    /// <summary>Adds the label of each column that says so, and those that cells of the other columns hold. Where the first rows did not tell, each cell does.</summary>
    private string? AddOneHot(byte[][] names, DocumentBatch batch)
    {
        batch.MarkListed();
        for (var label = 0; label < names.Length; label++)
        {
            var value = _records[_columns.Labels[label]];
            var isFlag = _columns.AreFlags?[label];
            if (isFlag != false && LabelFlags.Of(value) is var flag && (flag is not null || isFlag == true))
            {
                if (flag is null)
                    return $"found '{Encoding.UTF8.GetString(value)}' in the column '{Encoding.UTF8.GetString(names[label])}' of a label, expected 0 or 1, or words for them as in the first rows";
                if (flag.Value)
                    batch.AddLabel(names[label]);
            }
            else if (LabelList.Add(value, _labelSeparator, batch) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
