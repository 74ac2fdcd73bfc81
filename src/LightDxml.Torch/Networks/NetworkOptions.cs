using LightDxml.Configuration;
using LightDxml.Training;

namespace LightDxml.Torch.Networks;

/// <summary>Settings of the networks over words; a family has those that its table names.</summary>
internal sealed record NetworkOptions
{
    /// <summary>Words of a document that are read, from its start.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Length of a word's vector.</summary>
    public int Dimensions { get; init; } = 300;

    /// <summary>Filters per width, or of a region.</summary>
    public int Filters { get; init; } = 128;

    /// <summary>Words of a region; of shorter documents all.</summary>
    public int Region { get; init; } = 20;

    /// <summary>Parts of a document, at most, of which each filter keeps the greatest value.</summary>
    public int Pools { get; init; } = 8;

    /// <summary>Units of the layer before the labels.</summary>
    public int Units { get; init; } = 512;

    /// <summary>Units of the recurrent layer, per direction.</summary>
    public int RecurrentUnits { get; init; } = 128;

    /// <summary>Share of values dropped before the last layer in training, 0 to below 1.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Passes over the documents at most.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Passes without a better nDCG@5 on held-out documents after which training ends.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>Share of the training documents that are held out to choose the best pass; 0 keeps the last.</summary>
    public double HoldOut { get; init; } = 0.05;

    /// <summary>Passes that a mean of the parameters reaches back, which predicts in their place; 0: no mean.</summary>
    public double Average { get; init; }

    /// <summary>Documents that are computed together.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Documents that are computed together where there are no gradients: as many within 16 and 128, so that a smaller batch needs less memory there, too.</summary>
    public int ReadTogether => Math.Clamp(BatchSize, 16, 128);

    /// <summary>Batches whose gradients make one step together.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Learning rate of Adam; of a pretrained transformer that of its last layer.</summary>
    public double Rate { get; init; } = 0.001;

    /// <summary>Learning rate of what is put on a pretrained transformer.</summary>
    public double NewRate { get; init; } = 0.001;

    /// <summary>What the rate of a transformer's layer is times that of the layer above.</summary>
    public double LayerDecay { get; init; } = 1;

    /// <summary>Share of the steps in which rates rise from 0.</summary>
    public double WarmUp { get; init; }

    /// <summary>Whether rates then fall, to 0 at the end of the last pass.</summary>
    public bool LinearDecay { get; init; }

    /// <summary>What a step takes off every number of a matrix, times its rate.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Length that the gradient of all parameters together is cut to; 0 leaves it.</summary>
    public double GradientNorm { get; init; }

    /// <summary>What cosines are divided by to be logits.</summary>
    public double Temperature { get; init; } = 0.05;

    /// <summary>Labels of a cluster of the finest level at most; 0: labels are not clustered.</summary>
    public int ClusterLabels { get; init; }

    /// <summary>Clusters of a cluster at most, and of the coarsest level.</summary>
    public int Branching { get; init; } = int.MaxValue;

    /// <summary>Clusters of a level that a document's candidates are taken from, besides its own in training.</summary>
    public int Beam { get; init; } = 10;

    /// <summary>The pretrained transformer: an encoder's name or a folder. Empty: the network has none.</summary>
    public string Encoder { get; init; } = "";

    /// <summary>The device.</summary>
    public EngineDevice Device { get; init; } = EngineDevice.Auto;

    /// <summary>The settings of CNN-Kim.</summary>
    public static SettingTable<NetworkOptions> KimTable { get; } = Common("filters", "filters of each of the widths 3, 4 and 5");

    /// <summary>The settings of XML-CNN.</summary>
    public static SettingTable<NetworkOptions> XmlCnnTable { get; } = Common("filters", "filters of each of the widths 2, 4 and 8")
        .Whole("pools", o => o.Pools, (o, v) => o with { Pools = v }, "parts of a document, at most, of which each filter keeps the greatest value; a part has 16 words or more")
        .Whole("units", o => o.Units, (o, v) => o with { Units = v }, "units of the layer before the labels");

