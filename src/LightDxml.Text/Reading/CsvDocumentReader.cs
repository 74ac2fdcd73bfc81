using CsvHelper;
using LightDxml.Data;
using LightDxml.Data.Compression;

namespace LightDxml.Text.Reading;

/// <summary>Reads columns between commas or tabs, quoted as in RFC 4180; a quoted value may span lines.</summary>
internal sealed class CsvDocumentReader : DocumentReader
{
    private readonly string _file;
    private readonly bool _skipBadRows;
    private readonly CsvReader _rows;
    private readonly int[] _columns;
    private readonly byte[] _labelSeparator;
    private readonly Queue<DataFormatException> _malformed = new();

    public CsvDocumentReader(string file, char separator, TextReadOptions options)
    {
        _file = file;
        _skipBadRows = options.SkipBadRows;
        _labelSeparator = System.Text.Encoding.UTF8.GetBytes(options.LabelSeparator ?? ",");
        _rows = CsvReader.Create(CompressedFile.OpenRead(file), new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = options.HasHeader ?? true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = row => _malformed.Enqueue(new DataFormatException(file, row.LineNumber, Describe(row.Reason))),
            BufferSize = 1 << 18,
        });
        try
        {
            var names = new FieldNames(options);
            _columns = options.HasHeader ?? true ? CsvColumns.OfHeader(file, Guarded(() => _rows.Headers), names) : CsvColumns.OfNumbers(names);
        }
        catch
        {
            _rows.Dispose();
            throw;
        }
    }

    protected override bool Fill(DocumentBatch batch)
    {
        while (batch.ByteCount < BatchBytes)
        {
            var read = Guarded(_rows.Read);
            while (_malformed.TryDequeue(out var fault))
                batch.Skip(fault, _skipBadRows);
            if (!read)
                break;
            if (SetFields(batch) is { } bad)
                batch.Skip(new DataFormatException(_file, _rows.LineNumber, bad), _skipBadRows);
            else
                batch.End(_rows.LineNumber);
        }

        return batch.Count > 0 || batch.Skipped.Count > 0;
    }

    public override void Dispose() => _rows.Dispose();

    private string? SetFields(DocumentBatch batch)
    {
        for (var field = DocumentField.Id; field <= DocumentField.Text; field++)
        {
            if (_columns[(int)field] >= 0)
                batch.Set(field, _rows.GetSpan(_columns[(int)field]));
        }

        return _columns[(int)DocumentField.Labels] is var column && column < 0 ? null : LabelList.Add(_rows.GetSpan(column), _labelSeparator, batch);
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException exception)
        {
            throw new DataFormatException(_file, exception.LineNumber, exception.Message.ReplaceLineEndings(" "));
        }
        catch (InvalidDataException exception)
        {
            throw new DataFormatException(_file, 0, exception.Message);
        }
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "found a quote inside a value that is not quoted, expected it doubled inside quotes",
        CsvMalformedReason.TextAfterClosingQuote => "found text after a closing quote, expected the end of the value",
        CsvMalformedReason.UnterminatedQuote => "found a quote that is never closed",
        CsvMalformedReason.FieldCountMismatch => "found another number of columns than in the first row",
        _ => $"found {reason}",
    };
}
