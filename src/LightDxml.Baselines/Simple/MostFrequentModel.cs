using System.Text.Json;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;

namespace LightDxml.Baselines.Simple;

/// <summary>Looks at no feature: every point gets the labels that are most frequent in training.</summary>
internal sealed class MostFrequentModel : BaselineModel
{
    internal const string FamilyName = "most-frequent";
    private const int MaxKept = 1000;
    private readonly int[] _labels;
    private readonly float[] _shares;

    private MostFrequentModel(int featureCount, int labelCount, int[] labels, float[] shares)
        : base(featureCount, labelCount) => (_labels, _shares) = (labels, shares);

    public override string Family => FamilyName;

    internal override void WriteSettings(Utf8JsonWriter writer) => MostFrequentOptions.Table.WriteJson(new MostFrequentOptions(), writer);

    public static MostFrequentModel Train(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        LabelledPoints.Check(train);
        var ranking = MostFrequentLabels.Predict(train.Labels, pointCount: 1, Math.Min(MaxKept, Math.Max(1, train.LabelCount)));
        return new MostFrequentModel(train.FeatureCount, train.LabelCount, ranking.Labels(0).ToArray(), ranking.Scores(0).ToArray());
    }

    public override PointRanker CreateRanker() => new Ranker(this);

    internal override void AddTensors(SafetensorsWriter writer)
    {
        writer.Add<int>("labels", TensorType.I32, [_labels.Length], _labels);
        writer.Add<float>("shares", TensorType.F32, [_shares.Length], _shares);
    }

    internal static MostFrequentModel Read(SafetensorsFile file, int featureCount, int labelCount)
    {
        var labels = TensorReading.Ints(file, "labels", -1, -1, labelCount).ToArray();
        var filled = labels.AsSpan().IndexOf(-1) is >= 0 and var end ? end : labels.Length;
        if (labels.AsSpan(filled).ContainsAnyExcept(-1) || labels.Take(filled).Distinct().Count() != filled)
            throw new LightDxmlException($"{file.Path}: tensor 'labels' is not a ranking: it names a label twice, or has a gap.");
        return new MostFrequentModel(featureCount, labelCount, labels, TensorReading.Floats(file, "shares", labels.Length).ToArray());
    }

    private sealed class Ranker(MostFrequentModel model) : PointRanker
    {
        public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
        {
            labels.Fill(-1);
            scores.Fill(float.NegativeInfinity);
            var count = Math.Min(labels.Length, model._labels.Length);
            model._labels.AsSpan(0, count).CopyTo(labels);
            model._shares.AsSpan(0, count).CopyTo(scores);
        }
    }
}

/// <summary>There is nothing to set.</summary>
internal sealed record MostFrequentOptions
{
    internal static SettingTable<MostFrequentOptions> Table { get; } = new();
}