    /// <summary>The settings of BoW-CNN.</summary>
    public static SettingTable<NetworkOptions> BowCnnTable { get; } = Common("filters", "filters of a region", hasVectors: false)
        .Whole("region", o => o.Region, (o, v) => o with { Region = v }, "words of a region")
        .Whole("pools", o => o.Pools, (o, v) => o with { Pools = v }, "parts of a document, at most, of which each filter keeps the greatest value");

    /// <summary>The settings of AttentionXML.</summary>
    public static SettingTable<NetworkOptions> AttentionTable { get; } = WithBranching(WithClusters(Attention()));

    /// <summary>The settings of HAXMLNet.</summary>
    public static SettingTable<NetworkOptions> HaxmlnetTable { get; } = WithClusters(Attention());

    /// <summary>The settings of BERT.</summary>
    public static SettingTable<NetworkOptions> BertTable { get; } = WithEncoder(Pretrained());

    /// <summary>The settings of XR-Transformer.</summary>
    public static SettingTable<NetworkOptions> XrTransformerTable { get; } = WithBranching(WithClusters(WithEncoder(Pretrained())));

    /// <summary>The settings of X-BERT.</summary>
    public static SettingTable<NetworkOptions> XBertTable { get; } = WithClusters(WithEncoder(Pretrained()));

    /// <summary>The settings of an encoder's training; the encoder itself is named otherwise.</summary>
    public static SettingTable<NetworkOptions> EncoderTable { get; } = Pretrained("in the transformer")
        .Number("temperature", o => o.Temperature, (o, v) => o with { Temperature = v }, "what cosines of texts and labels are divided by");

    /// <summary>The settings of BERTMeSH.</summary>
    public static SettingTable<NetworkOptions> BertMeshTable { get; } = WithEncoder(Pretrained())
        .Whole("units", o => o.Units, (o, v) => o with { Units = v }, "units of the layer that labels share");

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public NetworkOptions Validate()
    {
        Check.Range(MaxTokens, 1, Text.Tokens.TokenVocabulary.MostTokens, "maxTokens");
        Check.Range(Dimensions, 1, 65_536, "dimensions");
        Check.Range(Filters, 1, 65_536, "filters");
        Check.Range(Region, 1, 65_536, "region");
        Check.Range(Pools, 1, 65_536, "pools");
        Check.Range(Units, 1, 65_536, "units");
        Check.Range(RecurrentUnits, 1, 65_536, "recurrentUnits");
        Check.Range(Dropout, 0, 0.99, "dropout");
        Check.Range(Epochs, 1, 100_000, "epochs");
        Check.Range(Patience, 1, 100_000, "patience");
        Check.Range(HoldOut, 0, 0.9, "holdOut");
        Check.Range(Average, 0, 1000, "average");
        Check.Range(BatchSize, 1, 65_536, "batchSize");
        Check.Range(Accumulate, 1, 65_536, "accumulate");
        Check.Positive(Rate, "rate");
        Check.Positive(NewRate, "newRate");
        Check.Range(Temperature, 0.001, 100, "temperature");
        Check.Range(ClusterLabels, 0, int.MaxValue, "clusterLabels");
        Check.Range(Branching, 2, int.MaxValue, "branching");
        Check.Range(Beam, 1, 65_536, "beam");
        Check.Range(LayerDecay, 0.01, 1, "layerDecay");
        Check.Range(WarmUp, 0, 1, "warmUp");
        Check.Range(WeightDecay, 0, 1, "weightDecay");
        Check.Range(GradientNorm, 0, 1e6, "gradientNorm");
        return this;
    }

    private static SettingTable<NetworkOptions> Attention() => Common(null, "")
        .Whole("recurrentUnits", o => o.RecurrentUnits, (o, v) => o with { RecurrentUnits = v }, "units of the recurrent layer, per direction")
        .Whole("units", o => o.Units, (o, v) => o with { Units = v }, "units of the layer that labels share");

