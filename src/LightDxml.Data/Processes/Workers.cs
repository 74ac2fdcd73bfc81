namespace LightDxml;

/// <summary>What work is shared out to: the processes of a group, and the threads of each. Results depend on neither.</summary>
/// <param name="Threads">Of this process; 0 takes every processor.</param>
internal readonly record struct Workers(int Threads, ProcessGroup Processes)
{
    /// <summary>Threads of a process by itself.</summary>
    public static implicit operator Workers(int threads) => new(threads, ProcessGroup.Alone);

    /// <summary>Cuts rows into a part a process, all of a size.</summary>
    /// <returns>[processes + 1] the first row of each part.</returns>
    public int[] Parts(int rows)
    {
        var size = Processes.Size;
        return [.. Enumerable.Range(0, size + 1).Select(process => (int)((long)rows * process / size))];
    }

    /// <summary>Cuts rows into a part a process, each of about the same work.</summary>
    /// <inheritdoc cref="Parts(int)"/>
    public int[] Parts(int rows, Func<int, long> workOf)
    {
        var size = Processes.Size;
        if (size == 1)
            return [0, rows];
        var before = new long[rows + 1];
        for (var row = 0; row < rows; row++)
            before[row + 1] = before[row] + workOf(row);
        var bounds = new int[size + 1];
        for (var process = 1; process < size; process++)
        {
            var place = Array.BinarySearch(before, before[^1] / size * process);
            bounds[process] = Math.Max(bounds[process - 1], Math.Min(rows, place < 0 ? ~place : place));
        }

        bounds[size] = rows;
        return bounds;
    }

    /// <summary>As <see cref="RowRanges.ForEach"/> over the rows of this process's part.</summary>
    /// <param name="parts">From <see cref="Parts(int)"/>.</param>
    public void ForEach(int[] parts, int grain, Action<int, int> body)
    {
        var start = parts[Processes.Rank];
        RowRanges.ForEach(parts[Processes.Rank + 1] - start, grain, Threads, (first, end) => body(start + first, start + end));
    }
}
