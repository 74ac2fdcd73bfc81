using System.Text.Json;
using LightDxml.Data;

namespace LightDxml.Text.Reading;

/// <summary>
/// Reads an array of JSON objects as a stream: at the top (<c>[{…}, …]</c>), as the first such array of the top object
/// (<c>{"articles": [{…}, …]}</c>, the form of BioASQ), or at a path. Memory is that of the longest token and of one batch.
/// </summary>
internal sealed class JsonArrayReader : DocumentReader, IJsonTokens
{
    private const int MaxTokenBytes = 1 << 30;

    private readonly string _file;
    private readonly bool _skipBadRows;
    private readonly Stream _stream;
    private readonly JsonDocumentParser _parser;
    private readonly byte[][]? _path;
    private byte[] _buffer = new byte[1 << 18];
    private int _count;
    private int _consumed;
    private long _linesBefore;
    private int _linesCountedTo;
    private bool _streamEnded;
    private bool _arrayEnded;
    private bool _inArray;
    private bool _isAtFirst;
    private JsonReaderState _state = new(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });

    /// <param name="stream">UTF-8; disposed with the reader.</param>
    public JsonArrayReader(Stream stream, string file, TextReadOptions options)
    {
        _file = file;
        _skipBadRows = options.SkipBadRows;
        _stream = stream;
        _path = options.DocumentsField?.Split('.').Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        _parser = new JsonDocumentParser(new FieldNames(options), options, this);
    }

    public override IReadOnlyList<string> Notes => _parser.Notes;

    public bool Read(ref Utf8JsonReader reader)
    {
        while (!reader.Read())
        {
            if (_streamEnded)
                return false;
            _consumed = (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            Refill();
            reader = new Utf8JsonReader(_buffer.AsSpan(0, _count), _streamEnded, _state);
        }

        return true;
    }

    protected override bool Fill(DocumentBatch batch)
    {
        if (_arrayEnded)
            return false;
        DropConsumed();
        var reader = new Utf8JsonReader(_buffer.AsSpan(0, _count), _streamEnded, _state);
        try
        {
            if (!_inArray)
            {
                FindArray(ref reader);
                _isAtFirst = true;
            }

            while (batch.ByteCount < BatchBytes && !_arrayEnded)
                ReadDocument(ref reader, batch);
        }
        catch (JsonException exception)
        {
            throw Fault(Line(ref reader), JsonFault.Of(exception));
        }
        catch (InvalidOperationException)
        {
            throw Fault(Line(ref reader), JsonFault.NotUtf8);
        }
        catch (InvalidDataException exception)
        {
            throw Fault(Line(ref reader), exception.Message);
        }

        _consumed = (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return batch.Count > 0 || batch.Skipped.Count > 0;
    }

    public override void Dispose() => _stream.Dispose();

    /// <summary>
    /// Goes to the array of documents. Where no path leads to it, it is the first array whose first element is an object; where there is
    /// none, an empty one has no documents.
    /// </summary>
    private void FindArray(ref Utf8JsonReader reader)
    {
        var (onPath, hasEmpty) = (0, false);
        while (Read(ref reader))
        {
            if (reader.TokenType == JsonTokenType.PropertyName && _path is not null && onPath < _path.Length && reader.CurrentDepth == onPath + 1 && FieldNames.Is(ref reader, _path[onPath]))
                onPath++;
            if (reader.TokenType != JsonTokenType.StartArray || (_path is null ? reader.CurrentDepth > 1 : onPath < _path.Length))
                continue;
            _inArray = true;
            Read(ref reader);
            var isEmptyMember = reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 1;
            if (_path is not null || reader.TokenType == JsonTokenType.StartObject || reader.CurrentDepth <= 1 && !isEmptyMember)
                return;
            (_inArray, hasEmpty) = (false, hasEmpty || isEmptyMember);
        }

        if (hasEmpty)
        {
            (_inArray, _arrayEnded) = (true, true);
            return;
        }

        throw Fault(0, _path is null
            ? "found no array of documents; --documents-field names one that is deeper, as in data.items"
            : $"found no array at '{string.Join('.', _path.Select(System.Text.Encoding.UTF8.GetString))}', expected the documents there");
    }

    private void ReadDocument(ref Utf8JsonReader reader, DocumentBatch batch)
    {
        if (_isAtFirst)
            _isAtFirst = false;
        else
            Read(ref reader);
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _arrayEnded = true;
            // What stands behind is no document; but a second array, or a cut end, is a fault.
            while (Read(ref reader))
            {
            }

            return;
        }

        var line = Line(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Fault(line, "found an array whose elements are not objects, expected documents");
        if (_parser.Parse(ref reader, batch) is { } fault)
            batch.Skip(Fault(line, fault), _skipBadRows);
        else
            batch.End(line);
    }

    // Each byte's line breaks are counted once, however many documents a buffer holds.
    private long Line(ref Utf8JsonReader reader)
    {
        CountLines((int)reader.BytesConsumed);
        return _linesBefore + 1;
    }

    private void CountLines(int end)
    {
        if (end <= _linesCountedTo)
            return;
        _linesBefore += _buffer.AsSpan(_linesCountedTo, end - _linesCountedTo).Count((byte)'\n');
        _linesCountedTo = end;
    }

    private DataFormatException Fault(long line, string fault) => new(_file, line, fault);

    private void Refill()
    {
        DropConsumed();
        if (_count == _buffer.Length)
        {
            if (_buffer.Length >= MaxTokenBytes)
                throw Fault(_linesBefore + 1, $"found a value longer than {MaxTokenBytes} bytes, the most that is read");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _stream.Read(_buffer, _count, _buffer.Length - _count);
        _count += read;
        _streamEnded = read == 0;
    }

    private void DropConsumed()
    {
        CountLines(_consumed);
        _linesCountedTo -= _consumed;
        _buffer.AsSpan(_consumed, _count - _consumed).CopyTo(_buffer);
        _count -= _consumed;
        _consumed = 0;
    }
}
