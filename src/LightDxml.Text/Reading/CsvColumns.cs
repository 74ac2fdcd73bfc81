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

    /// <summary>Columns that are not read, by their names.</summary>
    public IReadOnlyList<string> Unread { get; private init; } = [];

    /// <summary>Names of columns that are read, and that other columns have, too.</summary>
    public IReadOnlyList<string> Repeated { get; private init; } = [];

    /// <exception cref="DataFormatException">A column that the options name is missing, or there is no text.</exception>
    public static CsvColumns OfHeader(string file, IReadOnlyList<string> header, FieldNames names)
    {
        int[] fields = [.. Enumerable.Repeat(-1, FieldNames.Count)];
        for (var field = DocumentField.Id; field <= DocumentField.Text; field++)
        {
            fields[(int)field] = ColumnOf(header, names.NamesOf(field));
            if (fields[(int)field] < 0 && names.IsChosen[(int)field])
                throw Missing(file, header, names.NamesOf(field)[0], names);
        }

        if (!HasText(fields))
            throw new DataFormatException(file, 1, $"{names.NoText}; the columns are {string.Join(", ", header)}{names.Parted}. A file without a header is read by --no-header, with numbers as columns: --text-field 1");
        var labels = LabelsOf(file, header, names);
        var read = fields.Concat(labels).Where(column => column >= 0).ToHashSet();
        string[] unread = [.. header.Where((name, column) => !read.Contains(column) && !string.IsNullOrWhiteSpace(name)).Select(name => name.Trim())];
        return new CsvColumns(fields, labels, labels.Length > 1 ? [.. labels.Select(column => System.Text.Encoding.UTF8.GetBytes(header[column].Trim()))] : null)
        {
            Unread = unread,
            Repeated = [.. read.Order().Select(column => header[column].Trim()).Where(name => unread.Contains(name, StringComparer.OrdinalIgnoreCase))],
        };
    }

    /// <summary>The columns of the labels; none where labels are not needed, or where none is named and there is none.</summary>
    /// <exception cref="DataFormatException">A column that the options name is missing.</exception>
    public static int[] LabelsOf(string file, IReadOnlyList<string> header, FieldNames names) =>
        !names.NeedsLabels ? []
        : ColumnOf(header, names.NamesOf(DocumentField.Labels)) is >= 0 and var one ? [one]
        : names.IsChosen[(int)DocumentField.Labels] ? Several(file, header, names.NamesOf(DocumentField.Labels)[0], names)
        : [];

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

        if (!HasText(fields))
            throw new LightDxmlException("Without a header the number of the text's column is needed: --text-field 1.");
        var labels = fields[(int)DocumentField.Labels];
        fields[(int)DocumentField.Labels] = -1;
        return new CsvColumns(fields, labels < 0 || !names.NeedsLabels ? [] : [labels], LabelNames: null);
    }

    /// <summary>How many fields a header names.</summary>
    public static int Recognized(IReadOnlyList<string> header, FieldNames names)
    {
        var count = 0;
        for (var field = DocumentField.Id; field <= DocumentField.Labels; field++)
            count += names.NamesOf(field).Any(name => ColumnOf(header, [name]) >= 0 && Number(name) is null) ? 1 : 0;
        return count;
    }

    /// <summary>Whether every field that the options name is a column number.</summary>
    public static bool AreNumbers(FieldNames names) => names.IsChosen.Contains(true)
        && Enumerable.Range(0, FieldNames.Count).All(field => !names.IsChosen[field] || Number(names.NamesOf((DocumentField)field)[0]) is not null);

    /// <summary>Whether what an option names may be several columns.</summary>
    public static bool MayBeSeveral(string names) => names.Contains(',', StringComparison.Ordinal) || names.Contains(Range, StringComparison.Ordinal);

    private static bool HasText(int[] fields) => fields[(int)DocumentField.Text] >= 0 || fields[(int)DocumentField.Title] >= 0;

    /// <summary>Columns of which each is a label, or holds some: <c>a,b,c</c>, or all from one to another: <c>a..c</c>.</summary>
    private static int[] Several(string file, IReadOnlyList<string> header, string names, FieldNames all)
    {
        var columns = new List<int>();
        var pieces = names.Split(',');
        for (var next = 0; next < pieces.Length;)
        {
            // A name may have commas: the longest one that is a column counts.
            var end = pieces.Length;
            while (end > next + 1 && ColumnsOf(header, string.Join(',', pieces[next..end]).Trim()).Length == 0)
                end--;
            var name = string.Join(',', pieces[next..end]).Trim();
            var found = ColumnsOf(header, name);
            if (found.Length == 0 && name.Length > 0)
                throw Missing(file, header, name, all);
            columns.AddRange(found);
            next = end;
        }

        return [.. columns.Distinct()];
    }

    /// <summary>The column of a name, or the columns of <c>a..c</c>; none where there are none.</summary>
    private static int[] ColumnsOf(IReadOnlyList<string> header, string name)
    {
        if (ColumnOf(header, [name]) is >= 0 and var column)
            return [column];
        for (var range = name.IndexOf(Range, StringComparison.Ordinal); range >= 0; range = name.IndexOf(Range, range + 1, StringComparison.Ordinal))
        {
            var (first, last) = (ColumnOf(header, [name[..range].Trim()]), ColumnOf(header, [name[(range + Range.Length)..].Trim()]));
            if (first >= 0 && last >= first)
                return [.. Enumerable.Range(first, last - first + 1)];
        }

        return [];
    }

    private static DataFormatException Missing(string file, IReadOnlyList<string> header, string name, FieldNames names) =>
        new(file, 1, $"found the columns {string.Join(", ", header)}{names.Parted}, expected '{name}' among them");

    private static int? Number(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number - 1 : null;

    /// <summary>The column of the first name that is there, −1 for none.</summary>
    public static int ColumnOf(IReadOnlyList<string> header, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            for (var column = 0; column < header.Count; column++)
            {
                if (header[column].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return column;
            }
        }

        return names is [var only] && Number(only) is { } number && number < header.Count ? number : -1;
    }
}
