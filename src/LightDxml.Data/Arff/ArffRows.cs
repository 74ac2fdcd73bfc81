using System.Globalization;
using LightDxml.Data.Formats;
using LightDxml.Data.Parsing;

namespace LightDxml.Data.Arff;

/// <summary>The documents of an ARFF file.</summary>
/// <param name="isLabel">[attributes].</param>
internal sealed class ArffRows(string file, IReadOnlyList<ArffAttribute> attributes, bool[] isLabel)
{
    private readonly RowCollector _features = new(withValues: true);
    private readonly RowCollector _labels = new(withValues: false);

    private readonly ArffAttribute? _notSparse = attributes.FirstOrDefault(attribute => attribute.LeftOut is not null);

    // The first column of each attribute among the features or the labels.
    private readonly int[] _columns = Columns(attributes, isLabel);

    // Attributes with a feature for each value, and those of them that the row has.
    private readonly int[] _categorical = [.. Enumerable.Range(0, attributes.Count).Where(place => !isLabel[place] && attributes[place].IsCategorical)];
    private readonly HashSet<int> _has = [];

    public void Add(string line, long number)
    {
        var isSparse = line is ['{', .., '}'];
        var values = ArffTokens.Of(isSparse ? line[1..^1] : line, ',');
        if (!isSparse && values.Count != attributes.Count)
            throw new DataFormatException(file, number, $"found {values.Count} values, expected {attributes.Count}, one for each attribute");
        if (isSparse && _notSparse is not null)
            throw new DataFormatException(file, number, $"found a sparse row, which leaves out the first value of attribute {_notSparse.Name}, and that is {_notSparse.LeftOut}, expected 0 to be declared first, or rows that are not sparse");
        _has.Clear();
        for (var place = 0; place < values.Count; place++)
        {
            if (!isSparse)
                Add(place, values[place], number);
            else if (values[place].Split([' ', '\t'], 2, StringSplitOptions.TrimEntries) is [var index, var value]
                && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var attribute) && attribute < attributes.Count)
                Add(attribute, value.Trim('\'', '"'), number);
            else
                throw new DataFormatException(file, number, $"found '{values[place]}', expected the number of an attribute, below {attributes.Count}, and its value");
        }

        // What a sparse row leaves out is the first value.
        foreach (var attribute in isSparse ? _categorical : [])
        {
            if (!_has.Contains(attribute))
                _features.Add(_columns[attribute], 1);
        }

        End(_features, "attribute", number);
        End(_labels, "label", number);
    }

    public Dataset Take()
    {
        var (features, labels) = (_features.Take(), _labels.Take());
        if (features.RowLengths.Length == 0)
            throw new DataFormatException(file, 0, "the file holds no documents");
        var limit = ReadLimits.Default.MaxBlockNonZeros;
        string[] names = [.. attributes.Where((_, place) => !isLabel[place]).SelectMany(attribute => attribute.FeatureNames)];
        return new Dataset(
            Path.GetFileName(file),
            MatrixAssembly.Join([features], names.Length, limit, threads: 1),
            MatrixAssembly.Join([labels], isLabel.Count(label => label), limit, threads: 1))
        {
            FeatureNames = names,
            LabelNames = [.. attributes.Where((_, place) => isLabel[place]).Select(attribute => attribute.Name)],
        };
    }

    private void Add(int attribute, string value, long number)
    {
        if (!isLabel[attribute] && attributes[attribute].IsCategorical)
        {
            if (!_has.Add(attribute))
                throw Twice("attribute", attribute, number);
            if (value != "?")
                _features.Add(_columns[attribute] + attributes[attribute].Place(value, file, number), 1);
            return;
        }

        if (attributes[attribute].Number(value, file, number) is not { } known)
            return;
        if (!isLabel[attribute])
        {
            if (known != 0)
                _features.Add(_columns[attribute], known);
        }
        else if (LabelValue.IsPresent(known) ?? throw new DataFormatException(file, number, LabelValue.Fault($"'{attributes[attribute].Name}'", known)))
        {
            _labels.Add(_columns[attribute]);
        }
    }

    private void End(RowCollector rows, string noun, long number)
    {
        if (rows.EndRow() is >= 0 and var twice)
            throw Twice(noun, twice, number);
    }

    private DataFormatException Twice(string noun, int place, long number) => new(file, number, $"{noun} {place} occurs twice, expected each once per document");

    private static int[] Columns(IReadOnlyList<ArffAttribute> attributes, bool[] isLabel)
    {
        var (columns, features, labels) = (new int[isLabel.Length], 0, 0);
        for (var place = 0; place < columns.Length; place++)
        {
            columns[place] = isLabel[place] ? labels++ : features;
            features += isLabel[place] ? 0 : attributes[place].FeatureNames.Count();
        }

        return columns;
    }
}
