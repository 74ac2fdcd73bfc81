using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using LightDxml.Configuration;
using Xunit;

namespace LightDxml.TestKit;

/// <summary>What holds for every table of settings. A table is written by hand; what was forgotten in it is found here by reflection.</summary>
public static class SettingTables
{
    /// <summary>Every property of the record is a setting of that name and kind, in the order of declaration, and the setting reads and replaces that property.</summary>
    internal static void AssertComplete<TOptions>(SettingTable<TOptions> table)
        where TOptions : class, new()
    {
        var properties = Leaves(typeof(TOptions), []).ToArray();
        Assert.Equal(properties.Select(NameOf), table.All.Select(setting => setting.Name));
        foreach (var (setting, path) in table.All.Zip(properties))
        {
            Assert.Equal(KindOf(path[^1].PropertyType), setting.Kind);
            Assert.Equal(Value(new TOptions(), path), setting.Default);
            Assert.Equal(SummaryOf(path[^1]), setting.Meaning, ignoreCase: true);
            foreach (var text in Texts(setting))
            {
                var changed = setting.With(new TOptions(), text);
                Assert.Equal(text, setting.GetText(changed));
                Assert.Equal(text, Setting.Text(Value(changed, path)));
                foreach (var other in properties.Where(other => NameOf(other) != setting.Name))
                    Assert.Equal(Value(new TOptions(), other), Value(changed, other));
            }
        }
    }

    /// <summary>Options that differ from the defaults in every setting are the same after writing and reading.</summary>
    internal static void AssertReadsBack<TOptions>(SettingTable<TOptions> table)
        where TOptions : class, new()
    {
        var changed = table.All.Aggregate(new TOptions(), (options, setting) => setting.With(options, Texts(setting).First(text => text != Setting.Text(setting.Default))));
        Assert.All(table.All, setting => Assert.NotEqual(setting.Default, setting.Get(changed)));
        var json = table.ToJson(changed);
        Assert.Equal(changed, table.FromJson(json, "test"));
        using var document = JsonDocument.Parse(json);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    private static string[] Texts<TOptions>(Setting<TOptions> setting)
        where TOptions : class => setting.Kind switch
        {
            SettingKind.Whole => ["0", "-7", "2147483647"],
            SettingKind.Number => ["0", "0.30000000000000004", "-1E-300"],
            SettingKind.Flag => ["false", "true"],
            SettingKind.Choice => [.. setting.AllowedValues],
            _ => ["", "another \"text\" = ü"],
        };

    private static IEnumerable<PropertyInfo[]> Leaves(Type record, PropertyInfo[] path) =>
        // Reflection does not promise the order of declaration; metadata tokens follow it.
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken)
            .SelectMany(property => property.PropertyType.IsClass && property.PropertyType != typeof(string)
                ? Leaves(property.PropertyType, [.. path, property])
                : [[.. path, property]]);

    private static string NameOf(PropertyInfo[] path) => string.Join('.', path.Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)));

    private static object Value(object record, PropertyInfo[] path) => path.Aggregate(record, (current, property) => property.GetValue(current)!);

    private static SettingKind KindOf(Type type) =>
        type == typeof(int) ? SettingKind.Whole
        : type == typeof(double) ? SettingKind.Number
        : type == typeof(bool) ? SettingKind.Flag
        : type == typeof(string) ? SettingKind.Text
        : type.IsEnum ? SettingKind.Choice
        : throw new NotSupportedException($"There is no kind of setting for {type}.");

    // The compiler writes the documentation beside the assembly; --help and the reader of the code are told the same.
    private static string SummaryOf(PropertyInfo property)
    {
        var file = Path.ChangeExtension(property.DeclaringType!.Assembly.Location, ".xml");
        var member = $"P:{property.DeclaringType.FullName}.{property.Name}";
        var summary = XDocument.Load(file).Descendants("member").Single(element => element.Attribute("name")!.Value == member).Element("summary")!.Value;
        return summary.Trim().TrimEnd('.');
    }
}
