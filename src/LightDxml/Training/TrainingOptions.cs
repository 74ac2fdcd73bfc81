using LightDxml.Configuration;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>
/// Every setting of a training run. A setting's stable name is its path in camel case, the same in files, on the command
/// line and in code: <c>encoder.dimensions</c>, <c>shortlist.width</c>, <c>negatives.uniform</c>, <c>schedule.epochs</c>, <c>head</c>.
/// </summary>
public sealed record TrainingOptions
{
    [Meaning("final classifier: dense, sparse, hybrid (both); auto chooses by the validation points")]
    public Head Head { get; init; } = Head.Auto;

    [Meaning("seed of all random numbers; the same seed gives the same model, bit for bit")]
    public int Seed { get; init; } = 1;

    public EncoderOptions Encoder { get; init; } = new();

    public SparseHeadOptions Sparse { get; init; } = new();

    public ProxyOptions Proxy { get; init; } = new();

    public ShortlistOptions Shortlist { get; init; } = new();

    public NegativeOptions Negatives { get; init; } = new();

    public ScheduleOptions Schedule { get; init; } = new();

    public PredictionOptions Prediction { get; init; } = new();

    public ValidationOptions Validation { get; init; } = new();

    public StorageOptions Storage { get; init; } = new();

    /// <summary>Of models of raw text: how text becomes features.</summary>
    public TextVectorizerOptions Text { get; init; } = new();

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public TrainingOptions Validate()
    {
        Encoder.Validate();
        Sparse.Validate();
        Proxy.Validate();
        Shortlist.Validate();
        Negatives.Validate();
        Schedule.Validate();
        Prediction.Validate();
        Validation.Validate();
        Text.Validate();
        return this;
    }
}

/// <summary>The final classifier trained on the shortlist's negatives.</summary>
public enum Head
{
    /// <summary>The head of the highest nDCG@5 on the validation points.</summary>
    Auto,

    /// <summary>One dense row a label over the encoder's output, the paper's classifier.</summary>
    Dense,

    /// <summary>One pruned linear SVM a label over the input features, on the shortlist's negatives.</summary>
    Sparse,

    /// <summary>Both, combined by weights fitted on the validation points.</summary>
    Hybrid,
}

/// <summary>The sparse final classifier.</summary>
public sealed record SparseHeadOptions
{
    [Meaning("labels of highest dense logit that a training point is a negative of; 0 chooses from the label count (all labels when there are few)")]
    public int Width { get; init; }

    [Meaning("C of the squared-hinge SVM: weight of the loss against the regularisation")]
    public double Cost { get; init; } = 1;

    [Meaning("factor on C for a label's positives")]
    public double PositiveCost { get; init; } = 1;

    [Meaning("weights below this magnitude are dropped")]
    public double PruneBelow { get; init; } = 0.1;

    [Meaning("a label's problem is solved when its projected gradients lie within this")]
    public double Tolerance { get; init; } = 0.5;

    [Meaning("passes over a label's points at most")]
    public int MaxPasses { get; init; } = 20;

    public SparseHeadOptions Validate()
    {
        Check.Range(Width, 0, int.MaxValue, "sparse.width");
        Check.Positive(Cost, "sparse.cost");
        Check.Positive(PositiveCost, "sparse.positiveCost");
        Check.Range(PruneBelow, 0, 1000, "sparse.pruneBelow");
        Check.Positive(Tolerance, "sparse.tolerance");
        Check.Positive(MaxPasses, "sparse.maxPasses");
        return this;
    }
}

/// <summary>How the learning rates move over the epochs.</summary>
public enum RateSchedule
{
    /// <summary>Half a cosine from the given rate down to a twentieth of it.</summary>
    Cosine,

    /// <summary>The paper's: halved after <c>schedule.firstDecay</c> epochs, then every max(5, half the last gap) epochs.</summary>
    Step,
}

