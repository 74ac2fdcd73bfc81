using LightDxml.Configuration;
using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.Tests.Configuration;

public sealed class SettingsJsonTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("default")]
    [InlineData("paper")]
    public void FromJson_OfToJson_GivesTheSameSettings(string preset) =>
        Assert.Equal(Presets.Get(preset), Settings.FromJson(Settings.ToJson(Presets.Get(preset))));

    [Fact]
    public void ToJson_NumberWithoutShortForm_ReadsBackExactly()
    {
        var options = new TrainingOptions { Encoder = new EncoderOptions { EmbeddingRate = 0.1 + 0.2, ResidualRate = 1e-300 } };
        Assert.Equal(options, Settings.FromJson(Settings.ToJson(options)));
    }

    [Fact]
    public void ToJson_NamesEverySettingOnce()
    {
        var json = Settings.ToJson(new TrainingOptions());
        Assert.StartsWith("{\n  \"head\": \"auto\",\n  \"seed\": 1,\n  \"encoder\": {\n    \"dimensions\": 0,", json, StringComparison.Ordinal);
        Assert.Equal(Settings.All.Count, json.Split('\n').Count(line => line.Contains(": ", StringComparison.Ordinal) && !line.EndsWith('{')));
    }

    [Fact]
    public void ReadFile_NestedAndDottedNames_AreTheSame()
    {
        var options = Read("""
            {
              // comments are welcome
              "shortlist": { "width": 50, "index": "hnsw" },
              "shortlist.m": 24,
              "seed": 9,
            }
            """);
        Assert.Equal((50, "hnsw", 24, 9), (options.Shortlist.Width, options.Shortlist.Index, options.Shortlist.M, options.Seed));
    }

    [Fact]
    public void ReadFile_SettingsNotNamed_KeepTheirStart()
    {
        File.WriteAllText(_file, """{ "schedule.epochs": 3 }""");
        var options = Settings.ReadFile(_file, Presets.Get("paper"));
        Assert.Equal((3, 8, 0.75), (options.Schedule.Epochs, options.Schedule.RefreshEvery, options.Prediction.Beta));
    }

    [Theory]
    [InlineData("{\n \"seed\": 1,\n \"shortlist\": {\n  \"widht\": 4 } }", 4, "Unknown setting 'shortlist.widht'; did you mean shortlist.width")]
    [InlineData("{\n \"encodr\": { \"dimensions\": 4 } }", 2, "Unknown setting 'encodr'")]
    [InlineData("{ \"seed\": { \"x\": 1 } }", 1, "seed is one value")]
    [InlineData("{\n\n \"encoder\": 5 }", 3, "'encoder' is a group of settings")]
    [InlineData("{ \"seed\": [1] }", 1, "seed must not be an array")]
    [InlineData("{ \"seed\": null }", 1, "seed must not be null")]
    [InlineData("{ \"seed\": \"x\" }", 1, "seed must be a whole number, but is 'x'")]
    [InlineData("{ \"seed\": 1,\n \"seed\": 2 }", 2, "seed is set twice")]
    [InlineData("{ \"schedule.epochs\": 1,\n \"schedule\": { \"epochs\": 2 } }", 2, "schedule.epochs is set twice")]
    [InlineData("{\n \"seed\": 1 \"head\": 2 }", 2, "not JSON")]
    [InlineData("{\n \"seed\": 1", 2, "not JSON")]
    [InlineData("", 1, "not JSON")]
    [InlineData("5", 1, "one JSON object")]
    [InlineData("[]", 1, "must not be an array")]
    public void ReadFile_Fault_NamesFileAndLine(string json, int line, string fault)
    {
        var error = Assert.Throws<OptionsException>(() => Read(json));
        Assert.StartsWith($"{_file}({line}): ", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void FromJson_OfAnotherVersion_SkipsAndTells()
    {
        var skipped = new List<string>();
        var options = Settings.FromJson("""
            {
              "head": "dense",
              "temperature": 0.7,
              "shortlist": { "width": 50, "levels": [1, 2], "index": null },
              "decoder": { "dimensions": 4, "more": { "x": [{}] } },
              "schedule": { "epochs": "many", "batchSize": { "start": 1 } },
              "seed": 5, "seed": 6,
              "sparse": 3,
              "storage.precision": "int8"
            }
            """, "old", skipped.Add);

        Assert.Equal(new TrainingOptions
        {
            Head = Head.Dense,
            Seed = 5,
            Shortlist = new ShortlistOptions { Width = 50 },
            Storage = new StorageOptions { Precision = Precision.Int8 },
        }, options);
        Assert.Collection(
            skipped,
            message => Assert.StartsWith("old(3): Unknown setting 'temperature'; did you mean ", message, StringComparison.Ordinal),
            message => Assert.Equal("old(4): shortlist.levels must not be an array.", message),
            message => Assert.Equal("old(4): shortlist.index must not be null.", message),
            message => Assert.StartsWith("old(5): Unknown setting 'decoder'", message, StringComparison.Ordinal),
            message => Assert.Equal("old(6): schedule.epochs must be a whole number, but is 'many'.", message),
            message => Assert.Equal("old(6): schedule.batchSize is one value, not a group of settings.", message),
            message => Assert.Equal("old(7): seed is set twice.", message),
            message => Assert.StartsWith("old(8): 'sparse' is a group of settings", message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{ \"seed\": 1")]
    [InlineData("")]
    public void FromJson_OfAnotherVersion_TextThatIsNoObject_IsAnError(string json) =>
        Assert.Throws<OptionsException>(() => Settings.FromJson(json, "old", _ => { }));

    [Theory]
    [InlineData("{ \"seed\": \"\\ud800\" }")]
    [InlineData("{ \"\\ud800\": 1 }")]
    public void FromJson_LoneSurrogate_IsAnError(string json) =>
        Assert.Contains("not UTF-8", Assert.Throws<OptionsException>(() => Settings.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void FromJson_NameOfControlCharacters_IsQuotedInOneLine()
    {
        var message = Assert.Throws<OptionsException>(() => Settings.FromJson("""{ "a\u001b[2J\nb": 1 }""")).Message;
        Assert.Contains("'a?[2J?b'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFile_Missing_NamesTheFile() =>
        Assert.Contains(_file, Assert.Throws<OptionsException>(() => Settings.ReadFile(_file, new TrainingOptions())).Message, StringComparison.Ordinal);

    private TrainingOptions Read(string json)
    {
        File.WriteAllText(_file, json);
        return Settings.ReadFile(_file, new TrainingOptions());
    }
}
