using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>A model and the tool in other surroundings than those of training: another place, another language, a reader that goes.</summary>
public sealed class SurroundingsTests : IClassFixture<PredictCommandTests.TrainedModel>, IDisposable
{
    private readonly PredictCommandTests.TrainedModel _trained;
    private readonly TemporaryFolder _folder = new();

    public SurroundingsTests(PredictCommandTests.TrainedModel trained) => _trained = trained;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sp ace/ünï 日本/my model")]
    [InlineData("a.model")]
    [InlineData("-m")]
    public void Model_InAnotherPlace_AnswersAsBefore(string name)
    {
        Copy(_folder[name]);
        Assert.Equal(Predict(_trained.Model), Predict(_folder[name]));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("lines")]
    [InlineData("read-only")]
    public void Model_ThatACopyChanged_AnswersAsBefore(string change)
    {
        var model = _folder["copy"];
        Copy(model);
        if (change == "link")
        {
            Directory.CreateSymbolicLink(_folder["link"], model);
            model = _folder["link"];
        }

        foreach (var file in Directory.EnumerateFiles(model))
        {
            if (change == "lines" && !file.EndsWith(".safetensors", StringComparison.Ordinal))
                File.WriteAllText(file, File.ReadAllText(file).Replace("\n", "\r\n", StringComparison.Ordinal));
            if (change == "read-only")
                File.SetAttributes(file, FileAttributes.ReadOnly);
        }

        Assert.Equal(Predict(_trained.Model), Predict(model));
        foreach (var file in Directory.EnumerateFiles(model))
            File.SetAttributes(file, FileAttributes.Normal);
    }

    [Theory]
    [InlineData("de_DE.UTF-8")]
    [InlineData("tr_TR.UTF-8")]
    [InlineData("fa_IR.UTF-8")]
    public void Language_OfTheMachine_ChangesNoNumber(string language)
    {
        string[] evaluate = ["evaluate", "--model", _trained.Model, "--test", _trained.Test, "--propensity-a", "0.5", "--threshold", "0.25"];
        var before = Lightdxml.RunWith(new() { ["LC_ALL"] = "C" }, evaluate);
        Assert.Equal((0, before.Output), Outcome(new() { ["LC_ALL"] = language, ["LANG"] = language }, evaluate));
        string[] train = ["train", "--train", _trained.Test, "--output", _folder["m"], "--set", "schedule.epochs=2", "encoder.dropout=0.5", "text.minDocuments=1"];
        Assert.Equal(0, Lightdxml.RunWith(new() { ["LC_ALL"] = "C" }, train).ExitCode);
        var parameters = File.ReadAllBytes(_folder["m/model.safetensors"]);
        Assert.Equal(0, Lightdxml.RunWith(new() { ["LC_ALL"] = language, ["LANG"] = language }, train).ExitCode);
        Assert.Equal(parameters, File.ReadAllBytes(_folder["m/model.safetensors"]));
    }

    [SkippableTheory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("scores")]
    public void Reader_ThatGoesEarly_IsNoFault(string style)
    {
        Skip.If(OperatingSystem.IsWindows(), "Pipes of Windows end otherwise.");
        File.WriteAllLines(_folder["many.jsonl"], Enumerable.Repeat("{\"text\": \"signal1 noise signal2\"}", 20_000));
        using var process = Lightdxml.Start("predict", "--model", _trained.Model, "--input", _folder["many.jsonl"], "--style", style);
        Assert.NotNull(process.StandardOutput.ReadLine());
        process.StandardOutput.Close();
        var messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Contains(process.ExitCode, new[] { 0, 141 });
        Assert.DoesNotContain("error", messages, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("exception", messages, StringComparison.OrdinalIgnoreCase);
    }

    private static (int ExitCode, string Output) Outcome(Dictionary<string, string> variables, params string[] arguments)
    {
        var (exitCode, output, _) = Lightdxml.RunWith(variables, arguments);
        return (exitCode, output);
    }

    private static string Predict(string model)
    {
        var (exitCode, output, messages) = Lightdxml.Run("predict", $"--model={model}", "--text", "signal1 noise");
        Assert.True(exitCode == 0, messages);
        return output;
    }

    private void Copy(string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(_trained.Model))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
