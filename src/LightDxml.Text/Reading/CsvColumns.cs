using System.Globalization;
using LightDxml.Data;

namespace LightDxml.Text.Reading;

/// <summary>Where a row of delimited text has its fields.</summary>
/// <param name="Fields">[fields] columns of id, title and text, from 0; −1 for one that is not there.</param>
/// <param name="Labels">Columns of the labels.</param>
/// <param name="LabelNames">Where each of these columns is a label that a row has or has not: their names. Else null.</param>
internal sealed record CsvColumns(int[] Fields, int[] Labels, byte[][]? LabelNames)
{
    private const string Range = "..";

    /// <summary>A header of so many columns without a text may be one of features.</summary>
    private const int ManyColumns = 4;

    /// <summary>[labels] whether the cells of each of several columns say that a row has the label or has it not; null where each cell tells.</summary>
    public bool[]? AreFlags { get; private init; }

    /// <summary>Columns that are not read, by their names.</summary>
    public IReadOnlyList<string> Unread { get; private init; } = [];

    /// <summary>Names of columns that are read, and that other columns have, too.</summary>
    public IReadOnlyList<string> Repeated { get; private init; } = [];

    /// <param name="lists">Those of several columns of labels whose cells hold labels; null where that is not known.</param>
    /// <exception cref="DataFormatException">A column that the options name is missing, or there is no text.</exception>
    public static CsvColumns OfHeader(string file, IReadOnlyList<string> header, FieldNames names, string? lists)
    {
        var fields = FieldsOf(header, names);
        for (var field = DocumentField.Id; field <= DocumentField.Text; field++)
        {
            if (fields[(int)field] < 0 && names.IsChosen[(int)field])
                throw Missing(file, header, names.NamesOf(field)[0], names);
        }

        var labels = LabelsOf(file, header, names);
        if (!HasText(fields) && (names.NeedsText || labels.Length == 0))
            throw Unlike(file, header, $"{names.NoText}; the columns are {string.Join(", ", header)}{names.Parted}. A file without a header is read by --no-header, with numbers as columns: --text-field 1{(header.Count >= ManyColumns ? ". Columns of numbers, features of their own, are read from ARFF, svmlight or NumPy files" : "")}");
        RefuseShared(file, header, fields, labels, names);
        HashSet<int> listColumns = labels.Length < 2 || string.IsNullOrEmpty(lists) ? [] : [.. Several(file, header, lists, names)];
        var read = fields.Concat(labels).Where(column => column >= 0).ToHashSet();
        string[] unread = [.. header.Where((name, column) => !read.Contains(column) && !string.IsNullOrWhiteSpace(name)).Select(name => name.Trim())];
        return new CsvColumns(fields, labels, labels.Length > 1 ? [.. labels.Select(column => System.Text.Encoding.UTF8.GetBytes(header[column].Trim()))] : null)
        {
            AreFlags = labels.Length < 2 || lists is null ? null : [.. labels.Select(column => !listColumns.Contains(column))],
            Unread = unread,
            Repeated = [.. read.Order().Select(column => header[column].Trim()).Where(name => unread.Contains(name, StringComparer.OrdinalIgnoreCase))],
        };
    }

    /// <summary>
    /// [fields] the columns of id, title and text, −1 for one that is not there. A column that an option names for one field, or for the labels, is none of
    /// another by its usual name; but that of the id is title or text, too, where there is no other.
    /// </summary>
    public static int[] FieldsOf(IReadOnlyList<string> header, FieldNames names)
    {
        var fields = Fields(Chosen(header, names, DocumentField.Id));
        return HasText(fields) ? fields : Fields(Chosen(header, names, DocumentField.Title));

        int[] Fields(HashSet<int> chosen) =>
            [.. Enumerable.Range(0, FieldNames.Count).Select(field => field == (int)DocumentField.Labels ? -1 : ColumnOf(header, (DocumentField)field, names, chosen))];
    }

    /// <summary>The columns of the labels; none where labels are not needed, or where none is named and there is none.</summary>
    /// <exception cref="DataFormatException">A column that the options name is missing.</exception>
    public static int[] LabelsOf(string file, IReadOnlyList<string> header, FieldNames names) =>
        !names.NeedsLabels ? []
        : ColumnOf(header, DocumentField.Labels, names, Chosen(header, names, DocumentField.Id)) is >= 0 and var one ? [one]
        : names.IsChosen[(int)DocumentField.Labels] ? Several(file, header, names.NamesOf(DocumentField.Labels)[0], names)
        : [];

