using LightDxml.Data;
using LightDxml.Inference;

namespace LightDxml.Training;

/// <summary>The settings that were left to the data, resolved for one data set.</summary>
/// <param name="Width">Labels on a shortlist.</param>
/// <param name="AllLabels">Whether every label is a negative of every point, so that there is nothing to shortlist.</param>
/// <param name="HardNegatives">Drawn from the shortlist for each point of a step.</param>
/// <param name="UniformNegatives">Drawn for each step.</param>
internal sealed record TrainingPlan(int Width, bool AllLabels, int HardNegatives, int UniformNegatives, int MaxPositives)
{
    /// <summary>Up to this many labels, every one is a negative: a step over all of them costs no more than one over a shortlist.</summary>
    private const int FewLabels = 1000;

    private const int DefaultWidth = 400;
    private const int DefaultHard = 200;
    private const int DefaultUniform = 100;
    private const int DefaultSparseWidth = 100;

    /// <summary>Steps after which the encoder serves its heads well; more epochs raise accuracy little and cost in full.</summary>
    private const int DefaultSteps = 900;
    private const int LeastEpochs = 4;
    private const int MostEpochs = 8;

    /// <summary>Few labels are learnt against all others at once, from which an encoder goes on gaining for longer.</summary>
    private const int MostEpochsOverAllLabels = 15;

    /// <summary>
    /// Held-out points, on which the weights of the score are fitted and the head is chosen: on 300 of them the choice between two
    /// close heads is chance, while the encoder misses what is held out of a small set.
    /// </summary>
    private const double DefaultHeldOut = 1000;
    private const double LeastShare = 0.02;
    private const double MostShare = 0.07;

    private const int Dimensions = 300;

    /// <summary>
    /// Short documents need fewer dimensions: titles and TIBKAT-GND are ranked as well with 192 (with 128, titles lose 0.4 of PSP@1), at four fifths of the
    /// processor seconds and bytes. Documents of EURLEX57K, of 159 features, lose 0.3 of PSP@3 and PSP@5.
    /// </summary>
    private const int ShortDimensions = 192;

    /// <summary>Documents are short where they have up to this many features on average.</summary>
    private const double ShortDocument = 100;

    /// <summary>
    /// Documents of few words: their labels are found by words, through the inverted file of the labels' sparse centroids, whose lists are few for such
    /// a document. It is cheaper than a search of embeddings, and better before the encoder is trained. With 60 features a document it is neither (TIBKAT-GND
    /// loses 2 points of P@1); and where labels are few enough to look at the logits of all, it loses 0.4 of P@5 (titles of EURLEX57K).
    /// </summary>
    private const double FewWords = 25;

    /// <summary>
    /// Labels of fewer documents on average are found by words, too, where they are few enough to look at the logits of all: the encoder has too little to learn from. Of 1.6 and 2 documents
    /// a label, TIBKAT-GND gains 14 and 17 points of P@1, and EURLEX57K of 7 gains 3 points of PSP@5; of 17 it loses 0.4 of P@1.
    /// </summary>
    private const double FewDocumentsPerLabel = 10;

    /// <summary>Enough dimensions where labels are found by words: titles of TIBKAT-GND are ranked as well as with 192.</summary>
    private const int FewWordsDimensions = 128;

    /// <summary>The fewest that are ever chosen.</summary>
    public const int LeastDimensions = FewWordsDimensions;

    /// <summary>Half of the negatives teach as much there, at a tenth less of the processor seconds; TIBKAT-GND with its 60 features loses 0.3 of P@1.</summary>
    private const int FewWordsHard = DefaultHard / 2;
    private const int FewWordsUniform = DefaultUniform / 2;

    /// <summary>Terms of a label's centroid where labels are few, or found by words alone: with 16, titles of TIBKAT-GND lose 1.1 of P@1.</summary>
    private const int CentroidTerms = 64;

    /// <summary>The first words say enough beside the embeddings of many labels: with 64, TIBKAT-GND loses 0.1 in every figure, and models are 4 to 9 % larger.</summary>
    private const int CentroidTermsOfMany = 16;

    /// <summary>
    /// A feature of so many documents is a number of a vector rather than a word. With all numbers of a text vector among the terms, questions of
    /// <c>cooking</c> gain 2 points of PSP@5; of many labels they only make models larger, so that terms stay within <see cref="CentroidTerms"/>.
    /// </summary>
    private const double NearlyEvery = 0.99;

    private const double Dropout = 0.3;

    /// <summary>
    /// Where every label is a negative, small sets take a wider network, which needs more dropout. With rows that keep their lengths, cross-validated
    /// on training points, the default gains 0.5 in P@3 and P@5 and 1.1 in PSP@3 and PSP@5 on Bibtex, and 0.1 to 0.5 in every figure on Delicious.
    /// </summary>
    private const int WideDimensions = 600;
    private const double WideDropout = 0.5;

