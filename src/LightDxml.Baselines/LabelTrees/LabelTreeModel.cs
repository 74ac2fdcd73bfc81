using System.Text.Json;
using LightDxml.Baselines.Linear;
using LightDxml.Models;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>A tree over labels with a classifier for every child slot.</summary>
/// <param name="Groups">Which nodes' classifiers are stored, and scored, together.</param>
internal sealed record ScoredTree(LabelTree Tree, NodeGroups Groups, GroupedClassifiers Classifiers);

/// <summary>An ensemble of partitioned label trees.</summary>
internal sealed class LabelTreeModel : BaselineModel
{
    internal const string FamilyName = "label-trees";

    internal LabelTreeModel(LabelTreeOptions options, int featureCount, int labelCount, IReadOnlyList<ScoredTree> trees)
        : base(featureCount, labelCount)
    {
        TreeOptions = options;
        Trees = trees;
    }

    public LabelTreeOptions TreeOptions { get; }

    internal IReadOnlyList<ScoredTree> Trees { get; }

    public override string Family => FamilyName;

    protected override bool UsesUnitRows => TreeOptions.UnitRows;

    internal override void WriteSettings(Utf8JsonWriter writer) => LabelTreeOptions.Table.WriteJson(TreeOptions, writer);

    public override PointRanker CreateRanker() => TreeOptions.Search == TreeSearch.Exact
        ? new ExactSearch(Trees[0], TreeOptions.Transfer)
        : new LabelTreeRanker(this);

    internal override void AddTensors(SafetensorsWriter writer)
    {
        for (var t = 0; t < Trees.Count; t++)
        {
            var tree = Trees[t].Tree;
            writer.Add<int>($"tree{t}.child_offsets", TensorType.I32, [tree.ChildOffsets.Length], tree.ChildOffsets);
            writer.Add<int>($"tree{t}.children_of_nodes", TensorType.I32, [tree.SlotCount], tree.ChildArray);
            writer.Add<int>($"tree{t}.leaves", TensorType.I32, [tree.NodeCount], Array.ConvertAll(tree.LeafArray, leaf => leaf ? 1 : 0));
            Trees[t].Classifiers.AddTensors(writer, $"tree{t}.");
        }
    }

    /// <exception cref="LightDxmlException">The tensors are not those of label trees.</exception>
    internal static LabelTreeModel Read(SafetensorsFile file, LabelTreeOptions options, int featureCount, int labelCount)
    {
        options.Validate();
        var trees = new ScoredTree[options.Trees];
        for (var t = 0; t < trees.Length; t++)
        {
            var leaves = TensorReading.Ints(file, $"tree{t}.leaves", -1, 0, 2).ToArray();
            var offsets = TensorReading.Offsets(file, $"tree{t}.child_offsets", leaves.Length + 1).ToArray();
            var children = TensorReading.Ints(file, $"tree{t}.children_of_nodes", offsets[^1], 0, int.MaxValue).ToArray();
            for (var node = 0; node < leaves.Length; node++)
            {
                var (least, bound) = leaves[node] == 1 ? (0, labelCount) : (node + 1, leaves.Length);
                foreach (var child in children.AsSpan(offsets[node]..offsets[node + 1]))
                {
                    if (child < least || child >= bound)
                        throw new LightDxmlException($"{file.Path}: tree {t} has a child {child} of node {node}, which is not between {least} and {bound - 1}.");
                }
            }

            var tree = new LabelTree(offsets, children, Array.ConvertAll(leaves, leaf => leaf == 1));
            var groups = NodeGroups.Of(tree);
            trees[t] = new ScoredTree(tree, groups, GroupedClassifiers.Read(file, $"tree{t}.", featureCount, groups.SlotOffsets));
        }

        return new LabelTreeModel(options, featureCount, labelCount, trees);
    }
}
