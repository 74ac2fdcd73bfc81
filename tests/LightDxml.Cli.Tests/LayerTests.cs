using System.Text.RegularExpressions;
using System.Xml.Linq;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>Which way dependencies run: between projects, to packages, and between the rooms of the library.</summary>
public sealed partial class LayerTests
{
    /// <summary>Every project that is not for tests or benchmarks, each after those that it refers to.</summary>
    private static readonly (string Name, string[] Projects, string[] Packages)[] Layers =
    [
        ("LightDxml.Data", [], ["SharpCompress", "System.IO.Hashing", "System.Numerics.Tensors"]),
        ("LightDxml.Metrics", ["LightDxml.Data"], []),
        ("LightDxml.Text", ["LightDxml.Data"], ["CsvHelper", "Microsoft.Extensions.ObjectPool", "System.Numerics.Tensors"]),
        ("LightDxml.Kernels", ["LightDxml.Data"], ["System.Numerics.Tensors"]),
        ("LightDxml", ["LightDxml.Data", "LightDxml.Kernels", "LightDxml.Metrics", "LightDxml.Text"],
            ["Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.ObjectPool", "System.Numerics.Tensors"]),
        ("LightDxml.Baselines", ["LightDxml"], ["Microsoft.Extensions.ObjectPool", "System.Numerics.Tensors"]),
        ("LightDxml.Reports", ["LightDxml.Metrics", "LightDxml.Text"], []),
        ("LightDxml.Torch", ["LightDxml"], ["TorchSharp"]),
        ("LightDxml.Encoders", ["LightDxml"], ["Microsoft.ML.OnnxRuntime", "Microsoft.ML.Tokenizers"]),
        ("LightDxml.Kernels.Ilgpu", ["LightDxml"], ["ILGPU", "ILGPU.Algorithms"]),
        ("LightDxml.Parquet", ["LightDxml.Text"], ["Parquet.Net"]),
        ("LightDxml.Hosting", ["LightDxml"], ["Microsoft.Data.Sqlite", "Scalar.AspNetCore"]),
        ("LightDxml.Mpi", ["LightDxml"], []),
        ("LightDxml.All", ["LightDxml", "LightDxml.Baselines", "LightDxml.Encoders", "LightDxml.Kernels.Ilgpu", "LightDxml.Parquet", "LightDxml.Reports", "LightDxml.Torch"], []),
        ("LightDxml.Cli", ["LightDxml", "LightDxml.Baselines", "LightDxml.Encoders", "LightDxml.Hosting", "LightDxml.Kernels.Ilgpu", "LightDxml.Mpi", "LightDxml.Parquet", "LightDxml.Reports", "LightDxml.Torch"],
            ["OpenTelemetry.Exporter.OpenTelemetryProtocol", "OpenTelemetry.Exporter.Prometheus.AspNetCore", "OpenTelemetry.Extensions.Hosting", "Spectre.Console", "System.CommandLine"]),
    ];

    /// <summary>Rooms that may not know training, and the files in them that may: which of training's types they name.</summary>
    private static readonly string[] RoomsBelowTraining = ["Indexes", "Inference", "Models", "Names", "Providers", "TextEncoding"];

    private static readonly Dictionary<string, string[]> FilesThatKnowTraining = new()
    {
        // Provenance: the settings that a model was trained with.
        ["Models/TrainingRecord.cs"] = ["Settings", "TrainingOptions"],
        // Models of version 1 hold training's settings alone, and prediction's follow from them.
        ["Models/ModelConfiguration.cs"] = ["Settings", "TrainingPlan"],
    };

    [Fact]
    public void Projects_ReferToTheLayersBelow_AndToNothingElse()
    {
        var projects = Projects();
        Assert.Equal(Layers.Select(layer => layer.Name).Order(StringComparer.Ordinal), projects.Keys.Order(StringComparer.Ordinal));
        Assert.All(Layers, layer => Assert.Equal(layer.Projects, References(projects[layer.Name], "ProjectReference")));
    }

    [Fact]
    public void Layers_HaveNoCircle() => Assert.All(Layers.Index(), layer =>
        Assert.Subset(Layers.Take(layer.Index).Select(below => below.Name).ToHashSet(), layer.Item.Projects.ToHashSet()));

    [Fact]
    public void Projects_TakeTheirStatedPackagesAlone() => Assert.All(Layers, layer =>
        Assert.Equal(layer.Packages, References(Projects()[layer.Name], "PackageReference")));

    [Fact]
    public void RoomsBelowTraining_NameItsTypes_InTheStatedFilesAlone()
    {
        var root = Path.Combine(Repository.Root, "src", "LightDxml");
        var types = Sources(Path.Combine(root, "Training")).SelectMany(file => TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToHashSet();
        Assert.Superset(new HashSet<string> { "Settings", "ShortlistOptions", "TrainingOptions", "TrainingPlan", "Trainer" }, types);
        var found = RoomsBelowTraining.SelectMany(room => Sources(Path.Combine(root, room)))
            .Select(file => (Name: Path.GetRelativePath(root, file).Replace('\\', '/'), Text: Comment().Replace(File.ReadAllText(file), "")))
            .Where(file => NamesTraining().IsMatch(file.Text))
            .ToDictionary(file => file.Name, file => Word().Matches(file.Text).Select(match => match.Value).Where(types.Contains).Distinct().Order(StringComparer.Ordinal).ToArray());
        Assert.Equivalent(FilesThatKnowTraining, found, strict: true);
    }

    private static Dictionary<string, XDocument> Projects() =>
        new[] { "src", "native-kernels" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), XDocument.Load);

    private static IEnumerable<string> References(XDocument project, string kind) =>
        project.Descendants(kind).Select(reference => ProjectFile().Replace(reference.Attribute("Include")!.Value, "$1")).Order(StringComparer.Ordinal);

    private static string[] Sources(string folder) => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);

    [GeneratedRegex(@"^.*/(.+)\.csproj$")]
    private static partial Regex ProjectFile();

    [GeneratedRegex(@"^(?:public|internal) (?:\w+ )*(?:class|record|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    /// <summary>A type can be named by a using or by a qualified name alone. A property called Training is not the namespace.</summary>
    [GeneratedRegex(@"\bLightDxml\.Training\b|(?<![\w.])Training\.[A-Z]|(?<![\w.])(?:Settings|Presets)\.[A-Z]")]
    private static partial Regex NamesTraining();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<!\.)\b[A-Z]\w*")]
    private static partial Regex Word();
}
