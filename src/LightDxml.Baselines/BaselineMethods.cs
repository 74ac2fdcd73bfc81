using LightDxml.Baselines.FastText;
using LightDxml.Baselines.InstanceTrees;
using LightDxml.Baselines.LabelTrees;
using LightDxml.Baselines.Neighbours;
using LightDxml.Baselines.Perceptron;
using LightDxml.Baselines.Simple;
using LightDxml.Baselines.Slice;
using LightDxml.Configuration;

namespace LightDxml.Baselines;

/// <summary>Every baseline, by name.</summary>
internal static class BaselineMethods
{
    public static IReadOnlyList<BaselineMethod> All { get; } =
    [
        Trees("xr-linear", "wide balanced label tree, after PECOS XR-Linear", LabelTreePresets.XrLinear),
        Trees("parabel", "three balanced binary label trees, after Parabel", LabelTreePresets.Parabel),
        Trees("bonsai", "three shallow unbalanced label trees, after Bonsai", LabelTreePresets.Bonsai),
        Trees("plt", "probabilistic label tree, after napkinXC", LabelTreePresets.Plt),
        Trees("dismec", "one linear classifier per label against all documents, pruned, after DiSMEC", LabelTreePresets.Dismec),
        Trees("pd-sparse", "one L1-regularised classifier per label, after PD-Sparse", LabelTreePresets.PdSparse),
        Instances("fastxml", "fifty nDCG-optimised trees over documents, after FastXML", InstanceTreeOptions.FastXml),
        Instances("pfastrexml", "the same by propensity, re-ranked by tail classifiers, after PfastreXML", InstanceTreeOptions.PfastreXml),
        BaselineMethod.Of("knn", "nearest training documents by cosine, exact", new NeighbourOptions(), NeighbourOptions.Table, NeighbourModel.Train),
        BaselineMethod.Of("knn-hnsw", "the same by an HNSW graph over random projections, re-scored exactly", new NeighbourOptions { Search = NeighbourSearch.Hnsw }, NeighbourOptions.Table, NeighbourModel.Train),
        FastText("fasttext-ova", "bag of features with a one-vs-all loss, after fastText", new FastTextOptions()),
        FastText("fasttext-hs", "bag of features with hierarchical softmax, after fastText", new FastTextOptions { Loss = FastTextLoss.HierarchicalSoftmax }),
        BaselineMethod.Of("slice", "linear classifiers over dense encodings with negatives by a generative model, after SLICE", new SliceOptions(), SliceOptions.Table, SliceTrainer.Train),
        BaselineMethod.Of("mlp", "dense layers of 512 and 256 units and a sigmoid over all labels, by Adam", new PerceptronOptions(), PerceptronOptions.Table, PerceptronTrainer.Train),
        BaselineMethod.Of("most-frequent", "the most frequent labels, whatever the features", new MostFrequentOptions(), MostFrequentOptions.Table, (train, _, _, _, _, _) => MostFrequentModel.Train(train)),
    ];

    /// <exception cref="OptionsException">There is no method of that name.</exception>
    public static BaselineMethod Get(string name) =>
        All.FirstOrDefault(method => method.Name == name)
        ?? throw new OptionsException($"There is no method '{name}'; the methods are {string.Join(", ", All.Select(method => method.Name))}.");

    private static BaselineMethod FastText(string name, string description, FastTextOptions options) =>
        BaselineMethod.Of(name, description, options, FastTextOptions.Table, (train, settings, seed, _, observer, stop) => FastTextTrainer.Train(train, settings, seed, observer, stop));

    private static BaselineMethod Instances(string name, string description, InstanceTreeOptions options) =>
        BaselineMethod.Of(name, description, options, InstanceTreeOptions.Table, InstanceTreeTrainer.Train);

    private static BaselineMethod Trees(string name, string description, LabelTreeOptions options) =>
        BaselineMethod.Of(name, description, options, LabelTreeOptions.Table, LabelTreeTrainer.Train);
}
