using System.Runtime.InteropServices;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Tests.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ModelPath => _folder["model"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 3)]
    [InlineData(40, 33, 16)]
    [InlineData(100, 64, 15)]
    public void Load_OfASavedModel_HasTheSameBits(int features, int labels, int dimensions)
    {
        var model = SampleModels.Random(features, labels, dimensions, seed: 1);
        ModelFolder.Save(model, ModelPath);
        var loaded = ModelFolder.Load(ModelPath);
        foreach (var (expected, actual) in SampleModels.Matrices(model).Zip(SampleModels.Matrices(loaded)))
        {
            Assert.Equal((expected.RowCount, expected.Dimensions), (actual.RowCount, actual.Dimensions));
            Assert.Equal(MemoryMarshal.Cast<float, int>(expected.Span).ToArray(), MemoryMarshal.Cast<float, int>(actual.Span).ToArray());
        }

        Assert.Equal(model.Training!.Options, loaded.Training!.Options);
        Assert.Equal(model.Training!.Statistics, loaded.Training!.Statistics);
        Assert.Null(loaded.LabelNames);
    }

    [Fact]
    public void Save_TheSameModelTwice_WritesTheSameBytes()
    {
        var model = SampleModels.Random(9, 8, 7, seed: 2);
        ModelFolder.Save(model, ModelPath);
        ModelFolder.Save(model, _folder["again"]);
        foreach (var file in new[] { ModelFolder.TensorFile, ModelFolder.ConfigurationFile })
            Assert.Equal(File.ReadAllBytes(Path.Combine(ModelPath, file)), File.ReadAllBytes(Path.Combine(_folder["again"], file)));
    }

    [Fact]
    public void Save_TensorsHaveNoPaddingColumns()
    {
        ModelFolder.Save(SampleModels.Random(9, 8, 7, seed: 3), ModelPath);
        using var file = new SafetensorsFile(Path.Combine(ModelPath, ModelFolder.TensorFile));
        Assert.Equal(
            ["checksums: U8 [7, 16]", "classifier.bias: F32 [8]", "classifier.weight: F32 [8, 7]", "encoder.embeddings: F32 [9, 7]", "encoder.residual.bias: F32 [7]", "encoder.residual.weight: F32 [7, 7]", "label_embeddings: F32 [8, 7]"],
            file.Entries.Select(entry => entry.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Load_LabelNames_AreThoseOfTheModel_WithoutLineBreaks()
    {
        ModelFolder.Save(SampleModels.Random(2, 3, 4, seed: 4) with { LabelNames = ["ein Label", "", "two\r\nlines"] }, ModelPath);
        Assert.Equal(["ein Label", "", "two lines"], ModelFolder.Load(ModelPath).LabelNames);
    }

    [Fact]
    public void Load_ValidationP1IsNull_StaysNull()
    {
        var model = SampleModels.Random(2, 3, 4, seed: 4);
        ModelFolder.Save(model with { Training = model.Training! with { Statistics = model.Training.Statistics with { ValidationP1 = null } } }, ModelPath);
        Assert.Null(ModelFolder.Load(ModelPath).Training!.Statistics.ValidationP1);
    }

    [Fact]
    public void Save_OverAModel_ReplacesAllOfIt_AndLeavesNothingBeside()
    {
        ModelFolder.Save(SampleModels.Constant(2, 3, 4, version: 1) with { LabelNames = ["a", "b", "c"] }, ModelPath);
        ModelFolder.Save(SampleModels.Constant(2, 3, 4, version: 2), ModelPath);
        var loaded = ModelFolder.Load(ModelPath);
        Assert.Equal((2, 2f, null), (loaded.Training!.Options.Seed, loaded.LabelEmbeddings.Row(0)[0], loaded.LabelNames));
        Assert.False(File.Exists(Path.Combine(ModelPath, TextParts.LabelFile)));
        Assert.Equal([ModelPath], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Save_IntoAnEmptyFolder_OrBelowAMissingOne_Works()
    {
        Directory.CreateDirectory(ModelPath);
        ModelFolder.Save(SampleModels.Random(2, 3, 4, seed: 5), ModelPath);
        ModelFolder.Save(SampleModels.Random(2, 3, 4, seed: 5), _folder["a/b/c"] + "/");
        Assert.NotNull(ModelFolder.Load(ModelPath));
        Assert.NotNull(ModelFolder.Load(_folder["a/b/c"]));
    }

    [Fact]
    public void Save_ThroughALink_ReplacesWhatTheLinkPointsTo()
    {
        ModelFolder.Save(SampleModels.Constant(2, 3, 4, version: 1), ModelPath);
        Directory.CreateSymbolicLink(_folder["link"], ModelPath);
        ModelFolder.Save(SampleModels.Constant(2, 3, 4, version: 2), _folder["link"]);
        Assert.Equal(2, ModelFolder.Load(ModelPath).Training!.Options.Seed);
        Assert.NotNull(new DirectoryInfo(_folder["link"]).LinkTarget);
    }

    [Fact]
    public void Save_IntoAFolderThatIsNotAModel_IsRefusedAndTheFolderIsUntouched()
    {
        Directory.CreateDirectory(ModelPath);
        File.WriteAllText(Path.Combine(ModelPath, "thesis.tex"), "precious");
        Assert.Throws<LightDxmlException>(() => ModelFolder.CheckTarget(ModelPath));
        Assert.Throws<LightDxmlException>(() => ModelFolder.Save(SampleModels.Random(2, 3, 4, seed: 6), ModelPath));
        Assert.Equal("precious", File.ReadAllText(Path.Combine(ModelPath, "thesis.tex")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("{ \"name\": \"my application\" }")]
    [InlineData("{ \"format\": \"other-model\" }")]
    [InlineData("not JSON")]
    public void Save_OverAFolderWithAnotherProgramsConfiguration_IsRefusedAndTheFolderIsUntouched(string configuration)
    {
        Directory.CreateDirectory(Path.Combine(ModelPath, "src"));
        File.WriteAllText(Path.Combine(ModelPath, ModelFolder.ConfigurationFile), configuration);
        File.WriteAllText(Path.Combine(ModelPath, "src", "thesis.tex"), "precious");
        Assert.Throws<LightDxmlException>(() => ModelFolder.CheckTarget(ModelPath));
        Assert.Throws<LightDxmlException>(() => ModelFolder.Save(SampleModels.Random(2, 3, 4, seed: 6), ModelPath));
        Assert.Equal("precious", File.ReadAllText(Path.Combine(ModelPath, "src", "thesis.tex")));
    }

    [Theory]
    [InlineData("NOTES.txt")]
    [InlineData("predictions.jsonl")]
    [InlineData("plots/recall.svg")]
    [InlineData("small/config.json")]
    [InlineData("data/labels.txt")]
    [InlineData("member-1/small/config.json")]
    [InlineData("member-first/config.json")]
    public void Save_OverAModel_KeepsFilesThatAreNotTheModels(string file)
    {
        ModelFolder.Save(SampleModels.Constant(2, 3, 4, version: 1) with { LabelNames = ["a", "b", "c"] }, ModelPath);
        var path = Path.Combine(ModelPath, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "precious");
        ModelFolder.Save(SampleModels.Constant(2, 3, 4, version: 2), ModelPath);
        Assert.Equal("precious", File.ReadAllText(path));
        Assert.Equal(2, ModelFolder.Load(ModelPath).Training!.Options.Seed);
        Assert.False(File.Exists(Path.Combine(ModelPath, "labels.txt")));
    }

    [Fact]
    public void CheckTarget_WhereNothingCanBeWritten_SaysSo()
    {
        File.WriteAllText(_folder["file"], "");
        Assert.Contains("cannot be written", Assert.Throws<LightDxmlException>(() => ModelFolder.CheckTarget("/proc/nowhere/model")).Message, StringComparison.Ordinal);
        ModelFolder.CheckTarget(_folder["new/and/deep"]);
        Assert.Equal([_folder["file"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Save_OverAFile_IsRefused()
    {
        File.WriteAllText(ModelPath, "precious");
        Assert.Throws<LightDxmlException>(() => ModelFolder.Save(SampleModels.Random(2, 3, 4, seed: 6), ModelPath));
        Assert.Equal("precious", File.ReadAllText(ModelPath));
    }

    [Fact]
    public void Save_ThatFails_LeavesTheOldModelAndNothingElse()
    {
        ModelFolder.Save(SampleModels.Constant(2, 3, 4, version: 1), ModelPath);
        Assert.ThrowsAny<Exception>(() => ModelFolder.Save(SampleModels.Constant(2, 3, 4, version: 2) with { LabelNames = [null!, "b", "c"] }, ModelPath));
        Assert.Equal(1, ModelFolder.Load(ModelPath).Training!.Options.Seed);
        Assert.Equal([ModelPath], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Save_PartsThatDisagreeInSize_IsRefused()
    {
        var model = SampleModels.Random(2, 3, 4, seed: 7);
        Assert.Throws<LightDxmlException>(() => ModelFolder.Save(model with { LabelEmbeddings = new DenseMatrix(4, 4) }, ModelPath));
        Assert.Throws<LightDxmlException>(() => ModelFolder.Save(model with { LabelNames = ["a", "b"] }, ModelPath));
        Assert.Throws<LightDxmlException>(() => ModelFolder.Save(model with { LabelFrequencies = [1, 2, 3, 4] }, ModelPath));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Load_Missing_NamesTheFolder() =>
        Assert.Contains(ModelPath, Assert.Throws<LightDxmlException>(() => ModelFolder.Load(ModelPath)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_AfterAKilledFirstSave_NamesTheLeftover_AndTheNextSaveRemovesIt()
    {
        // No process can have this id: it is above every system's limit.
        var leftover = ModelPath + ".tmp-2147483647-0123abcd";
        Directory.CreateDirectory(leftover);
        Directory.CreateDirectory(ModelPath + ".tmp-backup");
        Assert.Contains(leftover, Assert.Throws<LightDxmlException>(() => ModelFolder.Load(ModelPath)).Message, StringComparison.Ordinal);
        ModelFolder.Save(SampleModels.Random(2, 3, 4, seed: 8), ModelPath);
        Assert.Equal([ModelPath, ModelPath + ".tmp-backup"], Directory.GetDirectories(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(ModelFolder.TensorFile)]
    [InlineData(ModelFolder.ConfigurationFile)]
    [InlineData(TextParts.LabelFile)]
    public void Load_WithoutOneOfTheFiles_IsAnError(string file)
    {
        SaveWithNames();
        File.Delete(Path.Combine(ModelPath, file));
        Assert.Contains(file, Assert.Throws<LightDxmlException>(() => ModelFolder.Load(ModelPath)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"formatVersion\": 2", "\"formatVersion\": 4", "reads format versions 1 to 3, but found 4")]
    [InlineData("\"formatVersion\": 2", "\"formatVersion\": 0", "reads format versions 1 to 3, but found 0")]
    [InlineData("lightdxml-model", "other-model", "not the configuration of a model")]
    [InlineData("\"dimensions\": 4", "\"dimensions\": 5", "dimensions")]
    [InlineData("\"dimensions\": 4", "\"dimension\": 4", "dimensions is missing")]
    [InlineData("\"labels\": 3", "\"labels\": 4", "labels")]
    [InlineData("\"labels\": 3,", "", "labels is missing")]
    [InlineData("\"version\": 1", "\"version\": 2", "version 1 of the inference settings, but found 2")]
    [InlineData("\"beta\": 1", "\"beta\": 7", "beta must be between 0 and 1")]
    [InlineData("\"kind\": \"auto\"", "\"kind\": \"tree\"", "tree")]
    [InlineData("\"precision\": \"float32\"", "\"precision\": \"float\"", "'float' is not a precision")]
    [InlineData("\"labelNames\": true", "\"labelNames\": 1", "labelNames")]
    [InlineData("\"inference\"", "\"inferences\"", "inference is missing")]
    public void Load_ChangedConfiguration_IsAnError(string found, string changed, string fault)
    {
        SaveWithNames();
        var path = Path.Combine(ModelPath, ModelFolder.ConfigurationFile);
        var text = File.ReadAllText(path);
        Assert.Contains(found, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(found, changed, StringComparison.Ordinal));
        Assert.Contains(fault, Assert.ThrowsAny<LightDxmlException>(() => ModelFolder.Load(ModelPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnyTruncationOfTheConfiguration_IsAnError()
    {
        SaveWithNames();
        var path = Path.Combine(ModelPath, ModelFolder.ConfigurationFile);
        var whole = File.ReadAllText(path).TrimEnd();
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllText(path, whole[..length]);
            Assert.ThrowsAny<LightDxmlException>(() => ModelFolder.Load(ModelPath));
        }
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("{\"settings\":{\"encoder\":{\"renamed\":1}},\"statistics\":{}}")]
    public void Load_TrainingRecordThatIsNotUnderstood_PredictsAllTheSame(string text)
    {
        var model = SampleModels.Random(2, 3, 4, seed: 9);
        ModelFolder.Save(model, ModelPath);
        File.WriteAllText(Path.Combine(ModelPath, ModelFolder.TrainingFile), text);
        var loaded = ModelFolder.Load(ModelPath);
        Assert.Null(loaded.Training);
        Assert.Equal(model.Inference, loaded.Inference);
    }

    private void SaveWithNames() => ModelFolder.Save(SampleModels.Random(2, 3, 4, seed: 9) with { LabelNames = ["a", "b", "c"] }, ModelPath);

    [SkippableFact]
    public void Open_TenThousandTimes_LeavesNoMapping()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Mappings are counted in /proc.");
        ModelFolder.Save(ModelPrecision.Apply(SampleModels.Random(40, 30, 16, seed: 1), Precision.Int4), ModelPath);

        for (var i = 0; i < 10_000; i++)
        {
            using var model = ModelFolder.Open(ModelPath);
            Assert.Equal(40, model.FeatureCount);
        }

        Assert.Equal(0, Mappings());
    }

    [SkippableFact]
    public void Open_AndForgotten_IsUnmappedByTheCollector()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Mappings are counted in /proc.");
        ModelFolder.Save(ModelPrecision.Apply(SampleModels.Random(40, 30, 16, seed: 1), Precision.Int4), ModelPath);

        for (var i = 0; i < 200; i++)
            Assert.IsNotType<DenseEmbeddings>(ModelFolder.Open(ModelPath).Network.Embeddings);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // A register or stack slot may still hold the last one or two.
        Assert.InRange(Mappings(), 0, 5);
    }

    [Fact]
    public void Open_AndDisposed_IsRefusedAfterwards()
    {
        ModelFolder.Save(ModelPrecision.Apply(SampleModels.Random(40, 30, 16, seed: 1), Precision.Int4), ModelPath);
        var model = ModelFolder.Open(ModelPath);
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.Network.Embeddings.ToMatrix());
    }

    [Fact]
    public void Load_ConfigurationThatIsNotUtf8_IsAStatedError()
    {
        ModelFolder.Save(SampleModels.Random(2, 3, 4, seed: 4), ModelPath);
        var path = Path.Combine(ModelPath, ModelFolder.ConfigurationFile);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("lightdxml-model"u8) + 2] = 0xFF;
        File.WriteAllBytes(path, bytes);

        Assert.Contains("config.json", Assert.Throws<LightDxmlException>(() => ModelFolder.Load(ModelPath)).Message, StringComparison.Ordinal);
    }

    private int Mappings() => File.ReadLines("/proc/self/maps").Count(line => line.Contains(_folder.Path, StringComparison.Ordinal));

    [Fact]
    public void Save_AModelInPlaceOfAnEnsemble_AndBack_ReplacesTheWholeFolder()
    {
        var model = SampleModels.Random(2, 3, 4, seed: 4);
        EnsembleFolder.Save([model, model], ModelPath);
        ModelFolder.Save(model, ModelPath);
        Assert.False(Directory.Exists(Path.Combine(ModelPath, "member-1")));
        Assert.Equal(3, ModelFolder.Load(ModelPath).LabelCount);

        EnsembleFolder.Save([model, model], ModelPath);
        Assert.False(File.Exists(Path.Combine(ModelPath, ModelFolder.TensorFile)));
        Assert.Equal(2, EnsembleFolder.Read(ModelFolder.Files(ModelPath), mapped: false).Count);
    }
}
