namespace LightDxml.Data;

/// <summary>Columns of two sets that have names: whether they are the same, and where they are in each other.</summary>
internal static class ColumnNames
{
    /// <summary>Columns are known by number alone; two sets that name the same number in two ways do not belong together.</summary>
    /// <param name="what">What the columns are: <c>feature</c>.</param>
    /// <param name="set">What messages call the first set.</param>
    /// <param name="names">Null where it has none, which fits all.</param>
    /// <param name="other">What messages call the other set.</param>
    /// <param name="otherNames">Of the longer list those behind the shorter one's count for nothing.</param>
    /// <exception cref="LightDxmlException">A column has two names.</exception>
    public static void RequireSame(string what, string set, IReadOnlyList<string>? names, string other, IReadOnlyList<string>? otherNames)
    {
        if (names is null || otherNames is null || ReferenceEquals(names, otherNames))
            return;
        for (var column = 0; column < Math.Min(names.Count, otherNames.Count); column++)
        {
            if (names[column] != otherNames[column])
            {
                throw new LightDxmlException(
                    $"{set} and {other} do not have the same names of {what}s: {what} {column}, counted from 0, is '{names[column]}' in {set} and '{otherNames[column]}' in {other}. Dataset.AlignedTo brings the columns of one in the order of the other.");
            }
        }
    }

    /// <summary>[own] the place of each name among others; −1 where they lack it, and for a name that came before.</summary>
    public static int[] Places(IReadOnlyList<string> own, IReadOnlyList<string> others)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < others.Count; place++)
            places.TryAdd(others[place], place);
        var met = new HashSet<string>(StringComparer.Ordinal);
        return [.. own.Select(name => met.Add(name) ? places.GetValueOrDefault(name, -1) : -1)];
    }

    /// <returns>Whether a list begins with all of another one, so that no column changes its place.</returns>
    public static bool Begins(IReadOnlyList<string> own, IReadOnlyList<string> others) => own.Count <= others.Count && own.SequenceEqual(others.Take(own.Count));

    /// <exception cref="LightDxmlException">There are not as many names as columns, or, where each is to be told from the others, one occurs twice.</exception>
    public static void Check(string set, string what, IReadOnlyList<string> names, int columns, bool areDistinct)
    {
        if (names.Count != columns)
            throw new LightDxmlException($"{set} has {names.Count} names for {columns} {what}s; expected one a {what}.");
        var met = new HashSet<string>(StringComparer.Ordinal);
        if (areDistinct && names.FirstOrDefault(name => !met.Add(name)) is { } twice)
            throw new LightDxmlException($"{set} has two {what}s of the name '{twice}', which names cannot tell from each other.");
    }
}
