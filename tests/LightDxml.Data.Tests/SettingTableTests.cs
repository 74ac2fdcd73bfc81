using LightDxml.Configuration;

namespace LightDxml.Data.Tests;

public sealed class SettingTableTests
{
    private enum Colour
    {
        Red,
        DeepBlue,
    }

    private sealed record Inner
    {
        public double Weight { get; init; } = 0.5;
    }

    private sealed record Sample
    {
        public string Title { get; init; } = "none";

        public Colour Colour { get; init; }

        public Inner Inner { get; init; } = new();
    }

    private static readonly SettingTable<Sample> Table = new SettingTable<Sample>()
        .Text("title", o => o.Title, (o, v) => o with { Title = v }, "a title")
        .Choice("colour", o => o.Colour, (o, v) => o with { Colour = v }, "a colour")
        .Group("inner", o => o.Inner, (o, v) => o with { Inner = v }, new SettingTable<Inner>()
            .Number("weight", o => o.Weight, (o, v) => o with { Weight = v }, "a weight"));

    [Fact]
    public void Default_IsTheRecordsOwn() =>
        Assert.Equal<object>(["none", Colour.Red, 0.5], Table.All.Select(setting => setting.Default));

    [Fact]
    public void Apply_SettingOfAGroup_CopiesBothRecords()
    {
        var start = new Sample { Title = "kept" };
        Assert.Equal(new Sample { Title = "kept", Inner = new Inner { Weight = 2 } }, Table.Apply(start, "inner.weight=2"));
        Assert.Equal(new Sample { Title = "kept" }, start);
    }

    [Theory]
    [InlineData("deepBlue")]
    [InlineData("DEEPBLUE")]
    public void With_Choice_IsReadByNameInAnyCase(string text) =>
        Assert.Equal(Colour.DeepBlue, Table.Find("colour").With(new Sample(), text).Colour);

    [Theory]
    [InlineData("1")]
    [InlineData("red, deepBlue")]
    [InlineData("")]
    public void With_Choice_NumbersAndListsAreNoNames(string text) =>
        Assert.Contains("colour must be one of red, deepBlue", Assert.Throws<OptionsException>(() => Table.Find("colour").With(new Sample(), text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tilte", "title")]
    [InlineData("wieght", "inner.weight")]
    [InlineData("", "title")]
    [InlineData("a name that resembles none of them", "title")]
    public void Find_UnknownName_AlwaysSuggestsOne(string name, string suggestion)
    {
        var message = Assert.Throws<OptionsException>(() => Table.Find(name)).Message;
        var suggested = message[(message.IndexOf("did you mean ", StringComparison.Ordinal) + "did you mean ".Length)..^1].Split(" or ");
        Assert.Contains(suggestion, suggested);
    }

    [Fact]
    public void Find_InATableWithoutSettings_SuggestsNothing() =>
        Assert.Equal("Unknown setting 'x'; there are no settings.", Assert.Throws<OptionsException>(() => new SettingTable<Inner>().Find("x")).Message);

    [Fact]
    public void ToJson_TextThatNeedsEscapes_ReadsBack()
    {
        var options = new Sample { Title = "\"a\"\\\n\u0001é" };
        Assert.Equal(options, Table.FromJson(Table.ToJson(options), "test"));
    }

    [Fact]
    public void Declaring_ANameTwice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new SettingTable<Inner>()
            .Number("weight", o => o.Weight, (o, v) => o with { Weight = v }, "a weight")
            .Number("weight", o => o.Weight, (o, v) => o with { Weight = v }, "a weight"));
}
