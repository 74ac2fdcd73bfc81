namespace LightDxml.Data.Formats;

/// <summary>Writes points as XML-repository text (with header) or as svmlight (without).</summary>
internal static class PointWriter
{
    public static void Write(Dataset dataset, Stream stream, bool withHeader)
    {
        using var writer = new NumberWriter(stream);
        if (withHeader)
            WriteHeader(dataset, writer);
        for (var point = 0; point < dataset.PointCount; point++)
            WritePoint(dataset.Labels.RowColumns(point), dataset.Features.RowColumns(point), dataset.Features.RowValues(point), writer);
    }

    private static void WriteHeader(Dataset dataset, NumberWriter writer)
    {
        writer.Write(dataset.PointCount);
        writer.Write(' ');
        writer.Write(dataset.FeatureCount);
        writer.Write(' ');
        writer.Write(dataset.LabelCount);
        writer.Write('\n');
    }

    private static void WritePoint(ReadOnlySpan<int> labels, ReadOnlySpan<int> features, ReadOnlySpan<float> values, NumberWriter writer)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (i > 0)
                writer.Write(',');
            writer.Write(labels[i]);
        }

        // The blank comes before the first feature and also says that there are no labels.
        if (labels.IsEmpty && features.IsEmpty)
            writer.Write(' ');
        for (var i = 0; i < features.Length; i++)
        {
            writer.Write(' ');
            writer.WriteEntry(features[i], values.IsEmpty ? 1 : values[i]);
        }

        writer.Write('\n');
    }
}
