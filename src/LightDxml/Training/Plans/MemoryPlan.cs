using System.Globalization;
using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>What a training will hold in memory at most in each phase, estimated from the shapes before it starts (docs/limits.md has the formulas).</summary>
internal sealed record MemoryPlan(IReadOnlyList<(string Phase, long Bytes)> Phases)
{
    /// <summary>The program and its threads, outside the heap.</summary>
    public const long Program = 100L << 20;

    /// <summary>What the heap holds beside: what was read and is not collected yet, and gaps. A training of titles of EURLEX57K whose matrices have 240 MB ends within 450 MB, not within 400.</summary>
    private const long Rest = 50L << 20;
    private const double Gaps = 1.1;

    /// <summary>Weights of a label's SVM: 500 on titles of EURLEX57K, 900 on its documents, fewer where labels are rarer.</summary>
    private const int WeightsPerLabel = 600;

    /// <summary>Weights of the sparse classifier of so many labels.</summary>
    public static long WeightsOf(int labels) => (long)labels * WeightsPerLabel;

    public long Most => Phases.Max(phase => phase.Bytes);

    /// <param name="options">Resolved for the data set.</param>
    /// <param name="processes">That divide some of it among them; the first holds the most.</param>
    public static MemoryPlan Of(Dataset train, TrainingOptions options, int threads, int processes = 1)
    {
        options = TrainingPlan.Resolve(options, train);
        var scales = options.Encoder.UnitRows == UnitLength.False || !UnitRows.Holds(train.Features);
        var featureBytes = ((train.Features.IsMapped ? 0 : 8) + (scales ? 4 : 0)) * train.Features.NonZeroCount;
        return Of(train.PointCount, train.FeatureCount, train.LabelCount, featureBytes, train.Labels.NonZeroCount, options, threads, processes);
    }

    /// <param name="featureBytes">Of the features' columns and values, as they are read and as they are scaled.</param>
    /// <param name="options">Resolved.</param>
    /// <param name="processes">That divide shortlists, candidates, the copy of the best epoch and the classifier of all documents among them.</param>
    public static MemoryPlan Of(long points, long features, int labels, long featureBytes, long labelNonZeros, TrainingOptions options, int threads, int processes = 1)
    {
        var plan = TrainingPlan.ShortlistWidth(options, labels);
        long width = DenseMatrix.StrideOf(options.Encoder.Dimensions), row = DenseMatrix.StrideOf(options.Encoder.Dimensions + 1);
        var network = 4 * (features * width + labels * row);
        var block = 4L * options.Encoder.Dimensions * options.Encoder.Dimensions;
        var embeddings = 4 * labels * width;
        var encodings = 4 * points * width;
        var data = featureBytes + 16 * points + 12 * labelNonZeros;
        var state = options.Encoder.Optimizer == RowOptimizer.Adam ? 2 * network : 0;
        var own = (points + processes - 1) / processes;
        long shortlists = plan == labels ? 0 : 4 * own * plan + Math.Min(own, ShortlistRefresher.PointsAtOnceOf(threads)) * (4 * width + 8 * plan);
        var phases = new List<(string Phase, long Bytes)>
        {
            ("network", Whole(data + network + network / processes + 4 * block + state + embeddings + encodings + shortlists)),
        };
        if (options.Head != Head.Dense)
        {
            long candidates = TrainingPlan.SparseWidth(options, labels) is var listed && listed == labels ? 0 : 12 * own * listed;
            var sparse = 8 * WeightsOf(labels);
            var centroids = 8L * labels * Math.Min(options.Shortlist.CentroidTerms, features);
            phases.Add(("sparse classifier", Whole(data + network + block + embeddings + candidates + 2 * sparse + sparse / processes + centroids)));
            phases.Add(("final refit", Whole(data + 2 * network + 2 * block + 2 * embeddings + encodings + 2 * sparse + 2 * centroids)));
        }

        return new MemoryPlan(phases);

        static long Whole(long matrices) => Program + Rest + (long)(Gaps * matrices);
    }

    /// <exception cref="LightDxmlException">It will not fit.</exception>
    public void Check(long limit)
    {
        if (Most <= limit)
            return;
        var (phase, bytes) = Phases.MaxBy(phase => phase.Bytes);
        throw new LightDxmlException(
            $"The training needs about {Text(bytes)} ({phase}), but --memory allows {Text(limit)}. Give it more, or lower encoder.dimensions, text.maxFeatures or shortlist.width, set head=dense, or convert the data to a cache; docs/limits.md says what each saves.");
    }

    public override string ToString() => $"about {Text(Most)} of memory ({string.Join(", ", Phases.Select(phase => $"{phase.Phase} {Text(phase.Bytes)}"))})";

    public static string Text(long bytes) => bytes >= 10L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):F0} GB")
        : bytes >= 1L << 30 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):F1} GB") : string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB");
}