    /// <summary>Several columns one by one, as an option names them: by their numbers where names are blank or shared. Null where commas in names leave it open which columns are meant.</summary>
    public static string? NamesOf(IReadOnlyList<string> header, int[] columns)
    {
        var counts = header.CountBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var names = string.Join(',', columns.Select(column => header[column].Length > 0 && counts[header[column]] == 1 ? header[column] : $"{column + 1}"));
        return Find(header, names, out _).SequenceEqual(columns) ? names : null;
    }

    /// <summary>Without a header, fields are the column numbers that the options give, from 1.</summary>
    /// <exception cref="LightDxmlException">A field is not a number, or the text's is missing.</exception>
    public static CsvColumns OfNumbers(FieldNames names)
    {
        var fields = new int[FieldNames.Count];
        for (var field = DocumentField.Id; field <= DocumentField.Labels; field++)
        {
            fields[(int)field] = -1;
            if (!names.IsChosen[(int)field])
                continue;
            var name = names.NamesOf(field)[0];
            fields[(int)field] = Number(name) ?? throw new LightDxmlException($"Without a header a field is a column number from 1, but is '{name}'.");
        }

        if (!HasText(fields) && (names.NeedsText || fields[(int)DocumentField.Labels] < 0))
            throw new LightDxmlException("Without a header the number of the text's column is needed: --text-field 1.");
        for (var field = DocumentField.Title; field <= DocumentField.Labels; field++)
        {
            if (fields[(int)field] >= 0 && Array.IndexOf(fields, fields[(int)field], (int)DocumentField.Title) is var other && other < (int)field && (names.NeedsLabels || field != DocumentField.Labels))
                throw new LightDxmlException(TextReadOptions.NamedTwice($"{fields[(int)field] + 1}", (DocumentField)other, field));
        }

        var labels = fields[(int)DocumentField.Labels];
        fields[(int)DocumentField.Labels] = -1;
        return new CsvColumns(fields, labels < 0 || !names.NeedsLabels ? [] : [labels], LabelNames: null);
    }

    /// <summary>How many fields a header names.</summary>
    public static int Recognized(IReadOnlyList<string> header, FieldNames names)
    {
        var count = 0;
        for (var field = DocumentField.Id; field <= DocumentField.Labels; field++)
            count += names.NamesOf(field).Any(name => ColumnOf(header, [name], []) >= 0 && Number(name) is null) ? 1 : 0;
        return count;
    }

    /// <summary>Whether every field that the options name is a column number.</summary>
    public static bool AreNumbers(FieldNames names) => names.IsChosen.Contains(true)
        && Enumerable.Range(0, FieldNames.Count).All(field => !names.IsChosen[field] || Number(names.NamesOf((DocumentField)field)[0]) is not null);

    /// <summary>Whether what an option names may be several columns.</summary>
    public static bool MayBeSeveral(string names) => names.Contains(',', StringComparison.Ordinal) || names.Contains(Range, StringComparison.Ordinal);

    /// <summary>
    /// The columns that options name for fields. Where labels are not read, the labels option is that of training, and its numbers are columns of the
    /// training file.
    /// </summary>
    private static HashSet<int> Chosen(IReadOnlyList<string> header, FieldNames names, DocumentField first)
    {
        var chosen = new HashSet<int>();
        for (var field = first; field <= DocumentField.Labels; field++)
        {
            if (!names.IsChosen[(int)field])
                continue;
            var byNumber = field != DocumentField.Labels || names.NeedsLabels;
            if (ColumnOf(header, names.NamesOf(field), [], byNumber) is >= 0 and var column)
                chosen.Add(column);
            else if (field == DocumentField.Labels)
                chosen.UnionWith(Find(header, names.NamesOf(field)[0], out _, byNumber));
        }

        return chosen;
    }