    /// <summary>
    /// A feature of fewer documents learns no more in a wider network: questions of <c>cooking</c> gain 0.3 of P@1 and P@5 with half of the dimensions, at half
    /// of the processor seconds, and three sets of titles with up to 800 labels lose nothing. Delicious, of 465 documents a feature, loses 0.8 of P@1.
    /// </summary>
    private const double WideDocumentsPerFeature = 100;

    /// <summary>Up to this many points a wide network costs next to nothing, and a narrower one was not tried.</summary>
    private const int CheapPoints = 2_000;

    /// <summary>Beyond this many points a wide network's cost is felt, and it was not tried.</summary>
    private const int FewPoints = 50_000;

    /// <summary>
    /// Rows keep their lengths only where those tell how much a document says, not how it was written down: their standard
    /// deviation is at most this share of their mean. Binary rows lie well within it. Rows of one length stay unit rows.
    /// </summary>
    private const double EvenLengths = 0.5;
    private const double OneLength = 0.01;

    /// <summary>The options with everything that they leave to the data filled in.</summary>
    public static TrainingOptions Resolve(TrainingOptions options, Dataset train)
    {
        TrainingLimits.CheckCounts(train.FeatureCount, train.LabelCount, options, Array.MaxLength);
        var documents = train.Features.RowsPerColumn();
        var shared = documents.Count(rows => rows >= NearlyEvery * Math.Max(1, train.PointCount));
        var words = documents.Where(rows => rows > 0 && rows < NearlyEvery * train.PointCount).DefaultIfEmpty().Average();
        var perLabel = train.Labels.RowsPerColumn().Where(rows => rows > 0).DefaultIfEmpty().Average();
        if (MostLabelsHaveNoDocument(options, train))
            options = options with { Prediction = options.Prediction with { ScanLabels = 0 } };
        options = Resolve(options, train.PointCount, train.LabelCount, FeaturesPerDocument(train), shared, words, perLabel);
        if (options.Encoder.UnitRows != UnitLength.Auto)
            return options;
        var keep = false;
        if (ShortlistWidth(options, train.LabelCount) == train.LabelCount)
        {
            var (mean, deviation) = CommonRowScale.Lengths(train.Features);
            keep = deviation > OneLength * mean && deviation <= EvenLengths * mean;
        }

        return options with { Encoder = options.Encoder with { UnitRows = keep ? UnitLength.False : UnitLength.True } };
    }

    /// <summary>
    /// Whether most labels have no training document and, as is the default, all logits would be looked at: those labels are negatives by chance alone, so that their logits
    /// come before those of rare labels. A label index has only the labels that have documents.
    /// </summary>
    public static bool MostLabelsHaveNoDocument(TrainingOptions options, Dataset train) =>
        options.Prediction.ScanLabels == PredictionOptions.DefaultScanLabels && options.Head != Head.Dense && train.LabelCount <= options.Prediction.ScanLabels
        && ShortlistWidth(options, train.LabelCount) < train.LabelCount && 2L * train.Labels.RowsPerColumn().Count(rows => rows > 0) < train.LabelCount;

    /// <summary>On average.</summary>
    public static double FeaturesPerDocument(Dataset documents) => documents.Features.NonZeroCount / Math.Max(1.0, documents.PointCount);

