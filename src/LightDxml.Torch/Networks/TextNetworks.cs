using LightDxml.Configuration;

namespace LightDxml.Torch.Networks;

/// <summary>A family of networks by the name under which it is compared.</summary>
/// <param name="Description">One line: what it is, after whom.</param>
internal sealed record NetworkFamily(string Name, string Description, NetworkOptions Options, SettingTable<NetworkOptions> Settings)
{
    /// <exception cref="OptionsException">There is no such setting, or the value is not of its type.</exception>
    public NetworkFamily With(string assignment) => this with { Options = Settings.Apply(Name, Options, assignment) };
}

/// <summary>Every family of networks over words. Knows nothing of libtorch, so that a program can name them without it.</summary>
internal static class TextNetworks
{
    public static IReadOnlyList<NetworkFamily> All { get; } =
    [
        new("cnn-kim", "convolutions over 3 to 5 words and max pooling over the document, after CNN-Kim", new NetworkOptions(), NetworkOptions.KimTable),
        new("bow-cnn", "convolutions over regions of 20 words without order, after BoW-CNN", new NetworkOptions { Filters = 512 }, NetworkOptions.BowCnnTable),
        new("xml-cnn", "convolutions over 2 to 8 words, dynamic max pooling and a bottleneck layer, after XML-CNN", new NetworkOptions(), NetworkOptions.XmlCnnTable),
        new("attention-xml", "bidirectional LSTM and attention of each label over the words, after AttentionXML without its label tree", new NetworkOptions { Units = 256, BatchSize = 32 }, NetworkOptions.AttentionTable),
        new("bert", "a pretrained transformer trained further with a sigmoid a label, after BERT", Fine, NetworkOptions.BertTable),
        new("bertmesh", "a pretrained transformer trained further, and attention of each label over its states, after BERTMeSH", Fine with { Units = 256 }, NetworkOptions.BertMeshTable),
    ];

    /// <summary>A text encoder that is trained, which is no method of a comparison.</summary>
    public static NetworkFamily Encoder { get; } = new("encoder", "a text encoder trained with a vector a label", Fine with { NewRate = 1e-3 }, NetworkOptions.EncoderTable);

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
