namespace LightDxml.Training;

/// <summary>Labels that an update removes, or merges into others.</summary>
/// <param name="Removed">Label rows.</param>
/// <param name="Merged">Label rows, and the row that each goes to.</param>
internal sealed record LabelEdits(IReadOnlySet<int> Removed, IReadOnlyDictionary<int, int> Merged)
{
    private readonly HashSet<int> _targets = [.. Merged.Values];

    public static LabelEdits None { get; } = new(new HashSet<int>(), new Dictionary<int, int>());

    /// <summary>Where the documents of a label count: for itself, for another label, or, −1, for none.</summary>
    public int GoesTo(int label) => Removed.Contains(label) ? -1 : Merged.GetValueOrDefault(label, label);

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Removed.Count == 0 && Merged.Count == 0;

    /// <summary>Whether another label is merged into one.</summary>
    public bool IsTarget(int label) => _targets.Contains(label);
}
