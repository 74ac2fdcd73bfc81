using System.IO.Hashing;
using System.Runtime.InteropServices;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>
/// Whether the processes of a group are about to compute the same: each does a part of one result, so that another program, another file or other
/// settings in one of them would be in the result unseen.
/// </summary>
internal static class ProcessAgreement
{
    /// <param name="validation">What is chosen by, where it is a set of its own.</param>
    /// <param name="names">The names by which labels are found, or null.</param>
    /// <param name="options">Resolved.</param>
    /// <inheritdoc cref="Check(ProcessGroup, SparseMatrix, ReadOnlySpan{ValueTuple{string, string}})"/>
    public static void Check(Dataset train, Dataset? validation, LabelTexts? names, TrainingOptions options, ProcessGroup processes)
    {
        if (processes.Size == 1)
            return;
        Check(
            processes, train.Features,
            ("other settings", string.Join('\n', Settings.All.Select(setting => setting.GetText(options)))),
            ("other labels", $"{Hash(train.Labels)}"),
            ("other validation documents", validation is null ? "" : $"{Hash(validation.Features)} {Hash(validation.Labels)}"),
            ("other names of labels", names is null ? "" : $"{Hash(names)}"));
    }

    /// <param name="more">What else must be the same, as messages call it where it is not: <c>other settings</c>.</param>
    /// <exception cref="LightDxmlException">One differs from the first; the same in every process.</exception>
    public static void Check(ProcessGroup processes, SparseMatrix documents, params ReadOnlySpan<(string Different, string Value)> more)
    {
        (string Different, ulong Hash)[] own =
        [
            ("another build of the program", Hash(ProgramParts.Builds())),
            ("vectors of another width", Hash($"{KernelBackends.Select().Name} {KernelBackends.VectorBits}")),
            ("multiply-adds of another rounding", Hash(KernelBackends.MultiplyAdds)),
            ("other documents", Hash(documents)),
            .. more.ToArray().Select(part => (part.Different, Hash(part.Value))),
        ];
        var all = processes.GatherItems(Array.ConvertAll(own, part => part.Hash), "decisions");
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i] != all[i % own.Length])
                throw new LightDxmlException($"Rank {i / own.Length} has {own[i % own.Length].Different} than rank 0, and would compute a part of something else. All ranks need the same program, data and settings, and processors with vectors of one width.");
        }
    }

    /// <param name="device">What this process searches labels on.</param>
    /// <exception cref="LightDxmlException">One searches on another than the first; the same in every process.</exception>
    public static void CheckDevice(ProcessGroup processes, string device)
    {
        var all = processes.GatherItems([Hash(device)], "decisions");
        var other = Array.FindIndex(all, hash => hash != all[0]);
        if (other >= 0)
            throw new LightDxmlException($"Rank {other} searches labels on another device than rank 0, and would find others. Machines need the same GPU, or none: shortlist.index=exact and ivf keep to the processor.");
    }

    private static ulong Hash(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));

    private static ulong Hash(LabelTexts names)
    {
        var hash = new XxHash3();
        foreach (var label in names.Names)
        {
            hash.Append(MemoryMarshal.AsBytes([label.Count]));
            foreach (var name in label)
            {
                hash.Append(MemoryMarshal.AsBytes([name.Length]));
                hash.Append(MemoryMarshal.AsBytes(name.AsSpan()));
            }
        }

        return hash.GetCurrentHashAsUInt64();
    }

    private static ulong Hash(SparseMatrix matrix)
    {
        var hash = new XxHash3();
        hash.Append(MemoryMarshal.AsBytes([matrix.RowCount, matrix.ColumnCount]));
        for (var row = 0; row < matrix.RowCount; row++)
        {
            hash.Append(MemoryMarshal.AsBytes([matrix.RowLength(row)]));
            hash.Append(MemoryMarshal.AsBytes(matrix.RowColumns(row)));
            if (matrix.HasValues)
                hash.Append(MemoryMarshal.AsBytes(matrix.RowValues(row)));
        }

        return hash.GetCurrentHashAsUInt64();
    }
}
