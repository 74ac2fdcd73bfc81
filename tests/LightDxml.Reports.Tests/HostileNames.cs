namespace LightDxml.Reports.Tests;

/// <summary>Label names that try to be something else.</summary>
internal static class HostileNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        "<script>document.title = 'owned'</script>",
        "</script><script>document.title = 'owned'</script>",
        "\"><img src=x onerror=\"document.title='owned'\">",
        "' onmouseover='document.title=1' x='",
        "<!-- ]]> --> &lt;b&gt; &amp;",
        "\u202Eright to left\u202C \u2067isolate\u2069\u2069 \u200F",
        "שלום עולם (123)",
        new string('x', 10_000),
        new string('ж', 5_000) + " " + new string('字', 5_000),
        "=HYPERLINK(\"x\"), comma, \"quotes\"\nline\r\nbreak\u2028",
        "{{constructor}} ${1+1} `tick` %s \\u003c \\",
        "__proto__",
        "| pipe & ampersand_underscore $math$ #hash ~tilde^ [bracket]",
        "😀 \u0000\u0007 control",
        "",
    ];

    public static string Of(int index) => All[index % All.Count];
}
