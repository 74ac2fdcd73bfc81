using System.Reflection;
using LightDxml.Baselines;
using LightDxml.Baselines.Simple;
using LightDxml.Data;
using LightDxml.Encoders;
using LightDxml.Hosting;
using LightDxml.Kernels;
using LightDxml.Kernels.Ilgpu;
using LightDxml.Metrics;
using LightDxml.Parquet;
using LightDxml.Providers;
using LightDxml.Reports.Model;
using LightDxml.TestKit;
using LightDxml.Text;
using LightDxml.Torch;

namespace LightDxml.Cli.Tests;

/// <summary>What the packages offer. Each member stands in its project's PublicAPI files; here is how many types there may be.</summary>
public sealed class SurfaceTests
{
    /// <summary>Raise a number only for a type that users of the package ask for.</summary>
    public static TheoryData<string, int> Limits { get; } = new()
    {
        { "LightDxml", 30 },
        { "LightDxml.Data", 12 },
        { "LightDxml.Metrics", 36 },
        { "LightDxml.Text", 11 },
    };

    private static readonly Assembly[] Libraries =
    [
        typeof(TextClassifier).Assembly, typeof(Dataset).Assembly, typeof(Evaluator).Assembly, typeof(TextVectorizer).Assembly, typeof(KernelSet).Assembly,
        typeof(BaselineModels).Assembly, typeof(ReportModel).Assembly, typeof(TorchEngines).Assembly, typeof(OnnxTextEncoders).Assembly, typeof(ParquetFiles).Assembly, typeof(GpuLabelIndexes).Assembly,
        typeof(LightDxmlServices).Assembly,
    ];

    [Theory]
    [MemberData(nameof(Limits))]
    public void Library_ExportsFewTypes(string name, int most) => Assert.InRange(Exported(name).Length, 1, most);

    [Theory]
    [InlineData("LightDxml.Kernels")]
    [InlineData("LightDxml.Reports")]
    [InlineData("LightDxml.Baselines", "BaselineModels")]
    [InlineData("LightDxml.Torch", "TorchEngines")]
    [InlineData("LightDxml.Encoders", "OnnxTextEncoders")]
    [InlineData("LightDxml.Parquet", "ParquetFiles")]
    [InlineData("LightDxml.Kernels.Ilgpu", "GpuLabelIndexes")]
    [InlineData("LightDxml.Hosting", "LightDxmlBuilder", "LightDxmlEndpoints", "LightDxmlServices", "ServingOptions")]
    public void OtherLibraries_ExportTheirRegistrationAlone(string name, params string[] types) => Assert.Equal(types, Exported(name).Order(StringComparer.Ordinal));

    [Fact]
    public void Libraries_DoNotPrint() =>
        Assert.All(Libraries, library => Assert.DoesNotContain("System.Console", library.GetReferencedAssemblies().Select(name => name.Name)));

    [Fact]
    public void Registration_OfProviders_MakesThemKnown()
    {
        TorchEngines.Register();
        OnnxTextEncoders.Register();
        GpuLabelIndexes.Register();
        Assert.IsType<TorchProvider>(ProviderCatalog.Get("torch"));
        Assert.IsType<OnnxProvider>(ProviderCatalog.Get("onnx"));
        Assert.IsType<IlgpuProvider>(ProviderCatalog.Get("ilgpu"));
    }

    [Fact]
    public void Registration_OfBaselines_OpensTheirModels()
    {
        using var folder = new TemporaryFolder();
        var features = new SparseMatrix(2, 2, [0, 1, 2], [0, 1], [1, 1]);
        var labels = new SparseMatrix(2, 2, [0, 1, 2], [1, 1]);
        BaselineFolder.Save(MostFrequentModel.Train(new Dataset("two", features, labels)), new BaselineStatistics(2, 2, 2, Seed: 1), folder["model"]);
        BaselineModels.Register();
        using var model = FeatureClassifier.Load(folder["model"]);
        Assert.Equal([1], model.Predict(features, top: 1).Labels(0).ToArray());
    }

    private static string[] Exported(string name) => [.. Libraries.Single(library => library.GetName().Name == name).GetExportedTypes().Select(type => type.Name)];
}
