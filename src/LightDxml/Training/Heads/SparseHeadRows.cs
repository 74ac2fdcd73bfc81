using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>A sparse classifier that is filled label by label; a label that is not trained has the margin −1 everywhere.</summary>
internal sealed class SparseHeadRows
{
    public SparseHeadRows(int labels)
    {
        Weights = new (int[] Columns, float[] Values)[labels];
        Biases = new float[labels];
        Array.Fill(Weights, ([], []));
        Array.Fill(Biases, -1);
    }

    public (int[] Columns, float[] Values)[] Weights { get; }

    public float[] Biases { get; }

    /// <summary>What processes exchange for it.</summary>
    public const string Exchanged = "sparse classifier";

    /// <summary>Weights of some labels so far.</summary>
    public long Count(int first, int end) => Weights[first..end].Sum(row => (long)row.Columns.Length);

    /// <summary>Gives every process the rows of all: each has filled those of its part.</summary>
    public void Gather(ProcessGroup processes, int[] parts)
    {
        processes.GatherRows(Weights, parts, Exchanged);
        processes.Gather<float>(Biases, 1, parts, Exchanged);
    }

    /// <summary>The classifier of some labels, whose rows are not here any more: the weights of all labels twice are the most that a training holds.</summary>
    public SparseClassifier Join(int featureCount, int first, int end)
    {
        var rows = Weights[first..end];
        Array.Fill(Weights, ([], []), first, end - first);
        return new SparseClassifier(SparseMatrix.OfRows(rows, featureCount, release: true), Biases[first..end]);
    }

    /// <summary>Writes the rows of some labels.</summary>
    public void Write(SafetensorsWriter file, string name, int[] labels)
    {
        file.Add(name, [.. labels.Select(label => Weights[label])], int.MaxValue);
        file.Add($"{name}.biases", [.. labels.Select(label => Biases[label])]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(SafetensorsFile file, string name, int[] labels)
    {
        var rows = file.Sparse(name);
        var biases = file.Floats($"{name}.biases");
        for (var i = 0; i < labels.Length; i++)
            (Weights[labels[i]], Biases[labels[i]]) = ((rows.RowColumns(i).ToArray(), rows.RowValues(i).ToArray()), biases[i]);
    }
}
