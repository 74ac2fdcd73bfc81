using System.Globalization;
using LightDxml.Data;
using LightDxml.Data.Predictions;
using LightDxml.Models;
using LightDxml.Text.Reading;

namespace LightDxml.Cli.Input;

/// <summary>
/// One space of labels for a model, data sets and predictions, which each number labels in their own way. Labels are joined by
/// their ids, or by their numbers where they have no ids. Labels that are met later get rows at the end.
/// </summary>
internal sealed class JointLabels
{
    /// <summary>Numbers so far beyond the labels there are become labels by name, so that rows between them cost nothing.</summary>
    private const int MostGap = 1 << 20;

    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string, string)> _shared = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string>? _names;
    private List<string>? _ids;

    /// <param name="ids">One a label; null where labels are numbers.</param>
    /// <param name="names">Other names of the labels, or null.</param>
    public JointLabels(IReadOnlyList<string>? ids, int count, IReadOnlyList<string>? names = null)
    {
        (Count, KnownCount, _names) = (count, count, names);
        if (ids is not null)
            Name(ids);
    }

    /// <summary>Labels so far.</summary>
    public int Count { get; private set; }

    /// <summary>Labels at the start: of the model, or of the training set.</summary>
    public int KnownCount { get; }

    /// <summary>Whether labels have ids, and these are numbers.</summary>
    public bool AreNumbers { get; private set; }

    /// <summary>One a label; null while labels are numbers alone.</summary>
    public IReadOnlyList<string>? Ids => _ids;

    public static JointLabels OfModel(StoredModel model) => new(model.WrittenLabels, model.Ranker.LabelCount, model.LabelNames);

    public static JointLabels Of(InputSet set) => new(set.LabelIds, set.Labels.ColumnCount);

    /// <summary>What a label is called.</summary>
    public string IdOf(int row) => _ids is null ? row.ToString(CultureInfo.InvariantCulture) : _ids[row];

    /// <summary>The labels of a set in this space. Widen the result to <see cref="Count"/> when all sets are joined.</summary>
    public SparseMatrix Join(InputSet set)
    {
        var rows = Rows(set.LabelIds, set.Labels.ColumnCount, Occurring(set.Labels), set.Labels.ColumnCount);
        var isSame = rows.Length <= Count && rows.Select((row, place) => row == place || row < 0).All(same => same);
        return isSame ? set.Labels.WithColumnCount(Count) : set.Labels.WithColumns(column => rows[column], Count);
    }

    /// <summary>Predictions in this space.</summary>
    /// <exception cref="LightDxmlException">No label of theirs is known.</exception>
    public RankedLabels Join(NamedPredictions predictions)
    {
        var rankings = predictions.Rankings;
        var occurs = Occurring(rankings);
        var before = Count;
        var rows = Rows(predictions.Names, rankings.LabelCount, occurs, predictions.LabelCount);
        if (Array.IndexOf(occurs, true) is >= 0 and var first && !Enumerable.Range(0, rows.Length).Any(label => occurs[label] && rows[label] < before))
        {
            throw new LightDxmlException(
                $"None of the predicted labels, such as '{predictions.Names?[first] ?? first.ToString(CultureInfo.InvariantCulture)}', is a label of the data, such as '{IdOf(0)}'. Are the predictions of other data, or numbers where the data has names?");
        }

        int[] known = [.. rows.Where(row => row >= 0)];
        var mayMeet = known.Distinct().Count() < known.Length;
        var joined = new RankedLabels(rankings.PointCount, Count, rankings.Width);
        for (var point = 0; point < rankings.PointCount; point++)
        {
            rankings.Scores(point).CopyTo(joined.Scores(point));
            for (var place = 0; place < rankings.Width; place++)
            {
                var row = rankings.Labels(point)[place] is >= 0 and var label ? rows[label] : -1;
                if (mayMeet && row >= 0 && joined.Labels(point)[..place].Contains(row))
                    throw new LightDxmlException($"The predictions of document {point + 1} have the label '{IdOf(row)}' twice, in two spellings; expected each label once per document.");
                joined.Labels(point)[place] = row;
            }
        }

        return joined;
    }

    /// <summary>[labels] whether a label is ranked at all.</summary>
    public static bool[] Occurring(RankedLabels rankings)
    {
        var occurs = new bool[rankings.LabelCount];
        for (var point = 0; point < rankings.PointCount; point++)
        {
            foreach (var label in rankings.Labels(point))
            {
                if (label >= 0)
                    occurs[label] = true;
            }
        }

        return occurs;
    }

    private static bool[] Occurring(SparseMatrix labels)
    {
        var occurs = new bool[labels.ColumnCount];
        for (var row = 0; row < labels.RowCount; row++)
        {
            foreach (var column in labels.RowColumns(row))
                occurs[column] = true;
        }

        return occurs;
    }

    /// <summary>The row of each label of another space; −1 for one that does not occur and is not known.</summary>
    /// <param name="declared">The labels of the other space by its own count, where it has one.</param>
    private int[] Rows(IReadOnlyList<string>? ids, int count, bool[] occurs, int? declared)
    {
        // The same names in the same order, as caches of one model have them; names need not be distinct there.
        if (ids is not null && _ids is not null && ids.Count <= _ids.Count && ids.Zip(_ids).All(pair => pair.First == pair.Second))
            return [.. Enumerable.Range(0, count)];
        var areRows = ids is null && (!AreNumbers || declared == KnownCount || declared == Count);

        // Numbers beyond the known labels are not the rows of labels that another set added, unless the other space counts those, too.
        var end = _ids is null || declared == Count ? Count : KnownCount;
        var rows = new int[count];
        for (var label = 0; label < count; label++)
        {
            var row = areRows && label < end ? label : Find(ids is null ? label.ToString(CultureInfo.InvariantCulture) : ids[label]);
            rows[label] = row < 0 && occurs[label] ? AddNew(ids is null ? label.ToString(CultureInfo.InvariantCulture) : ids[label]) : row;
        }

        return rows;
    }

    /// <summary>The row of a label by id or name; one that is not known gets the next.</summary>
    public int Add(string id) => Find(id) is >= 0 and var row ? row : AddNew(id);

    /// <summary>The row of a label by id or name; −1 where it is not known.</summary>
    /// <exception cref="LightDxmlException">The name is that of several labels.</exception>
    public int Find(string id)
    {
        if (_ids is null && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number < Count ? (int)number : -1;
        if (_shared.TryGetValue(id, out var labels))
            throw new LightDxmlException($"'{id}' is the name of more than one label, of {labels.Item1} and {labels.Item2} among them: write their ids.");
        if (_rows.TryGetValue(id, out var row))
            return row;
        // Other tools may spell labels of text in other ways than they are read.
        return LabelText.Normalize(id) is var spelled && spelled != id ? Find(spelled) : -1;
    }

    /// <summary>The row of a label by its number: that of its id where ids are numbers, else its place; −1 where it is not known.</summary>
    public int RowOf(long number) =>
        AreNumbers ? Find(number.ToString(CultureInfo.InvariantCulture)) : number < Count ? (int)number : -1;

    private int AddNew(string id)
    {
        id = LabelText.Normalize(id);
        if (_ids is null)
        {
            if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < (long)Count + MostGap)
            {
                Count = (int)number + 1;
                return (int)number;
            }

            Name([.. Enumerable.Range(0, Count).Select(row => row.ToString(CultureInfo.InvariantCulture))]);
        }

        _ids!.Add(id);
        _rows[id] = Count;
        return Count++;
    }

    private void Name(IReadOnlyList<string> ids)
    {
        _ids = [.. ids];
        AreNumbers = ids.All(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        for (var row = 0; row < ids.Count; row++)
            _rows.TryAdd(ids[row], row);
        for (var row = 0; row < (_names?.Count ?? 0); row++)
        {
            if (!_rows.TryAdd(_names![row], row) && _rows[_names[row]] is var first && first != row && _ids[first] != _names[row])
                _shared.TryAdd(_names[row], (_ids[first], _ids[row]));
        }

        // Sets of features may spell labels in other ways than text, and fastText has no blanks in them.
        for (var row = 0; row < ids.Count; row++)
        {
            _rows.TryAdd(LabelText.Normalize(ids[row]), row);
            var name = PredictionForms.FastTextName(ids[row]);
            if (name != ids[row] && !_rows.TryAdd(name, row) && _rows[name] is var first && first != row && ids[first] != ids[row] && ids[first] != name && (_names is null || _names[first] != name))
                _shared.TryAdd(name, (ids[first], ids[row]));
        }
    }
}
