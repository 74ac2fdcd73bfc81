using LightDxml.Data.Parsing;

namespace LightDxml.Data.Formats;

/// <summary>Parses points, <c>label,label feature:value …</c>, the line that XML-repository and svmlight files share.</summary>
/// <param name="featureCount">Features must be below it.</param>
/// <param name="labelCount">Labels must be below it.</param>
/// <param name="largeLabels">Takes label numbers of any size instead, or null.</param>
internal sealed class PointCollector(int featureCount, int labelCount, LargeLabels? largeLabels = null)
{
    private const string Feature = "feature", Label = "label";
    private readonly RowCollector _features = new(withValues: true);
    private readonly RowCollector _labels = new(withValues: false);

    public void Add(ref LineCursor cursor)
    {
        AddLabels(ref cursor);
        while (cursor.SkipBlanks())
        {
            var feature = cursor.ReadEntry(Feature, featureCount, out var value);
            _features.Add(feature, value);
        }

        CheckDistinct(_features.EndRow(), Feature, cursor);
    }

    public PointChunk Take() => new(_features.Take(), _labels.Take());

    private void AddLabels(ref LineCursor cursor)
    {
        if (!cursor.AtEnd && !cursor.AtBlank && !StartsWithFeature(ref cursor))
        {
            do
                _labels.Add(largeLabels is null ? cursor.ReadListed(Label, labelCount) : cursor.ReadListed(largeLabels));
            while (cursor.Take((byte)','));
        }

        var duplicate = _labels.EndRow();
        CheckDistinct(duplicate < 0 || largeLabels is null ? duplicate : largeLabels.NumberOf(duplicate), Label, cursor);
    }

    /// <summary>Some writers leave out the blank before the features of a point without labels.</summary>
    private static bool StartsWithFeature(ref LineCursor cursor)
    {
        var starts = cursor.TryReadIndex(out _) && cursor.Take((byte)':');
        cursor.Rewind();
        return starts;
    }

    private static void CheckDistinct(long duplicate, string noun, in LineCursor cursor)
    {
        if (duplicate >= 0)
            throw cursor.Fault($"{noun} {duplicate} occurs twice, expected each {noun} once per document");
    }
}
