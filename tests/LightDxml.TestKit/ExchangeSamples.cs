namespace LightDxml.TestKit;

/// <summary>Exchanges of every kind and of several sizes, and what every process must have afterwards.</summary>
internal static class ExchangeSamples
{
    /// <returns>A line a sample: its name, and <c>right</c> or what is wrong. The same in every process.</returns>
    public static string[] Run(ProcessGroup processes) =>
    [
        .. new[] { 0, 1, 7, 1000, 100_000 }.Select(rows => $"gather {rows}: {Gather(processes, rows)}"),
        $"several at once: {Several(processes)}",
        $"rows: {Rows(processes)}",
        $"items: {Items(processes)}",
        $"broadcast: {Broadcast(processes)}",
        $"decision: {(processes.Decide(() => true) && !processes.Decide(() => false) ? "right" : "wrong")}",
        $"volumes: {string.Join(", ", processes.Volumes.ByKind.Select(kind => $"{kind.What} {kind.Bytes}"))}",
    ];

    private static string Gather(ProcessGroup processes, int rows)
    {
        const int Width = 3;
        var parts = new Workers(1, processes).Parts(rows, row => row % 5);
        var values = new int[rows * Width];
        for (var i = parts[processes.Rank] * Width; i < parts[processes.Rank + 1] * Width; i++)
            values[i] = i * 7;
        processes.Gather<int>(values, Width, parts, "rows");
        return Verdict(values.Index().All(value => value.Item == value.Index * 7));
    }

    private static string Several(ProcessGroup processes)
    {
        var parts = new Workers(1, processes).Parts(500);
        var (matrix, doubles) = (new Data.DenseMatrix(500, 20), new double[500]);
        for (var row = parts[processes.Rank]; row < parts[processes.Rank + 1]; row++)
        {
            matrix.Row(row).Fill(row);
            doubles[row] = row / 3.0;
        }

        using var exchange = new Exchange(processes, "several");
        exchange.Add(matrix, parts).Add(doubles, 1, parts).Complete();
        return Verdict(Enumerable.Range(0, 500).All(row => matrix.Row(row)[19] == row && doubles[row] == row / 3.0));
    }

    private static string Rows(ProcessGroup processes)
    {
        var parts = new Workers(1, processes).Parts(60);
        var rows = new (int[] Columns, float[] Values)[60];
        for (var row = parts[processes.Rank]; row < parts[processes.Rank + 1]; row++)
            rows[row] = ([.. Enumerable.Range(row, row % 9)], [.. Enumerable.Range(row, row % 9).Select(value => value / 8f)]);
        processes.GatherRows(rows, parts, "rows");
        return Verdict(rows.Index().All(row => row.Item.Columns.SequenceEqual(Enumerable.Range(row.Index, row.Index % 9)) && row.Item.Values.Zip(row.Item.Columns).All(pair => pair.First == pair.Second / 8f)));
    }

    private static string Items(ProcessGroup processes)
    {
        var items = processes.GatherItems<short>([.. Enumerable.Repeat((short)processes.Rank, processes.Rank + 1)], "items");
        return Verdict(items.SequenceEqual(Enumerable.Range(0, processes.Size).SelectMany(rank => Enumerable.Repeat((short)rank, rank + 1))));
    }

    private static string Broadcast(ProcessGroup processes)
    {
        double[] values = processes.IsFirst ? [1.5, -2, 4] : new double[3];
        processes.Broadcast<double>(values, "broadcast");
        return Verdict(values is [1.5, -2, 4]);
    }

    private static string Verdict(bool isRight) => isRight ? "right" : "wrong";
}
