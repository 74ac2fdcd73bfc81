using LightDxml.Models;

namespace LightDxml.Baselines.Linear;

/// <summary>
/// Pruned linear classifiers in groups that are scored together. A group's weights are stored by feature (features
/// ascending, and of each feature the classifiers that weigh it), so that a document's feature is looked up once for all
/// of them.
/// </summary>
internal sealed class GroupedClassifiers
{
    private readonly int[] _slotOffsets;
    private readonly float[] _biases;
    private readonly int[] _rowOffsets;
    private readonly ReadOnlyMemory<int> _features;
    private readonly ReadOnlyMemory<int> _entryOffsets;
    private readonly ReadOnlyMemory<int> _children;
    private readonly ReadOnlyMemory<float> _weights;

    // Of each group a table over ranges of 2^shift features: where the range's rows start. Ranges are about as many as rows.
    private readonly int[] _bucketOffsets;
    private readonly byte[] _shifts;
    private readonly int[] _buckets;

    /// <param name="slotOffsets">[groups + 1], the first classifier of each group.</param>
    /// <param name="biases">[classifiers].</param>
    /// <param name="rowOffsets">[groups + 1], the first feature row of each group.</param>
    /// <param name="features">[rows], of each group ascending.</param>
    /// <param name="entryOffsets">[rows + 1], the first weight of each feature row.</param>
    /// <param name="children">[weights], the classifier, counted within its group.</param>
    /// <param name="weights">[weights].</param>
    public GroupedClassifiers(
        int featureCount, int[] slotOffsets, float[] biases, int[] rowOffsets,
        ReadOnlyMemory<int> features, ReadOnlyMemory<int> entryOffsets, ReadOnlyMemory<int> children, ReadOnlyMemory<float> weights)
    {
        FeatureCount = featureCount;
        (_slotOffsets, _biases, _rowOffsets) = (slotOffsets, biases, rowOffsets);
        (_features, _entryOffsets, _children, _weights) = (features, entryOffsets, children, weights);
        (_bucketOffsets, _shifts, _buckets) = Buckets();
    }

    public int FeatureCount { get; }

    public int GroupCount => _rowOffsets.Length - 1;

    /// <summary>[weights].</summary>
    internal ReadOnlyMemory<float> Weights => _weights;

