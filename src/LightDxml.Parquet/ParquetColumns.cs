using LightDxml.Data;
using LightDxml.Text.Reading;
using Parquet.Schema;

namespace LightDxml.Parquet;

/// <summary>Which columns of a Parquet file hold the fields of documents.</summary>
/// <param name="Fields">[fields] their columns; null for one that is not there.</param>
/// <param name="Unread">Columns that are not read, by their paths.</param>
internal sealed record ParquetColumns(DataField?[] Fields, IReadOnlyList<string> Unread)
{
    /// <exception cref="DataFormatException">A column that the options name is missing, or there is no text.</exception>
    public static ParquetColumns Of(string file, ParquetSchema schema, FieldNames names)
    {
        var fields = new DataField?[FieldNames.Count];
        for (var field = DocumentField.Id; field <= DocumentField.Labels; field++)
        {
            fields[(int)field] = Find(schema, names.NamesOf(field));
            if (fields[(int)field] is null && names.IsChosen[(int)field] && (field != DocumentField.Labels || names.NeedsLabels))
                throw new DataFormatException(file, 0, $"found the columns {string.Join(", ", schema.DataFields.Select(NameOf))}, expected '{names.NamesOf(field)[0]}' among them");
        }

        return fields[(int)DocumentField.Text] is null && fields[(int)DocumentField.Title] is null && (names.NeedsText || fields[(int)DocumentField.Labels] is null)
            ? throw new DataFormatException(file, 0, $"{names.NoText}; the columns are {string.Join(", ", schema.DataFields.Select(NameOf))}")
            : new ParquetColumns(fields, [.. schema.DataFields.Where(column => !fields.Contains(column)).Select(NameOf)]);
    }

    private static DataField? Find(ParquetSchema schema, IReadOnlyList<string> names) => names
        .Select(name => schema.DataFields.FirstOrDefault(column => NameOf(column).Equals(name, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(column => column is not null);

    /// <summary>The path of a column without the levels that lists bring: <c>labels.list.element</c> is <c>labels</c>.</summary>
    public static string NameOf(DataField column) => string.Join('.', column.Path.ToList().Where((part, level) => level == 0 || part is not ("list" or "element" or "bag" or "array" or "array_element" or "item")));
}
