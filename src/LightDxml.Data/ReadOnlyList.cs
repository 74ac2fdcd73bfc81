using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace LightDxml.Data;

/// <summary>Lists that are shown to callers, who cannot change what is behind them.</summary>
internal static class ReadOnlyList
{
    /// <summary>The list itself, without the way to its array.</summary>
    [return: NotNullIfNotNull(nameof(list))]
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T>? list) => list is IList<T> changeable ? new ReadOnlyCollection<T>(changeable) : list;
}
