using System.Text;
using LightDxml.Data.Parsing;

namespace LightDxml.Data.Predictions;

/// <summary>Collects the named labels of documents, in the order of the file.</summary>
internal sealed class PredictionCollector(string file)
{
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<int> _lengths = [];
    private readonly List<int> _labels = [];
    private readonly List<float> _scores = [];
    private readonly HashSet<int> _document = [];
    private readonly List<(string Id, long Line)> _ids = [];
    private readonly List<bool> _isKnown = [];

    public void Add(string label, float score, long line)
    {
        if (!float.IsFinite(score))
            throw new DataFormatException(file, line, $"label {Shown(label)} has the score {score}, expected a finite number");
        if (!_rows.TryGetValue(label, out var row))
        {
            _rows.Add(label, row = _names.Count);
            _names.Add(label);
        }

        if (!_document.Add(row))
            throw new DataFormatException(file, line, $"label {Shown(label)} occurs twice, expected each label once per document");
        _labels.Add(row);
        _scores.Add(score);
    }

    /// <param name="id">What the file calls the document, or nothing.</param>
    /// <param name="isKnown">Whether the model knew anything of it.</param>
    public void EndDocument(string id = "", long line = 0, bool isKnown = true)
    {
        _isKnown.Add(isKnown);
        _ids.Add((id, line));
        _lengths.Add(_document.Count);
        _document.Clear();
    }

    private static string Shown(string label) => LineText.Quote(Encoding.UTF8.GetBytes(label));

    public NamedPredictions Take()
    {
        var rows = new RowChunk([.. _lengths], [.. _labels], [.. _scores], MaxColumn: -1);
        return new NamedPredictions(
            PredictionFile.Rank(file, [rows], _lengths.Count, _names.Count), _names, LabelCount: null,
            _ids.Exists(document => document.Id.Length > 0) ? _ids : null, _isKnown.Contains(false) ? [.. _isKnown] : null);
    }
}
