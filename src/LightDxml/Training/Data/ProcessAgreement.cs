using System.IO.Hashing;
using System.Runtime.InteropServices;
using LightDxml.Data;
using LightDxml.Configuration;
using LightDxml.Kernels;

namespace LightDxml.Training;

/// <summary>
/// Whether the processes of a group are about to train the same: each computes a part of one result, so that another program, another file or other
/// settings in one of them would be in the model unseen.
/// </summary>
internal static class ProcessAgreement
{
    private static readonly string[] What = ["another build of the program", "vectors of another width", "other settings", "other documents"];

    /// <param name="options">Resolved.</param>
    /// <exception cref="LightDxmlException">One differs from the first; the same in every process.</exception>
    public static void Check(Dataset train, TrainingOptions options, ProcessGroup processes)
    {
        if (processes.Size == 1)
            return;
        var all = processes.GatherItems(
        [
            Hash(typeof(Trainer).Module.ModuleVersionId.ToString()), Hash($"{KernelBackends.Select().Name} {KernelBackends.VectorBits}"),
            Hash(string.Join('\n', Settings.All.Select(setting => setting.GetText(options)))), Hash(train),
        ], "decisions");
        for (var rank = 1; rank < processes.Size; rank++)
        {
            for (var i = 0; i < What.Length; i++)
            {
                if (all[rank * What.Length + i] != all[i])
                    throw new LightDxmlException($"Rank {rank} has {What[i]} than rank 0 and would compute another model. All ranks need the same program, data and settings, and processors with vectors of one width.");
            }
        }
    }

    private static ulong Hash(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));

    private static ulong Hash(Dataset train)
    {
        var hash = new XxHash3();
        hash.Append(MemoryMarshal.AsBytes([train.PointCount, train.FeatureCount, train.LabelCount]));
        for (var point = 0; point < train.PointCount; point++)
        {
            hash.Append(MemoryMarshal.AsBytes(train.Labels.RowColumns(point)));
            hash.Append(MemoryMarshal.AsBytes(train.Features.RowColumns(point)));
            hash.Append(MemoryMarshal.AsBytes(train.Features.RowValues(point)));
        }

        return hash.GetCurrentHashAsUInt64();
    }
}
