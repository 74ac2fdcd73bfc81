using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>The points that have a label on their list of candidates and do not carry it. Of the processes of a group each finds those of its labels.</summary>
/// <param name="Points">[labels, points]: none for other processes' labels.</param>
/// <param name="Counts">[labels] how many there are, of all labels.</param>
/// <param name="Labels">[processes + 1] the first label of each process: parts of about the same work.</param>
internal sealed record ListedPoints(SparseMatrix Points, int[] Counts, int[] Labels)
{
    /// <summary>Documents of one process whose candidates are exchanged at once.</summary>
    private const int RoundDocuments = 8192;

    /// <summary>In one process.</summary>
    public static ListedPoints Of(SparseMatrix truth, RankedLabels candidates) => Of(truth, Shortlists.Of(candidates), 1, static (_, count) => count);

    /// <param name="truth">[points, labels] the labels that points carry.</param>
    /// <param name="candidates">Of this process's points.</param>
    /// <param name="workOf">What a label costs with so many listed points.</param>
    public static ListedPoints Of(SparseMatrix truth, Shortlists candidates, Workers workers, Func<int, int, long> workOf)
    {
        var (processes, labels) = (workers.Processes, truth.ColumnCount);
        var counts = new int[labels];
        for (var i = 0; i < candidates.Labels.PointCount; i++)
        {
            foreach (var label in candidates.Labels.Labels(i))
            {
                if (Lists(truth, candidates.First + i, label))
                    counts[label]++;
            }
        }

        // Points of one process come before those of the next, so that each knows where its own belong.
        var all = processes.GatherItems(counts, "candidates");
        for (var label = 0; label < labels; label++)
        {
            for (var process = 0; process < processes.Size; process++)
                counts[label] += process == processes.Rank ? 0 : all[process * labels + label];
        }

        var parts = workers.Parts(labels, label => workOf(label, counts[label]));
        var (firstLabel, endLabel) = (parts[processes.Rank], parts[processes.Rank + 1]);
        var offsets = new long[labels + 1];
        for (var label = 0; label < labels; label++)
            offsets[label + 1] = offsets[label] + (label >= firstLabel && label < endLabel ? counts[label] : 0);
        var points = new int[offsets[^1]];
        var next = offsets[firstLabel..endLabel];
        for (var process = 0; process < processes.Size; process++)
        {
            for (var label = firstLabel; label < endLabel; label++)
                (all[process * labels + label], next[label - firstLabel]) = ((int)next[label - firstLabel], next[label - firstLabel] + all[process * labels + label]);
        }

        ForEachRound(candidates, processes, (process, point, listed) =>
        {
            foreach (var label in listed)
            {
                if (label >= firstLabel && label < endLabel && Lists(truth, point, label))
                    points[all[process * labels + label]++] = point;
            }
        });
        return new ListedPoints(new SparseMatrix(labels, truth.RowCount, offsets, points), counts, parts);
    }

    private static bool Lists(SparseMatrix truth, int point, int label) => label >= 0 && truth.RowColumns(point).BinarySearch(label) < 0;

    private delegate void Listed(int process, int point, ReadOnlySpan<int> labels);

    /// <summary>Shows every process the candidates of all points, some at a time; those of one process in their order.</summary>
    private static void ForEachRound(Shortlists candidates, ProcessGroup processes, Listed found)
    {
        var (parts, width) = (candidates.Parts, candidates.Width);
        var most = Enumerable.Range(0, processes.Size).Max(process => parts[process + 1] - parts[process]);
        var buffer = Array.Empty<int>();
        for (var start = 0; start < most; start += RoundDocuments)
        {
            var bounds = new int[processes.Size + 1];
            for (var process = 0; process < processes.Size; process++)
                bounds[process + 1] = bounds[process] + Math.Clamp(parts[process + 1] - parts[process] - start, 0, RoundDocuments);
            if (buffer.Length < bounds[^1] * width)
                buffer = new int[bounds[^1] * width];
            var own = bounds[processes.Rank + 1] - bounds[processes.Rank];
            candidates.Labels.Labels(own == 0 ? 0 : start, own).CopyTo(buffer.AsSpan(bounds[processes.Rank] * width));
            processes.Gather<int>(buffer, width, bounds, "candidates");
            for (var process = 0; process < processes.Size; process++)
            {
                for (var row = bounds[process]; row < bounds[process + 1]; row++)
                    found(process, parts[process] + start + row - bounds[process], buffer.AsSpan(row * width, width));
            }
        }
    }
}
