using LightDxml.Data;

namespace LightDxml.Cli.Output;

/// <summary>Says of a training set how many documents can teach little, since they lack labels or words.</summary>
internal static class EmptyRows
{
    /// <param name="without">What a document without features has not, in words.</param>
    public static void Say(CommandContext context, string name, SparseMatrix features, SparseMatrix labels, string without)
    {
        Say(context, name, labels, "no labels");
        Say(context, name, features, without);
    }

    private static int Count(SparseMatrix rows)
    {
        var count = 0;
        for (var row = 0; row < rows.RowCount; row++)
            count += rows.RowColumns(row).IsEmpty ? 1 : 0;
        return count;
    }

    private static void Say(CommandContext context, string name, SparseMatrix rows, string without)
    {
        if (Count(rows) is > 0 and var count)
            context.Messages.WriteLine($"{name}: {Counted.Of(count, "document has", "documents have")} {without}.");
    }
}
