using System.Globalization;
using LightDxml.Data;

namespace LightDxml.Cli.Input;

/// <summary>Whether a file is of a test set's documents in their order, as far as both name them.</summary>
internal static class DocumentOrder
{
    /// <param name="ids">What the file calls its documents, "" for one that it does not name, and in which lines.</param>
    /// <param name="testIds">The same of the test set.</param>
    /// <exception cref="DataFormatException">A document has another name than that of the test set in its place.</exception>
    public static void Check(string path, IReadOnlyList<(string Id, long Line)> ids, IReadOnlyList<string> testIds)
    {
        string[] own = [.. ids.Select(document => document.Id)];
        if (!AreNames(own) || !AreNames(testIds))
            return;
        var first = Enumerable.Range(0, Math.Min(own.Length, testIds.Count))
            .FirstOrDefault(place => own[place].Length > 0 && testIds[place].Length > 0 && own[place] != testIds[place], -1);
        // Where documents are merely counted, as 'predict' counts those of features, they are named only if the test set has the same numbers.
        if (first < 0 || AreCounted(own) && !own.ToHashSet().SetEquals(testIds))
            return;
        throw new DataFormatException(path, ids[first].Line, $"found the document '{own[first]}', expected '{testIds[first]}', document {first + 1} of the test set; both must have the same documents in the same order, and ids of the same field (--id-field)");
    }

    /// <summary>What several documents share is no name.</summary>
    private static bool AreNames(IEnumerable<string> ids)
    {
        var seen = new HashSet<string>();
        return ids.All(id => id.Length == 0 || seen.Add(id));
    }

    private static bool AreCounted(string[] ids) => ids is ["0" or "1", ..]
        && ids.Select((id, place) => id == (place + (ids[0] == "1" ? 1 : 0)).ToString(CultureInfo.InvariantCulture)).All(counted => counted);
}
