namespace LightDxml.Text.Reading;

/// <summary>Names of fields that a source has and that are not read.</summary>
internal static class UnreadFields
{
    private const int Named = 6;

    /// <param name="what">Columns, or fields.</param>
    /// <returns>One note, or none where there are no names.</returns>
    public static IEnumerable<string> Note(string what, IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
            yield return $"{what} that are not read: {string.Join(", ", names.Take(Named).Select(name => $"'{name}'"))}{(names.Count > Named ? $" and {names.Count - Named:N0} more" : "")}.";
    }
}
