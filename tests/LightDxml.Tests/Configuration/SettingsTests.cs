using LightDxml.Configuration;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Configuration;

public sealed class SettingsTests
{
    public static TheoryData<string> Names { get; } = [.. Settings.All.Select(setting => setting.Name)];

    [Fact]
    public void Table_OfTrainingOptions_IsComplete() => SettingTables.AssertComplete(TrainingOptions.Table);

    [Fact]
    public void ToJson_EverySettingChanged_ReadsBack() => SettingTables.AssertReadsBack(TrainingOptions.Table);

    [Theory]
    [InlineData("head")]
    [InlineData("seed")]
    [InlineData("encoder.dimensions")]
    [InlineData("shortlist.width")]
    [InlineData("negatives.uniform")]
    [InlineData("schedule.epochs")]
    public void All_HoldsTheStableName(string name) => Assert.Contains(name, Settings.All.Select(setting => setting.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void All_EverySetting_HasAMeaning(string name) => Assert.NotEmpty(TrainingOptions.Table.Find(name).Meaning);

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_AnotherValueOfEverySetting_ChangesThatSettingOnly(string name)
    {
        var setting = TrainingOptions.Table.Find(name);
        var start = new TrainingOptions();
        var text = setting.Default switch
        {
            int whole => Setting.Text(whole + 1),
            double number => Setting.Text(number / 2 + 0.125),
            bool flag => Setting.Text(!flag),
            Enum => setting.AllowedValues[^1],
            _ => "another",
        };

        var changed = Settings.Apply(start, $"{name}={text}");

        Assert.Equal(text, setting.GetText(changed));
        foreach (var other in Settings.All.Where(other => other.Name != name))
            Assert.Equal(other.Get(start), other.Get(changed));
    }

    [Fact]
    public void Apply_LeavesTheGivenOptionsAsTheyWere()
    {
        var start = new TrainingOptions();
        Settings.Apply(start, "encoder.dimensions=17");
        Assert.Equal(0, start.Encoder.Dimensions);
    }

    [Fact]
    public void Apply_BlanksAroundNameAndValue_DoNotCount() =>
        Assert.Equal(7, Settings.Apply(new TrainingOptions(), " schedule.epochs = 7 ").Schedule.Epochs);

    [Fact]
    public void Apply_EnumerationInOtherCase_IsRead() =>
        Assert.Equal(RateSchedule.Step, Settings.Apply(new TrainingOptions(), "schedule.rates=STEP").Schedule.Rates);

    [Theory]
    [InlineData("shortlist.widht=4", "shortlist.width")]
    [InlineData("width=4", "shortlist.width")]
    [InlineData("Encoder.Dimensions=4", "encoder.dimensions")]
    [InlineData("epochs=4", "schedule.epochs")]
    public void Apply_UnknownName_SuggestsTheNearest(string assignment, string nearest)
    {
        var fault = Assert.Throws<OptionsException>(() => Settings.Apply(new TrainingOptions(), assignment));
        Assert.Contains($"did you mean {nearest}", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schedule.epochs=many", "schedule.epochs must be a whole number, but is 'many'.")]
    [InlineData("schedule.epochs=1.5", "schedule.epochs must be a whole number, but is '1.5'.")]
    [InlineData("schedule.epochs=99999999999", "schedule.epochs must be a whole number, but is '99999999999'.")]
    [InlineData("encoder.dropout=NaN", "encoder.dropout must be a number, but is 'NaN'.")]
    [InlineData("encoder.dropout=0,5", "encoder.dropout must be a number, but is '0,5'.")]
    [InlineData("schedule.rates=1", "schedule.rates must be one of cosine, step, but is '1'.")]
    [InlineData("schedule.epochs", "A setting is written name=value, but is 'schedule.epochs'.")]
    public void Apply_BadValue_SaysWhatIsExpected(string assignment, string message) =>
        Assert.Equal(message, Assert.Throws<OptionsException>(() => Settings.Apply(new TrainingOptions(), assignment)).Message);

    [Fact]
    public void Apply_NameOfAGroup_ListsItsSettings()
    {
        var fault = Assert.Throws<OptionsException>(() => Settings.Apply(new TrainingOptions(), "schedule=4"));
        Assert.Contains("schedule.epochs", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_IsWhatTheCommandLineSets_AFileOverAPreset_AndAssignmentsOverBoth()
    {
        using var folder = new TemporaryFolder();
        var options = TrainingOptions.Preset("paper").WithFile(folder.Write("a.json", """{"schedule": {"epochs": 7}, "seed": 3}""")).With("schedule.epochs=9", "head=hybrid");
        var paper = Presets.Get("paper");
        Assert.Equal(paper with { Seed = 3, Head = Head.Hybrid, Schedule = paper.Schedule with { Epochs = 9 } }, options);
        Assert.Contains("schedule.epochs", Assert.Throws<OptionsException>(() => options.With("seed=4", "schedule.epoch=1")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("paper")]
    public void Get_EveryPreset_IsValid(string name) => Assert.NotNull(Presets.Get(name).Validate());

    [Fact]
    public void Get_UnknownPreset_NamesThePresets()
    {
        var fault = Assert.Throws<OptionsException>(() => Presets.Get("fast"));
        Assert.All(Presets.Names, name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Get_Paper_HasThePublishedSettingsOfEurlex4K()
    {
        var paper = Presets.Get("paper");
        Assert.Equal((26, 8, RateSchedule.Step, 14), (paper.Schedule.Epochs, paper.Schedule.RefreshEvery, paper.Schedule.Rates, paper.Schedule.FirstDecay));
        Assert.Equal((8, 0.003, 1000), (paper.Proxy.Passes, paper.Proxy.Rate, paper.Proxy.Hidden));
        Assert.Equal((400, 0, 0.75), (paper.Shortlist.Width, paper.Negatives.Uniform, paper.Prediction.Beta));
    }
}
