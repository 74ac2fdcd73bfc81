namespace LightDxml.Cli.Output;

/// <summary>Settings with their values and meanings, as <c>--help-settings</c> and <c>--help-methods</c> list them.</summary>
internal static class SettingsTable
{
    /// <param name="values">What the values are: defaults, or those of a preset.</param>
    public static void Write(TextWriter output, string values, IEnumerable<(string Name, string Value, string Meaning)> settings)
    {
        var table = new TextTable("setting", values, "meaning") { LeftColumns = 3 };
        foreach (var (name, value, meaning) in settings)
            table.Add(name, value, meaning);
        table.Write(output);
    }
}