    /// <summary>scores[c] = ⟨w_c, x⟩ + b_c for every classifier c of a group.</summary>
    /// <param name="columns">Features of x, ascending.</param>
    /// <param name="scores">[classifiers of the group], overwritten.</param>
    public void Score(int group, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> scores)
    {
        var firstSlot = _slotOffsets[group];
        _biases.AsSpan(firstSlot, scores.Length).CopyTo(scores);
        var (firstRow, endRow) = (_rowOffsets[group], _rowOffsets[group + 1]);
        if (firstRow == endRow)
            return;
        var shift = _shifts[group];
        var features = _features.Span;
        var rows = new Rows(_entryOffsets.Span, _children.Span, _weights.Span);
        var buckets = _buckets.AsSpan(_bucketOffsets[group], _bucketOffsets[group + 1] - _bucketOffsets[group]);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            var bucket = column >> shift;
            for (var row = buckets[bucket]; row < buckets[bucket + 1]; row++)
            {
                if (features[row] < column)
                    continue;
                if (features[row] == column)
                    rows.Add(row, values[i], scores);
                break;
            }
        }
    }

    // The memory's spans, taken once a score: each taking is a virtual call.
    private readonly ref struct Rows(ReadOnlySpan<int> entryOffsets, ReadOnlySpan<int> children, ReadOnlySpan<float> weights)
    {
        private readonly ReadOnlySpan<int> _entryOffsets = entryOffsets;
        private readonly ReadOnlySpan<int> _children = children;
        private readonly ReadOnlySpan<float> _weights = weights;

        public void Add(int row, float value, Span<float> scores)
        {
            var (first, end) = (_entryOffsets[row], _entryOffsets[row + 1]);
            var children = _children[first..end];
            var weights = _weights.Slice(first, children.Length);
            for (var i = 0; i < children.Length; i++)
                scores[children[i]] += value * weights[i];
        }
    }

    private (int[] Offsets, byte[] Shifts, int[] Buckets) Buckets()
    {
        var offsets = new int[GroupCount + 1];
        var shifts = new byte[GroupCount];
        for (var group = 0; group < GroupCount; group++)
        {
            var rows = _rowOffsets[group + 1] - _rowOffsets[group];
            while (FeatureCount >> shifts[group] > Math.Max(1, rows))
                shifts[group]++;
            offsets[group + 1] = offsets[group] + (FeatureCount >> shifts[group]) + 2;
        }

        var buckets = new int[offsets[^1]];
        var features = _features.Span;
        for (var group = 0; group < GroupCount; group++)
        {
            var row = _rowOffsets[group];
            var own = buckets.AsSpan(offsets[group], offsets[group + 1] - offsets[group]);
            for (var bucket = 0; bucket < own.Length; bucket++)
            {
                while (row < _rowOffsets[group + 1] && features[row] >> shifts[group] < bucket)
                    row++;
                own[bucket] = row;
            }
        }

        return (offsets, shifts, buckets);
    }

    public void AddTensors(SafetensorsWriter writer, string prefix)
    {
        writer.Add<float>(prefix + "biases", TensorType.F32, [_biases.Length], _biases);
        writer.Add<int>(prefix + "row_offsets", TensorType.I32, [_rowOffsets.Length], _rowOffsets);
        writer.Add<int>(prefix + "features", TensorType.I32, [_features.Length], _features);
        writer.Add<int>(prefix + "entry_offsets", TensorType.I32, [_entryOffsets.Length], _entryOffsets);
        writer.Add<int>(prefix + "children", TensorType.I32, [_children.Length], _children);
        writer.Add<float>(prefix + "weights", TensorType.F32, [_weights.Length], _weights);
    }

    /// <exception cref="LightDxmlException">The tensors do not describe classifiers of these groups.</exception>
    public static GroupedClassifiers Read(SafetensorsFile file, string prefix, int featureCount, int[] slotOffsets)
    {
        var biases = TensorReading.Floats(file, prefix + "biases", slotOffsets[^1]).ToArray();
        var rowOffsets = TensorReading.Offsets(file, prefix + "row_offsets", slotOffsets.Length).ToArray();
        var features = TensorReading.Ints(file, prefix + "features", rowOffsets[^1], 0, featureCount);
        var entryOffsets = TensorReading.Offsets(file, prefix + "entry_offsets", features.Length + 1);
        var children = TensorReading.Ints(file, prefix + "children", entryOffsets.Span[^1], 0, int.MaxValue);
        var weights = TensorReading.Floats(file, prefix + "weights", children.Length);
        var rows = features.Span;
        var entries = entryOffsets.Span;
        var slots = children.Span;
        for (var group = 0; group + 1 < slotOffsets.Length; group++)
        {
            for (var row = rowOffsets[group]; row < rowOffsets[group + 1]; row++)
            {
                if (row > rowOffsets[group] && rows[row] <= rows[row - 1])
                    throw new LightDxmlException($"{file.Path}: the features of group {group} in {prefix}features are not ascending.");
            }

            foreach (var child in slots[entries[rowOffsets[group]]..entries[rowOffsets[group + 1]]])
            {
                if (child >= slotOffsets[group + 1] - slotOffsets[group])
                    throw new LightDxmlException($"{file.Path}: {prefix}children names classifier {child} of group {group}, which has {slotOffsets[group + 1] - slotOffsets[group]}.");
            }
        }

        return new GroupedClassifiers(featureCount, slotOffsets, biases, rowOffsets, features, entryOffsets, children, weights);
    }
}
