using System.Text;
using LightDxml.Data;
using LightDxml.Data.Parsing;

namespace LightDxml.Text.Reading;

/// <summary>Consecutive documents of a source, their UTF-8 bytes in one buffer that is reused from batch to batch.</summary>
internal sealed class DocumentBatch
{
    private readonly List<Entry> _entries = [];
    private readonly List<Slice> _labels = [];
    private readonly Slice[] _fields = new Slice[FieldNames.Count];
    private byte[] _bytes = new byte[1 << 12];
    private int _length;
    private int _documentStart;
    private int _firstLabel;
    private bool _isListed;

    /// <summary>The batch's place in the source, counted from 0.</summary>
    public int Index { get; set; }

    /// <summary>The lines that the documents are parsed from, where the source is made of lines.</summary>
    public LineBlock Lines { get; } = new();

    /// <summary>Whether labels keep the line ends within them.</summary>
    public bool KeepsLineEnds { get; init; }

    /// <summary>Of several files the one that the documents are in, and its reader.</summary>
    public string? File { get; set; }

    /// <inheritdoc cref="File"/>
    public DocumentReader? Reader { get; set; }

    public int Count => _entries.Count;

    public int ByteCount => _length;

    /// <summary>Rows of this batch that could not be read.</summary>
    public SkippedRows Skipped { get; private set; } = SkippedRows.None;

    public ReadOnlySpan<byte> this[int document, DocumentField field] => Bytes(field switch
    {
        DocumentField.Id => _entries[document].Id,
        DocumentField.Title => _entries[document].Title,
        _ => _entries[document].Text,
    });

    public string Id(int document) => Encoding.UTF8.GetString(this[document, DocumentField.Id]);

    /// <summary>The line that the document starts at, from 1.</summary>
    public long Line(int document) => _entries[document].Line;

    public int LabelCount(int document) => _entries[document].LabelCount;

    /// <summary>Whether the labels of the document were written as a list.</summary>
    public bool IsListed(int document) => _entries[document].IsListed;

    public ReadOnlySpan<byte> Label(int document, int place) => Bytes(_labels[_entries[document].FirstLabel + place]);

    public TextDocument Document(int document)
    {
        var labels = new string[LabelCount(document)];
        for (var place = 0; place < labels.Length; place++)
            labels[place] = Encoding.UTF8.GetString(Label(document, place));
        return new TextDocument(
            Encoding.UTF8.GetString(this[document, DocumentField.Id]),
            Encoding.UTF8.GetString(this[document, DocumentField.Title]),
            Encoding.UTF8.GetString(this[document, DocumentField.Text]),
            labels);
    }

    public void Clear()
    {
        _entries.Clear();
        _documentStart = _firstLabel = 0;
        Skipped = SkippedRows.None;
        Begin();
    }

    public void Set(DocumentField field, ReadOnlySpan<byte> utf8) => _fields[(int)field] = Append(utf8);

    public void Set(DocumentField field, ReadOnlySpan<char> text) => _fields[(int)field] = Append(text);

    /// <summary>Sets a field to bytes that were written into <see cref="Reserve"/>.</summary>
    public void SetReserved(DocumentField field, int length) => _fields[(int)field] = Take(length);

    /// <summary>Moves a field to the end of the bytes, so that <see cref="Extend"/> can add to it; what it holds is ended by a line break.</summary>
    public void Continue(DocumentField field)
    {
        var held = _fields[(int)field];
        if (held.Length == 0)
        {
            _fields[(int)field] = new Slice(_length, 0);
            return;
        }

        var room = Reserve(held.Length + 1);
        Bytes(held).CopyTo(room);
        room[held.Length] = (byte)'\n';
        _fields[(int)field] = Take(held.Length + 1);
    }

    /// <summary>Adds bytes that were written into <see cref="Reserve"/> to the field at the end of the bytes.</summary>
    public void Extend(DocumentField field, int length)
    {
        var held = _fields[(int)field];
        _fields[(int)field] = held with { Length = held.Length + length };
        _length += length;
    }

    /// <summary>Adds a label; one of blanks alone is none.</summary>
    public void AddLabel(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        AddReservedLabel(utf8.Length);
    }

    /// <inheritdoc cref="AddLabel(ReadOnlySpan{byte})"/>
    public void AddLabel(ReadOnlySpan<char> text)
    {
        var room = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        AddReservedLabel(Encoding.UTF8.GetBytes(text, room));
    }

    /// <inheritdoc cref="AddLabel(ReadOnlySpan{byte})"/>
    public void AddReservedLabel(int length)
    {
        var label = _bytes.AsSpan(_length, length);
        if (LabelText.IsPlain(label))
            _labels.Add(Take(length));
        else if (KeepsLineEnds && label.Contains((byte)'\n'))
            _labels.Add(Take(length));
        else if (LabelText.Normalize(Encoding.UTF8.GetString(label)) is { Length: > 0 } normal)
            _labels.Add(Append(normal));
    }

    /// <summary>The labels of the open document so far.</summary>
    public int OpenLabelCount => _labels.Count - _firstLabel;

    /// <summary>Takes the only label of the open document out of it.</summary>
    public byte[] TakeOnlyLabel()
    {
        var label = Bytes(_labels[_firstLabel]).ToArray();
        ClearLabels();
        return label;
    }

    public ReadOnlySpan<byte> OpenLabel(int place) => Bytes(_labels[_firstLabel + place]);

    public bool IsOpenListed => _isListed;

    /// <summary>Says that the labels of the open document are written as a list.</summary>
    public void MarkListed() => _isListed = true;

    public void ClearLabels()
    {
        _labels.RemoveRange(_firstLabel, _labels.Count - _firstLabel);
        _isListed = false;
    }

    /// <summary>Room for <paramref name="length"/> bytes of a field.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_bytes.Length - _length < length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, (long)_length + length), Array.MaxLength));
        return _bytes.AsSpan(_length, length);
    }

    /// <summary>Keeps the document and starts the next.</summary>
    public void End(long line)
    {
        _entries.Add(new Entry(
            _fields[(int)DocumentField.Id], _fields[(int)DocumentField.Title], _fields[(int)DocumentField.Text],
            _firstLabel, _labels.Count - _firstLabel, _isListed, line));
        _documentStart = _length;
        _firstLabel = _labels.Count;
        Begin();
    }

    /// <summary>Leaves the row out, or throws where bad rows are errors.</summary>
    public void Skip(DataFormatException fault, bool skipBadRows)
    {
        if (!skipBadRows)
            throw fault;
        Skipped = Skipped.With(fault.Message);
        Begin();
    }

    /// <summary>Forgets what was set of the document that was not ended.</summary>
    private void Begin()
    {
        _labels.RemoveRange(_firstLabel, _labels.Count - _firstLabel);
        _length = _documentStart;
        _isListed = false;
        Array.Clear(_fields);
    }

    private ReadOnlySpan<byte> Bytes(Slice slice) => _bytes.AsSpan(slice.Start, slice.Length);

    private Slice Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        return Take(utf8.Length);
    }

    private Slice Append(ReadOnlySpan<char> text)
    {
        var room = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        return Take(Encoding.UTF8.GetBytes(text, room));
    }

    private Slice Take(int length)
    {
        var slice = new Slice(_length, length);
        _length += length;
        return slice;
    }

    private readonly record struct Entry(Slice Id, Slice Title, Slice Text, int FirstLabel, int LabelCount, bool IsListed, long Line);
}
