namespace LightDxml;

/// <summary>Exchanges rows of different lengths that processes have made one by one.</summary>
internal static class GatheredRows
{
    extension(ProcessGroup processes)
    {
        /// <summary>Gives every process the rows of all.</summary>
        /// <param name="rows">Every process has filled those of its part.</param>
        /// <param name="parts">[size + 1] the first row of each part.</param>
        /// <param name="what">What the volume is counted as.</param>
        /// <param name="keep">False where this process lets go of the rows of others: it helps to send them on, and has no use for them.</param>
        public void GatherRows((int[] Columns, float[] Values)[] rows, int[] parts, string what, bool keep = true)
        {
            if (processes.Size == 1)
                return;
            var lengths = new int[rows.Length];
            for (var row = parts[processes.Rank]; row < parts[processes.Rank + 1]; row++)
                lengths[row] = rows[row].Columns.Length;
            processes.Gather<int>(lengths, 1, parts, what);

            // Some rows of every process at a time, so that what is on its way stays small.
            var starts = parts[..^1];
            while (Enumerable.Range(0, processes.Size).Any(process => starts[process] < parts[process + 1]))
            {
                int[] ends = [.. starts.Select((start, process) => EndOfRound(lengths, start, parts[process + 1]))];
                GatherRound(rows, lengths, starts, ends, what);
                starts = ends;
            }

            void GatherRound((int[] Columns, float[] Values)[] all, int[] lengthOf, int[] first, int[] end, string kind)
            {
                var bounds = new int[processes.Size + 1];
                for (var process = 0; process < processes.Size; process++)
                    bounds[process + 1] = bounds[process] + lengthOf.AsSpan(first[process]..end[process]).ToArray().Sum();
                var (columns, values) = (new int[bounds[^1]], new float[bounds[^1]]);
                var place = bounds[processes.Rank];
                for (var row = first[processes.Rank]; row < end[processes.Rank]; place += lengthOf[row++])
                {
                    all[row].Columns.CopyTo(columns, place);
                    all[row].Values.CopyTo(values, place);
                }

                processes.Gather<int>(columns, 1, bounds, kind);
                processes.Gather<float>(values, 1, bounds, kind);
                for (var process = 0; process < processes.Size; process++)
                {
                    place = bounds[process];
                    for (var row = first[process]; keep && row < end[process] && process != processes.Rank; place += lengthOf[row++])
                        all[row] = (columns[place..(place + lengthOf[row])], values[place..(place + lengthOf[row])]);
                }
            }
        }

        /// <summary>Gives every process the items of all, in the order of their ranks.</summary>
        public T[] GatherItems<T>(T[] own, string what)
            where T : unmanaged
        {
            var counts = new int[processes.Size];
            counts[processes.Rank] = own.Length;
            processes.Gather<int>(counts, 1, [.. Enumerable.Range(0, processes.Size + 1)], what);
            var bounds = new int[processes.Size + 1];
            for (var process = 0; process < processes.Size; process++)
                bounds[process + 1] = checked(bounds[process] + counts[process]);
            var items = new T[bounds[^1]];
            own.CopyTo(items, bounds[processes.Rank]);
            processes.Gather<T>(items, 1, bounds, what);
            return items;
        }
    }

    /// <summary>Entries of one process that are exchanged at once, but for a longer row.</summary>
    private const int RoundEntries = 1 << 22;

    private static int EndOfRound(int[] lengths, int start, int end)
    {
        var entries = 0L;
        var row = start;
        while (row < end && (row == start || entries + lengths[row] <= RoundEntries))
            entries += lengths[row++];
        return row;
    }
}
