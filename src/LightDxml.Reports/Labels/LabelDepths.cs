namespace LightDxml.Reports.Labels;

/// <summary>Depths in a hierarchy in which a label may have several parents.</summary>
internal static class LabelDepths
{
    /// <summary>[entries] steps to the nearest root, breadth first from the roots; null for labels that only hang on a cycle. Null where no label has a parent.</summary>
    /// <param name="entries">Id and parents' ids; parents that are not among the entries do not count.</param>
    public static int?[]? Of(IReadOnlyList<(string? Id, IReadOnlyList<string> Parents)> entries)
    {
        var rowOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < entries.Count; row++)
            if (entries[row].Id is { } id)
                rowOf[id] = row;

        var children = new List<int>?[entries.Count];
        var depths = new int?[entries.Count];
        var queue = new Queue<int>();
        for (var row = 0; row < entries.Count; row++)
        {
            var isRoot = true;
            foreach (var parent in entries[row].Parents)
            {
                if (!rowOf.TryGetValue(parent, out var parentRow))
                    continue;
                isRoot = false;
                (children[parentRow] ??= []).Add(row);
            }

            if (!isRoot)
                continue;
            depths[row] = 0;
            queue.Enqueue(row);
        }

        if (queue.Count == entries.Count)
            return null;
        while (queue.TryDequeue(out var row))
        {
            foreach (var child in children[row] ?? [])
            {
                if (depths[child] is not null)
                    continue;
                depths[child] = depths[row] + 1;
                queue.Enqueue(child);
            }
        }

        return depths;
    }
}
