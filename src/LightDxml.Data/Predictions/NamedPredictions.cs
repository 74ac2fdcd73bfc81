namespace LightDxml.Data.Predictions;

/// <summary>The predictions of a file, before their labels are found among those of a data set.</summary>
/// <param name="Rankings">Of label numbers where <paramref name="Names"/> is null, else of places in it.</param>
/// <param name="Names">What the file calls its labels, in the order in which it first has them.</param>
/// <param name="LabelCount">Labels by the file's own count, where it has one.</param>
/// <param name="Ids">What the file calls its documents, "" for one that it does not name, and in which lines; null where it names none.</param>
/// <param name="IsKnown">Whether the model knew anything of each document; null where it is known of all, or the file does not say.</param>
internal sealed record NamedPredictions(RankedLabels Rankings, IReadOnlyList<string>? Names, int? LabelCount, IReadOnlyList<(string Id, long Line)>? Ids = null, bool[]? IsKnown = null);