    private static SettingTable<NetworkOptions> WithClusters(SettingTable<NetworkOptions> table) => table
        .Whole("clusterLabels", o => o.ClusterLabels, (o, v) => o with { ClusterLabels = v }, "labels of a cluster of the finest level at most; 0: labels are not clustered")
        .Whole("beam", o => o.Beam, (o, v) => o with { Beam = v }, "clusters of a level that a document's candidates are taken from, besides its own in training");

    private static SettingTable<NetworkOptions> WithBranching(SettingTable<NetworkOptions> table) => table
        .Whole("branching", o => o.Branching, (o, v) => o with { Branching = v }, "clusters of a cluster at most, and of the coarsest level");

    private static SettingTable<NetworkOptions> WithEncoder(SettingTable<NetworkOptions> table) => table
        .Text("encoder", o => o.Encoder, (o, v) => o with { Encoder = v }, "the pretrained transformer: minilm, arctic-xs, or a folder with a network of the BERT family in Hugging Face's layout");

    private static SettingTable<NetworkOptions> Pretrained(string dropped = "in the transformer and before the labels") => Common(
        null, "", hasVectors: false,
        tokens: "tokens of a document that are read, from its start, the marks at its ends among them",
        dropout: $"share of values dropped {dropped} in training, 0 to below 1",
        rate: "learning rate of Adam for the transformer's last layer")
        .Number("newRate", o => o.NewRate, (o, v) => o with { NewRate = v }, "learning rate of what is put on the transformer")
        .Number("layerDecay", o => o.LayerDecay, (o, v) => o with { LayerDecay = v }, "what the rate of a layer is times that of the layer above")
        .Number("warmUp", o => o.WarmUp, (o, v) => o with { WarmUp = v }, "share of the steps in which rates rise from 0")
        .Flag("linearDecay", o => o.LinearDecay, (o, v) => o with { LinearDecay = v }, "whether rates then fall, to 0 at the end of the last pass")
        .Number("weightDecay", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }, "what a step takes off every number of a matrix, times its rate")
        .Number("gradientNorm", o => o.GradientNorm, (o, v) => o with { GradientNorm = v }, "length that the gradient is cut to; 0 leaves it");

    private static SettingTable<NetworkOptions> Common(
        string? filters, string meaning, bool hasVectors = true, string tokens = "words of a document that are read, from its start",
        string dropout = "share of values dropped before the last layer in training, 0 to below 1", string rate = "learning rate of Adam")
    {
        var table = new SettingTable<NetworkOptions>()
            .Whole("maxTokens", o => o.MaxTokens, (o, v) => o with { MaxTokens = v }, tokens)
            .Number("dropout", o => o.Dropout, (o, v) => o with { Dropout = v }, dropout)
            .Whole("epochs", o => o.Epochs, (o, v) => o with { Epochs = v }, "passes over the documents at most")
            .Whole("patience", o => o.Patience, (o, v) => o with { Patience = v }, "passes without a better nDCG@5 on held-out documents after which training ends")
            .Number("holdOut", o => o.HoldOut, (o, v) => o with { HoldOut = v }, "share of the training documents held out to choose the best pass, but at least 50 of them or a tenth, and at most 5,000; 0 keeps the last")
            .Number("average", o => o.Average, (o, v) => o with { Average = v }, "passes that a mean of the parameters over steps reaches back, which predicts in their place; 0: no mean")
            .Whole("batchSize", o => o.BatchSize, (o, v) => o with { BatchSize = v }, "documents that are computed together")
            .Whole("accumulate", o => o.Accumulate, (o, v) => o with { Accumulate = v }, "batches whose gradients make one step together")
            .Number("rate", o => o.Rate, (o, v) => o with { Rate = v }, rate)
            .Choice("device", o => o.Device, (o, v) => o with { Device = v }, "where the network is computed");
        if (hasVectors)
            table.Whole("dimensions", o => o.Dimensions, (o, v) => o with { Dimensions = v }, "length of a word's vector");
        return filters is null ? table : table.Whole(filters, o => o.Filters, (o, v) => o with { Filters = v }, meaning);
    }
}
