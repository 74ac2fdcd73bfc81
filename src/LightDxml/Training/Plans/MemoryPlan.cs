using System.Globalization;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels.Linear;
using LightDxml.Metrics;

namespace LightDxml.Training;

/// <summary>What a training will hold in memory at most in each phase, estimated from the shapes before it starts (docs/limits.md has the formulas).</summary>
internal sealed record MemoryPlan(IReadOnlyList<(string Phase, long Bytes)> Phases)
{
    /// <summary>The program and its threads, outside the heap.</summary>
    public const long Program = 100L << 20;

    /// <summary>What the heap holds beside: what was read and is not collected yet, and gaps. A training of titles of EURLEX57K whose matrices have 240 MB ends within 450 MB, not within 400.</summary>
    private const long Rest = 50L << 20;
    private const double Gaps = 1.1;
    private const long BytesPerNonZero = 8;

    /// <summary>Of each thread that solves labels' problems: a feature's own column and back, and weights of those columns.</summary>
    private const long BytesOfSolverFeature = 16;

    /// <summary>
    /// Weights of the SVM of a label with p documents are 100 · p^0.6 at most, about: on EURLEX57K 39 of labels with one document, 136 with 5, 700 with 20 to 99,
    /// 3,800 with 1,000 and more; on generated documents whose labels share few words 97 with one and 363 with 5.
    /// </summary>
    private const double WeightsOfFirstDocument = 100, WeightsPower = 0.6;

    /// <summary>Weights of the sparse classifier by sizes alone, as if labels were equally frequent, which gives the most.</summary>
    public static long WeightsOf(RunShape shape) =>
        (long)(shape.Labels * WeightsOf(shape.Assignments / Math.Max(1.0, shape.Labels), shape.Features));

    /// <summary>Weights of the SVM of a label with so many documents.</summary>
    public static double WeightsOf(double documents, int features) => Math.Min(features, WeightsOfFirstDocument * Math.Pow(documents, WeightsPower));

    public long Most => Phases.Max(phase => phase.Bytes);

    /// <summary>Of the features that a cache maps into memory, where the system may drop them again: no phase counts them.</summary>
    public static long MappedBytes(Dataset train) => train.Features.IsMapped ? BytesPerNonZero * train.Features.NonZeroCount : 0;

    /// <param name="options">What they leave to the data is resolved.</param>
    /// <param name="processes">That divide some of it among them; the first holds the most.</param>
    /// <param name="members">Models of the ensemble that are trained one after the other, and kept.</param>
    /// <param name="validation">Documents of a validation file, which stay in memory beside the others.</param>
    /// <param name="named">Labels that names add to the candidates of a document.</param>
    public static MemoryPlan Of(Dataset train, TrainingOptions options, int threads, int processes = 1, int members = 1, Dataset? validation = null, int named = 0)
    {
        options = TrainingPlan.Resolve(options, train);
        var standardized = FeatureScales.Of(train.Features, options.Encoder.Standardize, out _, out _) is not null;
        var frequencies = LabelFrequencies.Count(train.Labels);
        var weights = frequencies.Sum(documents => WeightsOf(documents, train.FeatureCount));
        var problem = ProblemValues(options, train.PointCount, train.LabelCount, TrainingPlan.FeaturesPerDocument(train), frequencies.DefaultIfEmpty().Max());
        var held = validation is null ? 0 : FeatureBytes(validation, options, standardized) + 4 * validation.Labels.NonZeroCount + 16L * validation.PointCount;
        return Of(
            train.PointCount, train.FeatureCount, train.LabelCount, FeatureBytes(train, options, standardized) + held, train.Labels.NonZeroCount, (long)weights, options, threads, processes, members,
            problem, validation?.PointCount ?? -1, named);
    }

