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

    /// <summary>Weights so far.</summary>
    public long Count => Weights.Sum(row => (long)row.Columns.Length);

    /// <summary>Gives every process the rows of all: each has filled those of its part.</summary>
    public void Gather(ProcessGroup processes, int[] parts)
    {
        processes.GatherRows(Weights, parts, "sparse classifier");
        processes.Gather<float>(Biases, 1, parts, "sparse classifier");
    }

    /// <summary>The classifier of all rows, which are let go of.</summary>
    public SparseClassifier Join(int featureCount)
    {
        var joined = SparseMatrix.OfRows(Weights, featureCount);
        Array.Fill(Weights, ([], []));
        return new SparseClassifier(joined, Biases);
    }

    /// <summary>Writes the rows of some labels.</summary>
    public void Write(SafetensorsWriter file, string name, int[] labels)
    {
        file.Add(name, SparseMatrix.OfRows([.. labels.Select(label => Weights[label])], int.MaxValue));
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