    /// <summary>The same but for the lengths of rows, which follow from the rows.</summary>
    /// <param name="featuresPerDocument">On average; long documents where nothing is said.</param>
    /// <param name="sharedFeatures">That nearly every document has.</param>
    /// <param name="documentsPerFeature">On average, of features that some documents have and others lack; many where nothing is said.</param>
    /// <param name="documentsPerLabel">On average, of labels that have documents; many where nothing is said.</param>
    public static TrainingOptions Resolve(
        TrainingOptions options, int pointCount, int labelCount, double featuresPerDocument = double.PositiveInfinity, int sharedFeatures = 0,
        double documentsPerFeature = double.PositiveInfinity, double documentsPerLabel = double.PositiveInfinity)
    {
        var allLabels = ShortlistWidth(options, labelCount) == labelCount;
        var wide = allLabels && pointCount <= FewPoints;
        var byWords = labelCount > options.Prediction.ScanLabels ? featuresPerDocument <= FewWords : documentsPerLabel < FewDocumentsPerLabel;
        if (options.Shortlist.Index == "auto" && options.Head != Head.Dense && !allLabels && byWords)
            options = options with { Shortlist = options.Shortlist with { Index = "centroids" } };
        var encoder = options.Encoder;
        if (encoder.Dimensions == 0)
        {
            var dimensions = (allLabels, featuresPerDocument) switch
            {
                (true, _) => wide && (pointCount <= CheapPoints || documentsPerFeature >= WideDocumentsPerFeature) ? WideDimensions : Dimensions,
                _ when options.Shortlist.ByCentroids => FewWordsDimensions,
                (_, <= ShortDocument) => ShortDimensions,
                _ => Dimensions,
            };
            encoder = encoder with { Dimensions = dimensions };
        }

        if (options.Shortlist.CentroidTerms == 0)
        {
            var terms = (allLabels, options.Shortlist.ByCentroids) switch
            {
                (true, _) => CentroidTerms + sharedFeatures,
                (_, true) => CentroidTerms,
                _ => Math.Min(CentroidTermsOfMany + sharedFeatures, CentroidTerms),
            };
            options = options with { Shortlist = options.Shortlist with { CentroidTerms = terms } };
        }

        if (encoder.Dropout < 0)
            encoder = encoder with { Dropout = wide ? WideDropout : Dropout };
        var schedule = options.Schedule;
        if (schedule.Epochs == 0)
        {
            var stepsPerEpoch = Math.Max(1, pointCount / schedule.BatchSize);
            var most = allLabels ? MostEpochsOverAllLabels : MostEpochs;
            schedule = schedule with { Epochs = Math.Clamp((DefaultSteps + stepsPerEpoch - 1) / stepsPerEpoch, LeastEpochs, most) };
        }

        if (schedule.RefreshEvery == 0)
            schedule = schedule with { RefreshEvery = options.Shortlist.ByCentroids ? schedule.Epochs : (schedule.Epochs + 1) / 2 };
        var negatives = options.Negatives;
        if (negatives.Hard < 0)
            negatives = negatives with { Hard = featuresPerDocument <= FewWords ? FewWordsHard : DefaultHard };
        if (negatives.Uniform < 0)
            negatives = negatives with { Uniform = Math.Min(featuresPerDocument <= FewWords ? FewWordsUniform : DefaultUniform, labelCount) };
        var validation = options.Validation;
        if (validation.Share < 0)
            validation = validation with { Share = Math.Clamp(DefaultHeldOut / Math.Max(1, pointCount), LeastShare, MostShare) };
        return options with { Encoder = encoder, Schedule = schedule, Negatives = negatives, Validation = validation };
    }

    /// <param name="options">Resolved.</param>
    public static TrainingPlan Of(TrainingOptions options, int labels)
    {
        var width = ShortlistWidth(options, labels);
        var hard = options.Negatives.Hard > 0 ? Math.Min(options.Negatives.Hard, width) : width;
        return new TrainingPlan(width, width == labels, hard, options.Negatives.Uniform, options.Negatives.MaxPositives);
    }

    /// <summary>What a model that is trained with these settings will know when it predicts.</summary>
    /// <param name="options">Resolved.</param>
    public static InferenceSettings Inference(TrainingOptions options, int documents, int labelCount) => new()
    {
        UnitRows = options.Encoder.UnitRows != UnitLength.False,
        TrainingDocuments = documents,
        Beta = options.Prediction.Beta,
        Tail = options.Prediction.Tail,
        ShortlistWidth = ShortlistWidth(options, labelCount),
        Candidates = CandidateCount(options, labelCount),
        SearchesIndex = SearchesIndex(options, labelCount),
        Index = options.Shortlist.IndexSettings(options.Seed),
        Precision = options.Storage.Precision,
    };

    /// <summary>Labels of highest dense logit that the sparse head takes as negatives.</summary>
    public static int SparseWidth(TrainingOptions options, int labelCount)
    {
        var width = options.Sparse.Width;
        if (width == 0)
            width = labelCount <= FewLabels ? labelCount : DefaultSparseWidth;
        return Math.Min(width, labelCount);
    }

    /// <summary>Labels of highest dense logit that are scored in full in prediction.</summary>
    public static int CandidateCount(TrainingOptions options, int labelCount)
    {
        // Where all logits are looked at, three quarters as many candidates hold nearly every label that can reach the first ranks.
        var width = SparseWidth(options, labelCount);
        var scanned = !SearchesIndex(options, labelCount) && width < labelCount;
        var automatic = scanned ? (3 * width + 3) / 4 : width;
        return options.Prediction.Candidates > 0 ? Math.Min(options.Prediction.Candidates, labelCount) : automatic;
    }

    /// <summary>Whether candidates are found by a label index, and not by looking at every logit.</summary>
    public static bool SearchesIndex(TrainingOptions options, int labelCount) =>
        (options.Shortlist.ByCentroids || labelCount > options.Prediction.ScanLabels) && ShortlistWidth(options, labelCount) < labelCount;

    /// <summary>Labels on a shortlist: the setting, or all labels when there are few.</summary>
    public static int ShortlistWidth(TrainingOptions options, int labelCount)
    {
        var width = options.Shortlist.Width;
        if (width == 0)
            width = labelCount <= FewLabels ? labelCount : DefaultWidth;
        return Math.Min(width, labelCount);
    }
}