public sealed record EncoderOptions
{
    [Meaning("dimensions of document encodings and label embeddings")]
    public int Dimensions { get; init; } = 300;

    [Meaning("whether feature rows are scaled to unit L2 norm, in training and in prediction")]
    public bool UnitRows { get; init; } = true;

    [Meaning("share of hidden units dropped in training, 0 to below 1")]
    public double Dropout { get; init; } = 0.3;

    [Meaning("share of a document's features dropped in training, 0 to below 1")]
    public double FeatureDropout { get; init; }

    [Meaning("learning rate of the token embeddings")]
    public double EmbeddingRate { get; init; } = 0.015;

    [Meaning("learning rate of the residual block")]
    public double ResidualRate { get; init; } = 0.002;

    [Meaning("learning rate of the classifier")]
    public double ClassifierRate { get; init; } = 0.005;

    [Meaning("bias that every label's classifier starts from")]
    public double BiasStart { get; init; } = -4;

    [Meaning("standard deviation of the token embeddings at the start, times the square root of the dimensions; 0 chooses from the data")]
    public double EmbeddingScale { get; init; } = 1;

    public EncoderOptions Validate()
    {
        Check.Positive(Dimensions, "encoder.dimensions");
        Check.Range(Dropout, 0, 0.95, "encoder.dropout");
        Check.Range(FeatureDropout, 0, 0.95, "encoder.featureDropout");
        Check.Positive(EmbeddingRate, "encoder.embeddingRate");
        Check.Positive(ResidualRate, "encoder.residualRate");
        Check.Positive(ClassifierRate, "encoder.classifierRate");
        Check.Range(BiasStart, -30, 30, "encoder.biasStart");
        Check.Range(EmbeddingScale, 0, 1000, "encoder.embeddingScale");
        return this;
    }
}

/// <summary>Phase 1: training of the label embeddings.</summary>
public sealed record ProxyOptions
{
    [Meaning("passes over the (label, point) pairs at each refresh; 0 takes the label centroids as embeddings")]
    public int Passes { get; init; } = 6;

    [Meaning("learning rate of the two linear maps")]
    public double Rate { get; init; } = 0.002;

    [Meaning("width between the two linear maps")]
    public int Hidden { get; init; } = 600;

    [Meaning("labels a step")]
    public int BatchLabels { get; init; } = 256;

    public ProxyOptions Validate()
    {
        Check.Range(Passes, 0, 1000, "proxy.passes");
        Check.Positive(Rate, "proxy.rate");
        Check.Positive(Hidden, "proxy.hidden");
        Check.Positive(BatchLabels, "proxy.batchLabels");
        return this;
    }
}

/// <summary>Phase 2: the shortlist of hard negatives.</summary>
public sealed record ShortlistOptions
{
    [Meaning("labels on a point's shortlist in training and prediction; 0 chooses from the label count (all labels when there are few)")]
    public int Width { get; init; }

    [Meaning("whether the first epochs, too, train on shortlists (of the untrained encoder) instead of uniform negatives only")]
    public bool FromStart { get; init; } = true;

    [Meaning("label index: auto, exact, hnsw")]
    public string Index { get; init; } = "auto";

    [Meaning("hnsw: links a label")]
    public int M { get; init; } = 16;

    [Meaning("hnsw: candidates examined when a label is inserted")]
    public int EfConstruction { get; init; } = 200;

    [Meaning("hnsw: candidates examined by a search, at least the width; 0 is twice the width")]
    public int EfSearch { get; init; }

    public ShortlistOptions Validate()
    {
        Check.Range(Width, 0, int.MaxValue, "shortlist.width");
        Check.OneOf(Index, ["auto", "exact", "hnsw"], "shortlist.index");
        Check.Range(M, 2, 512, "shortlist.m");
        Check.Range(EfConstruction, 1, 100_000, "shortlist.efConstruction");
        Check.Range(EfSearch, 0, int.MaxValue, "shortlist.efSearch");
        return this;
    }
}

