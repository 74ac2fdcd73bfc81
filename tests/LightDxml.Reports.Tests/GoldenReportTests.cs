using System.Globalization;
using System.Text.RegularExpressions;
using LightDxml.Metrics;
using LightDxml.TestKit;

namespace LightDxml.Reports.Tests;

/// <summary>
/// Reports of a fixed input against the files in <c>Golden</c>, so that a change of what readers see is seen in review. After such a
/// change write them anew: <c>LIGHTDXML_WRITE_GOLDEN=1 dotnet test tests/LightDxml.Reports.Tests</c>.
/// </summary>
public sealed partial class GoldenReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Golden => Path.Combine(Repository.Root, "tests", "LightDxml.Reports.Tests", "Golden");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one", 1, "report.html")]
    [InlineData("one", 1, "report.md")]
    [InlineData("one", 1, "csv/thresholds.tsv")]
    [InlineData("two", 2, "report.html")]
    [InlineData("two", 2, "report.md")]
    [InlineData("two", 2, "report.tex")]
    [InlineData("two", 2, "report.json")]
    public void Report_IsWhatItWas(string name, int methods, string file)
    {
        var options = new ReportOptions { Bins = 3, LabelRows = 4, DocumentRows = 2, ChangedLabels = 2, Bootstrap = new BootstrapOptions(Replicates: 20, Threads: 1), Threads = 1 };
        ReportFiles.WriteAll(ReportBuilder.Build(SampleReport.Make(methods), options), _folder["report"]);
        var actual = Plain(File.ReadAllText(_folder[$"report/{file}"]));
        var path = Path.Combine(Golden, $"{name}-{Path.GetFileName(file)}");
        if (Environment.GetEnvironmentVariable("LIGHTDXML_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Golden);
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    // Styles, scripts and their hashes have tests of their own in a browser. Logarithms differ in their last bits between machines.
    private static string Plain(string text)
    {
        text = Assets().Replace(text, "$1…$2");
        text = Policy().Replace(text, "$1…$2");
        return LongNumbers().Replace(text, match => double.Parse(match.Value, CultureInfo.InvariantCulture).ToString("0.######", CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("(<style>|<script>).*?(</style>|</script>)", RegexOptions.Singleline)]
    private static partial Regex Assets();

    [GeneratedRegex("(Content-Security-Policy\" content=\").*?(\">)")]
    private static partial Regex Policy();

    [GeneratedRegex(@"\d+\.\d{7,}(?:E[-+]\d+)?")]
    private static partial Regex LongNumbers();
}