    /// <summary>Columns and values, as they are read, on one scale and scaled.</summary>
    private static long FeatureBytes(Dataset data, TrainingOptions options, bool standardized)
    {
        var scales = standardized || options.Encoder.UnitRows == UnitLength.False || !UnitRows.Holds(data.Features);
        return (BytesPerNonZero + (standardized ? BytesPerNonZero : 0) + (scales ? 4 : 0)) * data.Features.NonZeroCount - MappedBytes(data);
    }

    /// <summary>Feature values of the largest problem of a label: its documents and about as many that only list it, or all documents where every label is a candidate.</summary>
    /// <param name="mostDocuments">Of one label.</param>
    public static long ProblemValues(TrainingOptions options, long points, int labels, double featuresPerDocument, double mostDocuments) =>
        (long)(featuresPerDocument * (TrainingPlan.SparseWidth(options, labels) == labels ? points : Math.Min(points, 2 * mostDocuments + NegativePoints.Least)));

    /// <param name="featureBytes">Of the features' columns and values, as they are read and as they are scaled.</param>
    /// <param name="weights">Of the sparse classifier.</param>
    /// <param name="options">Resolved.</param>
    /// <param name="processes">That divide shortlists, candidates, the copy of the best epoch and the classifier of all documents among them.</param>
    /// <param name="problemValues">Feature values of the largest problem of a label.</param>
    /// <param name="heldOut">Documents that epoch and head are chosen by; −1 where they are a share of the others.</param>
    /// <param name="named">Labels that names add to the candidates of a document.</param>
    public static MemoryPlan Of(
        long points, long features, int labels, long featureBytes, long labelNonZeros, long weights, TrainingOptions options, int threads, int processes = 1, int members = 1,
        long problemValues = 0, long heldOut = -1, int named = 0)
    {
        var plan = TrainingPlan.ShortlistWidth(options, labels);
        long width = DenseMatrix.StrideOf(options.Encoder.Dimensions), row = DenseMatrix.StrideOf(options.Encoder.Dimensions + 1);
        var network = 4 * (features * width + labels * row);
        var block = 4L * options.Encoder.Dimensions * options.Encoder.Dimensions;
        var embeddings = 4 * labels * width;
        var encodings = 4 * points * width;
        var (sparse, centroids) = options.Head == Head.Dense ? (0, 0) : (8 * weights, 8L * labels * Math.Min(options.Shortlist.CentroidTerms, features));
        var finished = (members - 1) * (network + block + embeddings + sparse + centroids);
        var data = featureBytes + 16 * points + 12 * labelNonZeros + finished;
        var state = options.Encoder.Optimizer == RowOptimizer.Adam ? 2 * network : 0;
        var own = (points + processes - 1) / processes;
        long shortlists = plan == labels ? 0 : 4 * own * plan + Math.Min(own, ShortlistRefresher.PointsAtOnceOf(threads)) * (4 * width + 8 * plan);
        if (plan < labels)
            shortlists += Math.Min(heldOut < 0 ? (long)(options.Validation.Share * points) : heldOut, ShortlistRefresher.MostHeldOutPairs / plan) * (4 * width + 8 * plan);
        var copies = plan < labels && !options.Shortlist.ByCentroids && LabelIndexes.Choose(options.Shortlist.Index, labels, out _) == "ivf";
        var index = copies ? embeddings : 0;
        var phases = new List<(string Phase, long Bytes)>
        {
            ("network", Whole(data + network + network / processes + 4 * block + state + embeddings + index + encodings + shortlists)),
        };
        if (options.Head != Head.Dense)
        {
            long candidates = TrainingPlan.SparseWidth(options, labels) is var listed && listed == labels ? 0 : 12 * own * (listed + named);
            var solvers = RowRanges.ResolveThreads(threads) * (BytesOfSolverFeature * features + DualCoordinateDescent.Workspace.PackedBytes(problemValues));
            var searched = TrainingPlan.SearchesIndex(options, labels) ? index : 0;
            phases.Add(("sparse classifier", Whole(data + network + block + embeddings + searched + solvers + candidates + 2 * sparse + sparse / processes + centroids)));
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