/// <summary>Phase 3: which labels a point is trained on.</summary>
public sealed record NegativeOptions
{
    [Meaning("hard negatives of a point in a step, drawn from its shortlist; 0 takes the whole shortlist")]
    public int Hard { get; init; } = 200;

    [Meaning("uniform negatives of a step, shared by the points of a batch; -1 chooses from the label count")]
    public int Uniform { get; init; } = -1;

    [Meaning("positives of a point in one step at most")]
    public int MaxPositives { get; init; } = 20;

    public NegativeOptions Validate()
    {
        Check.Range(Hard, 0, int.MaxValue, "negatives.hard");
        Check.Range(Uniform, -1, int.MaxValue, "negatives.uniform");
        Check.Positive(MaxPositives, "negatives.maxPositives");
        return this;
    }
}

public sealed record ScheduleOptions
{
    [Meaning("passes over the training points; 0 chooses from their number")]
    public int Epochs { get; init; }

    [Meaning("epochs between two refreshes of label embeddings and shortlists; 0 is half the epochs")]
    public int RefreshEvery { get; init; }

    [Meaning("points a step")]
    public int BatchSize { get; init; } = 256;

    [Meaning("learning rate schedule: cosine, step")]
    public RateSchedule Rates { get; init; } = RateSchedule.Cosine;

    [Meaning("step schedule: epoch of the first halving")]
    public int FirstDecay { get; init; } = 14;

    public ScheduleOptions Validate()
    {
        Check.Range(Epochs, 0, int.MaxValue, "schedule.epochs");
        Check.Range(RefreshEvery, 0, int.MaxValue, "schedule.refreshEvery");
        Check.Positive(BatchSize, "schedule.batchSize");
        Check.Positive(FirstDecay, "schedule.firstDecay");
        return this;
    }
}

public sealed record PredictionOptions
{
    [Meaning("weight of the classifier against the shortlist's similarity, 0 to 1")]
    public double Beta { get; init; } = 1;

    [Meaning("labels of highest dense logit that are scored in full; 0 is the sparse head's width, half of it where the dense classifier looks at every label")]
    public int Candidates { get; init; }

    [Meaning("up to this many labels the dense classifier looks at every one instead of a shortlist")]
    public int ScanLabels { get; init; } = 8192;

    [Meaning("head-to-tail dial: scores are multiplied by the inverse propensity to this power, 0 (precision) to 1 (tail)")]
    public double Tail { get; init; }

    public PredictionOptions Validate()
    {
        Check.Range(Candidates, 0, int.MaxValue, "prediction.candidates");
        Check.Range(ScanLabels, 0, int.MaxValue, "prediction.scanLabels");
        Check.Range(Tail, 0, 1, "prediction.tail");
        Check.Range(Beta, 0, 1, "prediction.beta");
        return this;
    }
}

public sealed record ValidationOptions
{
    [Meaning("share of the training points held out for validation when no validation file is given, 0 to 0.5")]
    public double Share { get; init; } = 0.02;

    [Meaning("epochs without a better validation P@1 before training stops; 0 never stops early")]
    public int Patience { get; init; }

    public ValidationOptions Validate()
    {
        Check.Range(Share, 0, 0.5, "validation.share");
        Check.Range(Patience, 0, int.MaxValue, "validation.patience");
        return this;
    }
}

#pragma warning disable CA1720 // These are the names that users of model files know the number formats by.
/// <summary>The numbers that parameters are stored as.</summary>
public enum Precision
{
    /// <summary>Signed bytes with one scale a row.</summary>
    Int8,

    /// <summary>Single precision.</summary>
    Float32,
}
#pragma warning restore CA1720

public sealed record StorageOptions
{
    [Meaning("how parameters are stored: int8 (with one scale a row) or float32")]
    public Precision Precision { get; init; } = Precision.Int8;
}
