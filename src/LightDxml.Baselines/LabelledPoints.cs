using LightDxml.Data;

namespace LightDxml.Baselines;

/// <summary>What every baseline asks of its training points.</summary>
internal static class LabelledPoints
{
    /// <exception cref="LightDxmlException">No point has a label.</exception>
    public static void Check(Dataset train)
    {
        if (train.Labels.NonZeroCount == 0)
            throw new LightDxmlException($"{train.Name}: no document has a label; there is nothing to learn.");
    }
}
