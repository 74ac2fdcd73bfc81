namespace LightDxml.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("demo")]
    [InlineData("train")]
    [InlineData("predict")]
    [InlineData("evaluate")]
    [InlineData("data info")]
    [InlineData("info")]
    [InlineData("plan")]
    public void Help_OfEveryCommand_ShowsAnExampleOfIt(string command)
    {
        var (exitCode, output, messages) = Lightdxml.Run([.. command.Split(' '), "--help"]);
        Assert.Equal((0, ""), (exitCode, messages));
        Assert.Contains($"lightdxml {command}", output[output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Help_NamesEveryCommand()
    {
        var (exitCode, output, _) = Lightdxml.Run("--help");
        Assert.Equal(0, exitCode);
        foreach (var command in new[] { "demo", "train", "predict", "evaluate", "data info", "info", "plan" })
            Assert.Contains($"lightdxml {command}", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_SaysWhatEachNumberOfMachinesTakes_AndWhatTrainRefuses()
    {
        var (exitCode, output, messages) = Lightdxml.Run("plan", "--documents", "10000000", "--labels", "3000000", "--machines", "1", "8");
        Assert.Equal((0, ""), (exitCode, messages));
        Assert.Contains("10,000,000 documents of 100 features, 200,000 features, 3,000,000 labels; 192 dimensions, 4 epochs.", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^ +1  +[0-9]+ GB +[0-9]+ (min|h)", output);
        Assert.Matches("(?m)^ +8  +[0-9]+ GB  +[0-9]+ (GB|TB) +[0-9]+ (min|h)", output);
        Assert.Contains("1 machine: train refuses it. shortlists: 10,000,000 documents", output, StringComparison.Ordinal);
        Assert.DoesNotContain("8 machines: train refuses", output, StringComparison.Ordinal);
        foreach (var part in new[] { "final refit", "label embeddings", "moving rows", "sparse classifier" })
            Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'lightdxml train' has no option '--quiet'.", "train", "--train", "a.txt", "--output", "model", "--set", "seed=1", "--quiet")]
    [InlineData("'lightdxml train' has no option '--outputs'.", "train", "--train", "--outputs", "model", "--output", "model")]
    [InlineData("'lightdxml data info' has no option '--top'.", "data", "info", "a.txt", "--title-field", "--top")]
    public void UnknownOption_IsNotTakenForTheValueOfTheOneBefore(string message, params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(message, messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_AveragesMayBeFractions()
    {
        var (exitCode, output, _) = Lightdxml.Run("plan", "--documents", "1000", "--labels", "50", "--features-per-document", "12.6", "--labels-per-document", "0.5", "--machines", "1");
        Assert.Equal(0, exitCode);
        Assert.Contains("1,000 documents of 13 features", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FewerFeaturesAndLabelsThanTheUsualAverages_AreAllOfEachDocument()
    {
        var (exitCode, output, messages) = Lightdxml.Run("plan", "--documents", "1000", "--labels", "3", "--features", "20", "--machines", "1");
        Assert.True(exitCode == 0, messages);
        Assert.Contains("1,000 documents of 20 features", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--labels-per-document must be above 0", "--documents", "10", "--labels", "10", "--labels-per-document", "0")]
    [InlineData(2, "--features-per-document must be at most --features, which is 200000, but is 1000000000", "--documents", "10", "--labels", "10", "--features-per-document", "1e9")]
    [InlineData(2, "--features-per-document must be at most --features, which is 50, but is 50.5", "--documents", "10", "--labels", "10", "--features", "50", "--features-per-document", "50.5")]
    [InlineData(2, "--labels-per-document must be at most --labels, which is 10, but is 11", "--documents", "10", "--labels", "10", "--labels-per-document", "11")]
    [InlineData(2, "'--labels'", "--documents", "10", "--labels-per-document", "3")]
    [InlineData(2, "'--labels'", "--documents", "10")]
    [InlineData(2, "--machines must be numbers from 1 on", "--documents", "10", "--labels", "10", "--machines", "0")]
    [InlineData(2, "--documents must be at least 1", "--documents", "0", "--labels", "10")]
    [InlineData(1, "encoder.dimension", "--documents", "10", "--labels", "10", "--set", "encoder.dimension=5")]
    public void Plan_WrongSizes_AreErrors(int expected, string message, params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(["plan", .. arguments]);
        Assert.Equal((expected, ""), (exitCode, output));
        Assert.Contains(message, messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default", "encoder.dropout", "-1")]
    [InlineData("paper", "prediction.beta", "0.75")]
    public void HelpSettings_ListsSettingsOfThePreset(string preset, string name, string value)
    {
        var (exitCode, output, _) = Lightdxml.Run("train", "--help-settings", "--preset", preset);
        Assert.Equal(0, exitCode);
        foreach (var setting in LightDxml.Configuration.Settings.All)
            Assert.Contains(setting.Meaning, output, StringComparison.Ordinal);
        var line = Assert.Single(output.Split('\n'), line => line.StartsWith(name + " ", StringComparison.Ordinal));
        Assert.Equal(value, line[name.Length..].Trim().Split(' ')[0]);
    }

    [Theory]
    [InlineData("", "--help")]
    [InlineData("trian", "train")]
    [InlineData("train --train x", "--output")]
    [InlineData("train --output x", "--train")]
    [InlineData("train --train x --train-labels y --output z", "--train")]
    [InlineData("train --train-features x --output z", "--train")]
    [InlineData("train --train x --output y --preset fast", "paper")]
    [InlineData("train --train x --output y --seed one", "--seed")]
    [InlineData("predict --model x --input y --output z --top 0", "--top must be at least 1, but is 0.")]
    [InlineData("predict --model x --input y --output z --top five", "--top")]
    [InlineData("predict --model x --input y --output z --threads -1", "--threads")]
    [InlineData("evaluate --test x --train y", "--predictions")]
    [InlineData("evaluate --predictions p --test x --train y --tail 0.5", "--tail goes with --model")]
    [InlineData("evaluate --predictions p --model m --test x --train y", "--predictions")]
    [InlineData("data info", "FILE")]
    [InlineData("demo --speed 9", "--speed")]
    [InlineData("predict --model x --text", "--text")]
    [InlineData("predict --model x --input", "--input")]
    [InlineData("predict --model x", "Give either --text or --input.")]
    public void WrongUsage_ExitsWith2_AndNamesTheFault(string arguments, string fault)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(fault, messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", messages, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Train_TorchEngineWithoutLibTorch_NamesTheCommand_BeforeDataIsRead()
    {
        Skip.If(new LightDxml.Torch.TorchProvider().WhyMissing is null, "libtorch is in this build.");
        var (exitCode, output, messages) = Lightdxml.Run("train", "--train", "no-such-file", "--output", "no-such-model", "--set", "engine.name=torch");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(
            "error: engine.name=torch: libtorch is not in this build; `dotnet build -c Release src/LightDxml.Cli -p:LibTorch=cpu` adds it", messages, StringComparison.Ordinal);
        Assert.Contains("-p:LibTorch=cpu", Lightdxml.Run("info").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --train no-such-file --output no-such-model", "no-such-file")]
    [InlineData("train --train x --output no-such-model --set shortlist.widht=3", "did you mean shortlist.width")]
    [InlineData("train --train x --output no-such-model --set encoder.dropout=2", "encoder.dropout must be between 0 and 0.95, but is 2.")]
    [InlineData("train --train x --output no-such-model --config no-such-file", "no-such-file")]
    [InlineData("predict --model no-such-model --input x --output y", "no-such-model is not a model folder")]
    [InlineData("evaluate --predictions no-such-file --test no-such-file --train no-such-file", "no-such-file")]
    [InlineData("evaluate --predictions x --test x --train x --propensity-b 0", "propensity.b must be positive")]
    [InlineData("data info no-such-file", "no-such-file")]
    public void StatedError_ExitsWith1_AndOneLine(string arguments, string fault)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments.Split(' '));
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("error: ", messages, StringComparison.Ordinal);
        Assert.Contains(fault, messages, StringComparison.Ordinal);
        Assert.Equal(messages.Length - 1, messages.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void StatedError_Verbose_ShowsTheStackTrace()
    {
        var (exitCode, _, messages) = Lightdxml.Run("predict", "--model", "no-such-model", "--input", "x", "--output", "y", "--verbose");
        Assert.Equal(1, exitCode);
        Assert.Contains("   at LightDxml.", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_IntoAFolderThatIsNotAModel_IsRefusedBeforeAnythingIsRead()
    {
        var folder = Directory.CreateTempSubdirectory("lightdxml-").FullName;
        File.WriteAllText(Path.Combine(folder, "thesis.tex"), "precious");
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", "no-such-file", "--output", folder);
        Assert.Equal(1, exitCode);
        Assert.Contains("is not a model", messages, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "thesis.tex")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Info_NamesKernelsIndexesAndEngines_AndSaysWhyOneIsMissing()
    {
        var (exitCode, output, _) = Lightdxml.Run("info");
        Assert.Equal(0, exitCode);
        foreach (var name in new[] { "processor", "instruction sets", "kernels scalar", "kernels simd", "label index exact", "label index ivf", "label index hnsw", "label index gpu", "label index gpu-ivf", "engine cpu", "engine torch", "provider ilgpu", "provider torch" })
            Assert.Contains($"\n{name} ", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n').Where(line => line.Contains("missing", StringComparison.Ordinal)), line => Assert.Contains("missing: ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("@{0}")]
    [InlineData("@missing.txt")]
    [InlineData("@")]
    public void ArgumentThatBeginsWithAt_IsText_AndNoFileIsReadForIt(string text)
    {
        using var folder = new LightDxml.TestKit.TemporaryFolder();
        var secret = folder.Write("secret.txt", "very-secret-line");

        var (exitCode, _, messages) = Lightdxml.Run("predict", "--model", folder["none"], "--text", text.Replace("{0}", secret, StringComparison.Ordinal));

        Assert.Equal(1, exitCode);
        Assert.StartsWith("error: ", messages, StringComparison.Ordinal);
        Assert.Contains("is not a model", messages, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret-line", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyFileName_IsWrongUsage()
    {
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", "x", "--output", "");

        Assert.Equal(2, exitCode);
        Assert.Contains("--output needs a name", messages, StringComparison.Ordinal);
    }
}
