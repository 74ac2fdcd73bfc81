using LightDxml.Models;

namespace LightDxml.Baselines.InstanceTrees;

/// <summary>
/// A tree over points. An inner node sends a point right where ⟨w, x⟩ + b &gt; 0, else left; a leaf has a distribution of
/// labels. Entries of a node are its weights by feature, or its shares by label.
/// </summary>
/// <param name="children">[2 × nodes], left and right; −1 in leaves. Children have higher numbers than their node.</param>
/// <param name="biases">[nodes].</param>
/// <param name="offsets">[nodes + 1], the first entry of each node.</param>
/// <param name="columns">[entries], features of inner nodes, labels of leaves.</param>
/// <param name="values">[entries].</param>
internal sealed class InstanceTree(int[] children, float[] biases, int[] offsets, ReadOnlyMemory<int> columns, ReadOnlyMemory<float> values)
{
    /// <summary>The leaf that a point reaches.</summary>
    /// <param name="point">[features], dense.</param>
    public int Leaf(ReadOnlySpan<float> point)
    {
        var entryColumns = columns.Span;
        var entryValues = values.Span;
        var node = 0;
        while (children[2 * node] >= 0)
        {
            var score = biases[node];
            for (var entry = offsets[node]; entry < offsets[node + 1]; entry++)
                score += entryValues[entry] * point[entryColumns[entry]];
            node = children[2 * node + (score > 0 ? 1 : 0)];
        }

        return node;
    }

    /// <summary>The labels of a leaf.</summary>
    public ReadOnlySpan<int> Labels(int leaf) => columns.Span[offsets[leaf]..offsets[leaf + 1]];

    /// <summary>What each of the leaf's labels counts.</summary>
    public ReadOnlySpan<float> Shares(int leaf) => values.Span[offsets[leaf]..offsets[leaf + 1]];

    internal void AddTensors(SafetensorsWriter writer, string prefix)
    {
        writer.Add<int>(prefix + "children", TensorType.I32, [children.Length], children);
        writer.Add<float>(prefix + "biases", TensorType.F32, [biases.Length], biases);
        writer.Add<int>(prefix + "offsets", TensorType.I32, [offsets.Length], offsets);
        writer.Add<int>(prefix + "columns", TensorType.I32, [columns.Length], columns);
        writer.Add<float>(prefix + "values", TensorType.F32, [values.Length], values);
    }

    /// <exception cref="LightDxmlException">The tensors do not describe a tree.</exception>
    internal static InstanceTree Read(SafetensorsFile file, string prefix, int featureCount, int labelCount)
    {
        var biases = TensorReading.Floats(file, prefix + "biases").ToArray();
        var children = TensorReading.Ints(file, prefix + "children", 2L * biases.Length, -1, biases.Length).ToArray();
        var offsets = TensorReading.Offsets(file, prefix + "offsets", biases.Length + 1).ToArray();
        var columns = TensorReading.Ints(file, prefix + "columns", offsets[^1], 0, int.MaxValue);
        var values = TensorReading.Floats(file, prefix + "values", columns.Length);
        for (var node = 0; node < biases.Length; node++)
        {
            var isLeaf = children[2 * node] < 0;
            if (isLeaf ? children[2 * node + 1] >= 0 : Math.Min(children[2 * node], children[2 * node + 1]) <= node)
                throw new LightDxmlException($"{file.Path}: {prefix}children of node {node} do not follow it.");
            foreach (var column in columns.Span[offsets[node]..offsets[node + 1]])
            {
                if (column >= (isLeaf ? labelCount : featureCount))
                    throw new LightDxmlException($"{file.Path}: {prefix}columns of node {node} holds {column}, which is too great.");
            }
        }

        return biases.Length > 0 ? new InstanceTree(children, biases, offsets, columns, values) : throw new LightDxmlException($"{file.Path}: {prefix}biases is empty.");
    }
}
