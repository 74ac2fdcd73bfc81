using System.Numerics.Tensors;
using System.Text.Json;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Baselines.InstanceTrees;

/// <summary>An ensemble of trees over points, with tail classifiers where labels count by propensity.</summary>
internal sealed class InstanceTreeModel : BaselineModel
{
    internal const string FamilyName = "instance-trees";

    internal InstanceTreeModel(InstanceTreeOptions options, int featureCount, int labelCount, IReadOnlyList<InstanceTree> trees, SparseMatrix? means)
        : base(featureCount, labelCount)
    {
        TreeOptions = options;
        Trees = trees;
        Means = means;
        SquaredLengths = means is null ? [] : [.. Enumerable.Range(0, means.RowCount).Select(label => TensorPrimitives.SumOfSquares(means.RowValues(label)))];
    }

    public InstanceTreeOptions TreeOptions { get; }

    public IReadOnlyList<InstanceTree> Trees { get; }

    /// <summary>[labels, features], the means of the labels' unit points; null without tail classifiers.</summary>
    internal SparseMatrix? Means { get; }

    /// <summary>[labels], ‖w‖² of each mean.</summary>
    internal float[] SquaredLengths { get; }

    public override string Family => FamilyName;

    protected override bool UsesUnitRows => TreeOptions.UnitRows;

    internal override void WriteSettings(Utf8JsonWriter writer) => InstanceTreeOptions.Table.WriteJson(TreeOptions, writer);

    public override PointRanker CreateRanker() => new InstanceTreeRanker(this);

    internal override void AddTensors(SafetensorsWriter writer)
    {
        for (var t = 0; t < Trees.Count; t++)
            Trees[t].AddTensors(writer, $"tree{t}.");
        if (Means is not null)
            MatrixTensors.Add(writer, "means.", Means);
    }

    /// <exception cref="LightDxmlException">The tensors are not those of this family.</exception>
    internal static InstanceTreeModel Read(SafetensorsFile file, InstanceTreeOptions options, int featureCount, int labelCount)
    {
        options.Validate();
        var trees = Enumerable.Range(0, options.Trees).Select(t => InstanceTree.Read(file, $"tree{t}.", featureCount, labelCount)).ToArray();
        var means = options.PropensityScored ? MatrixTensors.Read(file, "means.", featureCount, hasValues: true) : null;
        if (means is not null && means.RowCount != labelCount)
            throw new LightDxmlException($"{file.Path}: {means.RowCount} means for {labelCount} labels.");
        return new InstanceTreeModel(options, featureCount, labelCount, trees, means);
    }
}