    /// <exception cref="DataFormatException">A column is named for two fields.</exception>
    private static void RefuseShared(string file, IReadOnlyList<string> header, int[] fields, int[] labels, FieldNames names)
    {
        for (var field = DocumentField.Title; field <= DocumentField.Text; field++)
        {
            if (fields[(int)field] is not (>= 0 and var column) || !names.IsChosen[(int)field])
                continue;
            var other = labels.Contains(column) ? DocumentField.Labels : (DocumentField)Array.LastIndexOf(fields, column);
            if (other > field && names.IsChosen[(int)other])
                throw new DataFormatException(file, 1, TextReadOptions.NamedTwice(header[column].Trim(), field, other));
        }
    }

    private static int ColumnOf(IReadOnlyList<string> header, DocumentField field, FieldNames names, HashSet<int> chosen) =>
        ColumnOf(header, names.NamesOf(field), names.IsChosen[(int)field] ? [] : chosen);

    private static bool HasText(int[] fields) => fields[(int)DocumentField.Text] >= 0 || fields[(int)DocumentField.Title] >= 0;

    /// <summary>Columns of which each is a label, or holds some: <c>a,b,c</c>, or all from one to another: <c>a..c</c>.</summary>
    private static int[] Several(string file, IReadOnlyList<string> header, string names, FieldNames all)
    {
        var columns = Find(header, names, out var missing);
        return missing is null ? columns : throw Missing(file, header, missing, all);
    }

    /// <param name="missing">The first name that is none of a column, or null.</param>
    /// <param name="byNumber">Whether a number that is no name is the column of this number.</param>
    private static int[] Find(IReadOnlyList<string> header, string names, out string? missing, bool byNumber = true)
    {
        var byName = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < header.Count; column++)
            byName.TryAdd(header[column].Trim(), column);
        var most = 1 + header.Max(name => name.AsSpan().Count(','));
        var columns = new List<int>();
        var pieces = names.Split(',');
        for (var next = 0; next < pieces.Length;)
        {
            // A name may have commas: the longest one that is a column counts.
            var (end, name, found) = (next, "", (int[])[]);
            for (var last = Math.Min(pieces.Length, next + 2 * most); last > next && found.Length == 0; last--)
            {
                (end, name) = (last, string.Join(',', pieces[next..last]).Trim());
                found = ColumnsOf(header, byName, name, byNumber);
            }

            if (found.Length == 0 && name.Length > 0)
            {
                missing = name;
                return [];
            }

            columns.AddRange(found);
            next = end;
        }

        missing = null;
        return [.. columns.Distinct()];
    }

    /// <summary>The column of a name, or the columns of <c>a..c</c>; none where there are none.</summary>
    private static int[] ColumnsOf(IReadOnlyList<string> header, Dictionary<string, int> byName, string name, bool byNumber)
    {
        if (Column(name) is >= 0 and var column)
            return [column];
        for (var range = name.IndexOf(Range, StringComparison.Ordinal); range >= 0; range = name.IndexOf(Range, range + 1, StringComparison.Ordinal))
        {
            var (first, last) = (Column(name[..range].Trim()), Column(name[(range + Range.Length)..].Trim()));
            if (first >= 0 && last >= first)
                return [.. Enumerable.Range(first, last - first + 1)];
        }

        return [];

        int Column(string one) => byName.TryGetValue(one, out var named) ? named : byNumber && Number(one) is { } number && number < header.Count ? number : -1;
    }

    private static DataFormatException Missing(string file, IReadOnlyList<string> header, string name, FieldNames names) =>
        Unlike(file, header, $"found the columns {string.Join(", ", header)}{names.Parted}, expected '{name}' among them");

    /// <summary>What is wrong with a header: in another encoding its names are others.</summary>
    private static DataFormatException Unlike(string file, IReadOnlyList<string> header, string fault) =>
        new(file, 1, header.Any(name => name.Contains('\uFFFD', StringComparison.Ordinal)) ? TextEncodings.NotUtf8 : fault);

    private static int? Number(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number - 1 : null;

    /// <summary>The column of the first name that is there, −1 for none.</summary>
    /// <param name="others">Columns that are none of these.</param>
    private static int ColumnOf(IReadOnlyList<string> header, IReadOnlyList<string> names, HashSet<int> others, bool byNumber = true)
    {
        foreach (var name in names)
        {
            for (var column = 0; column < header.Count; column++)
            {
                if (!others.Contains(column) && header[column].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return column;
            }
        }

        return byNumber && names is [var only] && Number(only) is { } number && number < header.Count ? number : -1;
    }
}
