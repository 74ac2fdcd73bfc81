using System.Text.Json;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Baselines.InstanceTrees;

/// <summary>An ensemble of trees over points, with tail classifiers where labels count by propensity.</summary>
internal sealed class InstanceTreeModel : BaselineModel
{
    internal const string FamilyName = "instance-trees";

    internal InstanceTreeModel(InstanceTreeOptions options, int featureCount, int labelCount, IReadOnlyList<InstanceTree> trees, SparseMatrix? centres)
        : base(featureCount, labelCount)
    {
        TreeOptions = options;
        Trees = trees;
        Centres = centres;
    }

    public InstanceTreeOptions TreeOptions { get; }

    public IReadOnlyList<InstanceTree> Trees { get; }

    /// <summary>[labels, features], the unit centres of the labels' points; null without tail classifiers.</summary>
    internal SparseMatrix? Centres { get; }

    public override string Family => FamilyName;

    protected override bool UsesUnitRows => TreeOptions.UnitRows;

    internal override void WriteSettings(Utf8JsonWriter writer) => InstanceTreeOptions.Table.WriteJson(TreeOptions, writer);

    public override PointRanker CreateRanker() => new InstanceTreeRanker(this);

    internal override void AddTensors(SafetensorsWriter writer)
    {
        for (var t = 0; t < Trees.Count; t++)
            Trees[t].AddTensors(writer, $"tree{t}.");
        if (Centres is not null)
            MatrixTensors.Add(writer, "centres.", Centres);
    }

    /// <exception cref="LightDxmlException">The tensors are not those of this family.</exception>
    internal static InstanceTreeModel Read(SafetensorsFile file, InstanceTreeOptions options, int featureCount, int labelCount)
    {
        options.Validate();
        var trees = Enumerable.Range(0, options.Trees).Select(t => InstanceTree.Read(file, $"tree{t}.", featureCount, labelCount)).ToArray();
        var centres = options.PropensityScored ? MatrixTensors.Read(file, "centres.", featureCount, hasValues: true) : null;
        if (centres is not null && centres.RowCount != labelCount)
            throw new LightDxmlException($"{file.Path}: {centres.RowCount} centres for {labelCount} labels.");
        return new InstanceTreeModel(options, featureCount, labelCount, trees, centres);
    }
}
