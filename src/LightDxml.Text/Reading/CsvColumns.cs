using System.Globalization;
using LightDxml.Data;

namespace LightDxml.Text.Reading;

/// <summary>Finds the columns of id, title, text and labels; −1 for one that is not there.</summary>
internal static class CsvColumns
{
    /// <returns>[fields] columns from 0.</returns>
    /// <exception cref="DataFormatException">A column that the options name is missing, or there is no text.</exception>
    public static int[] OfHeader(string file, IReadOnlyList<string> header, FieldNames names)
    {
        var columns = new int[FieldNames.Count];
        for (var field = DocumentField.Id; field <= DocumentField.Labels; field++)
        {
            columns[(int)field] = Find(header, names.NamesOf(field));
            if (columns[(int)field] < 0 && names.IsChosen[(int)field])
                throw new DataFormatException(file, 1, $"found the columns {string.Join(", ", header)}, expected '{names.NamesOf(field)[0]}' among them");
        }

        return HasText(columns) ? columns : throw new DataFormatException(file, 1, $"{names.NoText}; the columns are {string.Join(", ", header)}");
    }

    /// <summary>Without a header, fields are the column numbers that the options give, from 1.</summary>
    /// <exception cref="LightDxmlException">A field is not a number, or the text's is missing.</exception>
    public static int[] OfNumbers(FieldNames names)
    {
        var columns = new int[FieldNames.Count];
        for (var field = DocumentField.Id; field <= DocumentField.Labels; field++)
        {
            columns[(int)field] = -1;
            if (!names.IsChosen[(int)field])
                continue;
            var name = names.NamesOf(field)[0];
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
                throw new LightDxmlException($"Without a header a field is a column number from 1, but is '{name}'.");
            columns[(int)field] = number - 1;
        }

        return HasText(columns) ? columns : throw new LightDxmlException("Without a header the number of the text's column is needed.");
    }

    private static bool HasText(int[] columns) => columns[(int)DocumentField.Text] >= 0 || columns[(int)DocumentField.Title] >= 0;

    private static int Find(IReadOnlyList<string> header, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            for (var column = 0; column < header.Count; column++)
            {
                if (header[column].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return column;
            }
        }

        return -1;
    }
}
