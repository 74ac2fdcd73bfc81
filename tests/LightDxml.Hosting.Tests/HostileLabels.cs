using System.Text.Json;

namespace LightDxml.Hosting.Tests;

/// <summary>Labels whose names try to be something else.</summary>
internal static class HostileLabels
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "<script>document.title = 'owned'</script>",
        "\"><img src=x onerror=\"document.title='owned'\">",
        "to \u202Eright to left\u202C \u2067isolate\u2069\u2069 end",
        "שלום עולם (123)",
        new string('x', 10_000),
        new string('ж', 3_000) + " " + new string('字', 3_000),
        "=HYPERLINK(\"x\"), comma, \"quotes\"",
        "__proto__",
        "constructor",
        "😀 \u0007 control",
    ];

    /// <summary>The word that gives a label away.</summary>
    public static string WordOf(int label) => $"word{label}";

    public static IEnumerable<(string Text, string[] Labels)> Documents() =>
        Enumerable.Range(0, 200).Select(i => (Text: $"{WordOf(i % Names.Count)} {WordOf(i % Names.Count)} thing{i % 7}", Labels: new[] { IdOf(i % Names.Count) }));

    /// <summary>Lines of a labels file: each label is below the next one, and the last below the first.</summary>
    public static IEnumerable<string> Entries() => Names.Select((name, label) =>
        $$"""{"id":{{JsonSerializer.Serialize(IdOf(label))}},"name":{{JsonSerializer.Serialize(name)}},"parents":[{{JsonSerializer.Serialize(IdOf((label + 1) % Names.Count))}}]}""");

    private static string IdOf(int label) => $"'\"><i>{label}";
}
