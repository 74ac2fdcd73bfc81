using System.Globalization;
using System.Text;
using System.Text.Unicode;
using LightDxml.Data;
using Parquet.Data;
using Parquet.Schema;

namespace LightDxml.Parquet;

/// <summary>The values of a column in one group of rows, as text: of each row none, one, or those of a list. Bytes that are not UTF-8 are null.</summary>
internal sealed class ParquetValues
{
    private readonly string?[] _texts;
    private readonly int[] _starts;

    private ParquetValues(string?[] texts, int[] starts) => (_texts, _starts) = (texts, starts);

    public ReadOnlySpan<string?> this[int row] => _texts.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    /// <exception cref="DataFormatException">The column is of a type that is no text.</exception>
    public static ParquetValues Of(string file, DataField column, RawColumnData data, int rowCount)
    {
        var texts = Texts(file, column, data);
        var definitions = column.MaxDefinitionLevel > 0 ? data.DefinitionLevels : default;
        var repetitions = column.MaxRepetitionLevel > 0 ? data.RepetitionLevels : default;
        var entries = Math.Max(texts.Length, Math.Max(definitions.Length, repetitions.Length));
        if (rowCount < 0 || rowCount > entries)
            throw new DataFormatException(file, 0, $"found {entries} entries in the column '{column.Name}' of a group that claims {rowCount} rows");
        var starts = new int[rowCount + 1];
        var (row, value) = (0, 0);
        for (var entry = 0; entry < entries; entry++)
        {
            if (repetitions.IsEmpty || repetitions[entry] == 0)
                starts[row++] = value;
            // A row or an element that is null has an entry and no value.
            if (definitions.IsEmpty || definitions[entry] == column.MaxDefinitionLevel)
                value++;
        }

        Array.Fill(starts, value, row, rowCount + 1 - row);
        return new ParquetValues(texts, starts);
    }

    private static string?[] Texts(string file, DataField column, RawColumnData data) => data switch
    {
        RawColumnData<ReadOnlyMemory<char>> text => Texts(text.Values, static value => value.ToString()),
        RawColumnData<ReadOnlyMemory<byte>> bytes => Texts(bytes.Values, static value => Utf8.IsValid(value.Span) ? Encoding.UTF8.GetString(value.Span) : null),
        RawColumnData<bool> flags => Texts(flags.Values, static value => value ? "1" : "0"),
        RawColumnData<long> numbers => Texts(numbers.Values, Number),
        RawColumnData<int> numbers => Texts(numbers.Values, Number),
        RawColumnData<short> numbers => Texts(numbers.Values, Number),
        RawColumnData<sbyte> numbers => Texts(numbers.Values, Number),
        RawColumnData<byte> numbers => Texts(numbers.Values, Number),
        RawColumnData<ushort> numbers => Texts(numbers.Values, Number),
        RawColumnData<uint> numbers => Texts(numbers.Values, Number),
        RawColumnData<ulong> numbers => Texts(numbers.Values, Number),
        RawColumnData<double> numbers => Texts(numbers.Values, Number),
        RawColumnData<float> numbers => Texts(numbers.Values, Number),
        _ => throw new DataFormatException(file, 0, $"found the column '{column.Name}' of {column.ClrType.Name}, expected text or numbers"),
    };

    private static string?[] Texts<T>(ReadOnlySpan<T> values, Func<T, string?> text)
    {
        var texts = new string?[values.Length];
        for (var value = 0; value < texts.Length; value++)
            texts[value] = text(values[value]);
        return texts;
    }

    private static string Number<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
