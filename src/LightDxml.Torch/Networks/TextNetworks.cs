using LightDxml.Configuration;

namespace LightDxml.Torch.Networks;

/// <summary>A family of networks by the name under which it is compared.</summary>
/// <param name="Description">One line: what it is, after whom.</param>
internal sealed record NetworkFamily(string Name, string Description, NetworkOptions Options, SettingTable<NetworkOptions> Settings, LinearRankers Rankers = LinearRankers.None)
{
    /// <exception cref="OptionsException">There is no such setting, or the value is not of its type.</exception>
    public NetworkFamily With(string assignment) => this with { Options = Settings.Apply(Name, Options, assignment) };
}

/// <summary>The linear classifiers over [features of words ⊕ vector of the network] that rank labels in the network's place.</summary>
internal enum LinearRankers
{
    /// <summary>None: the network ranks labels itself.</summary>
    None,

    /// <summary>Those of a label tree of their own.</summary>
    Tree,

    /// <summary>Those of the labels in each cluster; the network finds the clusters.</summary>
    WithinClusters,
}

/// <summary>Every family of networks over words. Knows nothing of libtorch, so that a program can name them without it.</summary>
internal static class TextNetworks
{
    public static IReadOnlyList<NetworkFamily> All { get; } =
    [
        new("cnn-kim", "convolutions over 3 to 5 words and max pooling over the document, after CNN-Kim", new NetworkOptions(), NetworkOptions.KimTable),
        new("bow-cnn", "convolutions over regions of 20 words without order, after BoW-CNN", new NetworkOptions { Filters = 512 }, NetworkOptions.BowCnnTable),
        new("xml-cnn", "convolutions over 2 to 8 words, dynamic max pooling and a bottleneck layer, after XML-CNN", new NetworkOptions(), NetworkOptions.XmlCnnTable),
        new("attention-xml", "bidirectional LSTM and attention of each label over the words, after AttentionXML; with clusterLabels level by level of a label tree", Attention with { Branching = 16 }, NetworkOptions.AttentionTable),
        new("haxmlnet", "the same in two stages, clusters of labels and labels in the clusters reached, after HAXMLNet", Attention with { ClusterLabels = 16 }, NetworkOptions.HaxmlnetTable),
        new("bert", "a pretrained transformer trained further with a sigmoid a label, after BERT", Fine, NetworkOptions.BertTable),
        new("bertmesh", "a pretrained transformer trained further, and attention of each label over its states, after BERTMeSH", Fine with { Units = 256 }, NetworkOptions.BertMeshTable),
        new("x-bert", "a pretrained transformer trained to match clusters of labels, and linear classifiers in the clusters, after X-BERT", Fine with { ClusterLabels = 16 }, NetworkOptions.XBertTable, LinearRankers.WithinClusters),
        new("xr-transformer", "a pretrained transformer trained level by level of a label tree, and linear classifiers of another, after XR-Transformer", Fine with { Epochs = 3, ClusterLabels = 16, Branching = 16 }, NetworkOptions.XrTransformerTable, LinearRankers.Tree),
    ];

    /// <summary>A text encoder that is trained, which is no method of a comparison.</summary>
    public static NetworkFamily Encoder { get; } = new("encoder", "a text encoder trained with a vector a label", Fine with { NewRate = 1e-3 }, NetworkOptions.EncoderTable);

    private static NetworkOptions Attention => new() { Units = 256, BatchSize = 32 };

    private static NetworkOptions Fine => new()
    {
        Encoder = "minilm",
        MaxTokens = 128,
        Dropout = 0.1,
        Epochs = 5,
        Patience = 2,
        BatchSize = 32,
        Rate = 1e-4,
        NewRate = 2e-3,
        LayerDecay = 0.9,
        WarmUp = 0.1,
        LinearDecay = true,
        WeightDecay = 0.01,
        GradientNorm = 1,
    };

    /// <exception cref="OptionsException">There is no family of that name.</exception>
    public static NetworkFamily Get(string name) =>
        All.FirstOrDefault(family => family.Name == name) ?? throw new OptionsException($"There is no network '{name}'; the networks are {string.Join(", ", All.Select(family => family.Name))}.");
}
