using System.Globalization;

namespace LightDxml.Data.Arff;

/// <summary>A column of an ARFF file.</summary>
/// <param name="Values">Of a nominal column its values, as they are declared; null of a number.</param>
internal sealed record ArffAttribute(string Name, IReadOnlyList<string>? Values)
{
    private readonly Dictionary<string, int>? _places = Values?.Index().ToDictionary(value => value.Item, value => value.Index, StringComparer.Ordinal);

    /// <summary>Whether its values are no numbers and no words for no and yes, which have no order: as a feature each is one of its own, 0 or 1.</summary>
    public bool IsCategorical { get; } = Values is not null && !SaysNoThenYesBy(Values) && !Values.All(value => NumberOf(value) is not null);

    /// <summary>The features that it is, by their names.</summary>
    public IEnumerable<string> FeatureNames => IsCategorical ? Values!.Select(value => $"{Name}={value}") : [Name];

    /// <summary>Whether it says yes or no, as labels do.</summary>
    public bool IsBinary => Values is ["0", "1"] or ["1", "0"];

    /// <summary>Whether its values are words for no and yes, in this order, as their places are 0 and 1.</summary>
    public bool SaysNoThenYes => Values is not null && SaysNoThenYesBy(Values);

    /// <summary>The value that sparse rows leave out, where it is a number other than 0: of a nominal column that is the first; else null.</summary>
    public string? LeftOut => !IsCategorical && Values is [var first, ..] && NumberOf(first) is { } number && number != 0 ? first : null;

    /// <summary>Reads <c>@attribute name type</c>.</summary>
    /// <exception cref="DataFormatException">The type is not read.</exception>
    public static ArffAttribute Parse(string declaration, string file, long line)
    {
        var tokens = ArffTokens.Of(declaration, out var afterName, ' ', '\t');
        if (tokens.Count < 2)
            throw new DataFormatException(file, line, $"found '{declaration.Trim()}', expected the name and the type of an attribute");
        var type = declaration[afterName..].Trim();
        if (type.StartsWith('{') && type.EndsWith('}'))
            return new ArffAttribute(tokens[0], [.. ArffTokens.Of(type[1..^1], ',').Distinct()]);
        return type.Split(' ', '\t')[0].ToUpperInvariant() is "NUMERIC" or "REAL" or "INTEGER"
            ? new ArffAttribute(tokens[0], null)
            : throw new DataFormatException(file, line, $"attribute {tokens[0]} is of the type '{type}', expected numeric, real, integer or {{values}}; for texts give CSV or JSON Lines");
    }

    /// <summary>The number that a value stands for, of a nominal column its place where its values are no numbers; null where it is missing.</summary>
    /// <exception cref="DataFormatException">The value is none of the column's.</exception>
    public float? Number(string value, string file, long line)
    {
        if (value == "?")
            return null;
        var place = Place(value, file, line);
        return NumberOf(value) ?? (Values is null
            ? throw new DataFormatException(file, line, $"attribute {Name} has the value '{value}', expected a finite number")
            : place);
    }

    /// <summary>The place of a value among those that are declared; 0 of a number.</summary>
    /// <exception cref="DataFormatException">The value is none of the column's.</exception>
    public int Place(string value, string file, long line)
    {
        var place = 0;
        return _places is null || _places.TryGetValue(value, out place)
            ? place
            : throw new DataFormatException(file, line, $"attribute {Name} has the value '{value}', expected one of {string.Join(", ", Values!)}");
    }

    private static bool SaysNoThenYesBy(IReadOnlyList<string> values) => values is [var no, var yes]
        && (no.ToUpperInvariant(), yes.ToUpperInvariant()) is ("NO", "YES") or ("N", "Y") or ("FALSE", "TRUE") or ("F", "T");

    /// <summary>A finite number, or null.</summary>
    private static float? NumberOf(string value) => float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : null;
}
