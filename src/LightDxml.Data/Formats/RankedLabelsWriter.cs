namespace LightDxml.Data.Formats;

/// <summary>Writes a ranking as text: <c>points labels</c>, then a line of <c>label:score</c> a point.</summary>
internal static class RankedLabelsWriter
{
    public static void Write(RankedLabels predictions, Stream stream)
    {
        using var writer = new NumberWriter(stream);
        writer.Write(predictions.PointCount);
        writer.Write(' ');
        writer.Write(predictions.LabelCount);
        writer.Write('\n');
        for (var point = 0; point < predictions.PointCount; point++)
        {
            var labels = predictions.Labels(point);
            var scores = predictions.Scores(point);
            var written = 0;
            for (var i = 0; i < labels.Length; i++)
            {
                if (labels[i] < 0)
                    continue;
                if (written++ > 0)
                    writer.Write(' ');
                writer.WriteEntry(labels[i], scores[i]);
            }

            writer.Write('\n');
        }
    }
}
