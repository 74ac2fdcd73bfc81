using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>A sparse classifier of which each process of a group keeps the labels that it has solved, until the first one wants all.</summary>
/// <param name="Own">[labels of this process, features].</param>
/// <param name="Parts">[processes + 1] the first label of each.</param>
/// <param name="WeightCount">Weights of all labels.</param>
internal sealed record KeptClassifier(SparseClassifier Own, int[] Parts, long WeightCount, ProcessGroup Processes)
{
    /// <summary>A classifier that all processes have.</summary>
    public static KeptClassifier Of(SparseClassifier whole) => new(whole, [0, whole.Biases.Length], whole.Weights.NonZeroCount, ProcessGroup.Alone);

    /// <summary>Whether this is the process that writes what all have.</summary>
    public bool IsFirst => Processes.IsFirst;

    /// <summary>The classifier of all labels for the first process; one without weights for the others.</summary>
    public SparseClassifier ForFirst()
    {
        if (Processes.Size == 1)
            return Own;
        var rows = new (int[] Columns, float[] Values)[Parts[^1]];
        Array.Fill(rows, ([], []));
        var biases = new float[rows.Length];
        var first = Parts[Processes.Rank];
        for (var i = 0; i < Own.Biases.Length; i++)
            rows[first + i] = (Own.Weights.RowColumns(i).ToArray(), Own.Weights.RowValues(i).ToArray());
        Own.Biases.CopyTo(biases, first);
        Processes.GatherRows(rows, Parts, SparseHeadRows.Exchanged, keep: Processes.IsFirst);
        Processes.Gather<float>(biases, 1, Parts, SparseHeadRows.Exchanged);
        if (!Processes.IsFirst)
            Array.Fill(rows, ([], []));
        return new SparseClassifier(SparseMatrix.OfRows(rows, Own.Weights.ColumnCount, release: true), biases);
    }

    public void Write(SafetensorsWriter file, string name)
    {
        file.Add(name, Own.Weights);
        file.Add($"{name}.biases", Own.Biases);
        file.Add($"{name}.weightCount", WeightCount);
    }

    /// <summary>This process's part of what others wrote, who may have been another number.</summary>
    public static KeptClassifier Read(IReadOnlyList<SafetensorsFile> files, string name, Workers workers)
    {
        var parts = workers.Parts(files.Sum(file => (int)file.Find($"{name}.biases", TensorType.F32, 1).ElementCount));
        var (first, end) = (parts[workers.Processes.Rank], parts[workers.Processes.Rank + 1]);
        var rows = new List<SparseMatrix>();
        var biases = new List<float>();
        var start = 0;
        foreach (var file in files)
        {
            var written = file.Floats($"{name}.biases");
            var (from, to) = (Math.Clamp(first - start, 0, written.Length), Math.Clamp(end - start, 0, written.Length));
            if (from < to)
            {
                var weights = file.Sparse(name);
                rows.Add(from == 0 && to == written.Length ? weights : weights.SelectRows([.. Enumerable.Range(from, to - from)]));
                biases.AddRange(written[from..to]);
            }

            start += written.Length;
        }

        var own = rows.Count > 0 ? rows.Aggregate(SparseMatrix.Stack) : SparseMatrix.OfRows([], files[0].Whole($"{name}.columnCount")[0]);
        return new KeptClassifier(new SparseClassifier(own, [.. biases]), parts, files[0].Longs($"{name}.weightCount")[0], workers.Processes);
    }
}
