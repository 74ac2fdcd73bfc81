using LightDxml.Baselines.FastText;
using LightDxml.Baselines.InstanceTrees;
using LightDxml.Baselines.LabelTrees;
using LightDxml.Baselines.Neighbours;
using LightDxml.Baselines.Perceptron;
using LightDxml.Baselines.Simple;
using LightDxml.Baselines.Slice;
using LightDxml.Configuration;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests;

public sealed class BaselineMethodTests
{
    [Fact]
    public void With_Assignments_ChangeTheMethodThatTrains_AndNotTheOneInTheList()
    {
        var changed = BaselineMethods.Get("xr-linear").With("trees=2").With("shape=unbalanced").With("cost=0.25").With("unitRows=false");
        var model = Assert.IsType<LabelTreeModel>(changed.Train(SmallData.Learnable(60, 5, seed: 1), 1, 1, null, CancellationToken.None));
        Assert.Equal(LabelTreePresets.XrLinear with { Trees = 2, Shape = TreeShape.Unbalanced, Cost = 0.25, UnitRows = false }, model.TreeOptions);
        Assert.Equal("1", BaselineMethods.Get("xr-linear").Settings.Single(setting => setting.Name == "trees").Value);
    }

    [Theory]
    [InlineData("xr-linear", "tree=2", "no setting 'tree'")]
    [InlineData("xr-linear", "tree=2", "did you mean trees")]
    [InlineData("xr-linear", "trees=two", "a whole number")]
    [InlineData("xr-linear", "shape=round", "balanced, unbalanced")]
    [InlineData("xr-linear", "trees", "name=value")]
    [InlineData("most-frequent", "trees=2", "has no settings")]
    public void With_WhatIsNotASetting_IsAReadableError(string method, string assignment, string expected) =>
        Assert.Contains(expected, Assert.Throws<OptionsException>(() => BaselineMethods.Get(method).With(assignment)).Message, StringComparison.Ordinal);

    [Fact]
    public void Settings_EveryMethodsOwn_HaveMeaningsAndReadBack()
    {
        foreach (var method in BaselineMethods.All)
        {
            Assert.All(method.Settings, setting => Assert.NotEmpty(setting.Meaning));
            Assert.Equal(method.Settings, method.Settings.Aggregate(method, (current, setting) => current.With($"{setting.Name}={setting.Value}")).Settings, Same);
        }

        static bool Same(MethodSetting a, MethodSetting b) => (a.Name, a.Value) == (b.Name, b.Value);
    }

    [Fact]
    public void Tables_OfEveryFamily_AreComplete_AndReadBack()
    {
        Check(LabelTreeOptions.Table);
        Check(InstanceTreeOptions.Table);
        Check(NeighbourOptions.Table);
        Check(FastTextOptions.Table);
        Check(PerceptronOptions.Table);
        Check(SliceOptions.Table);
        Check(MostFrequentOptions.Table);

        static void Check<TOptions>(SettingTable<TOptions> table)
            where TOptions : class, new()
        {
            SettingTables.AssertComplete(table);
            SettingTables.AssertReadsBack(table);
        }
    }
}
