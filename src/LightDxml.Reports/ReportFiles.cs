using System.Text;
using LightDxml.Reports.Html;
using LightDxml.Reports.Model;
using LightDxml.Storage;

namespace LightDxml.Reports;

/// <summary>Writes reports to files, each whole or not at all.</summary>
internal static class ReportFiles
{
    private const string CsvFolder = "csv", Markdown = "report.md", Latex = "report.tex", Json = "report.json", Html = "report.html";

    /// <exception cref="LightDxmlException">The file cannot be written.</exception>
    public static void WriteHtml(ReportModel model, string path) => WriteText(path, writer => HtmlReport.Write(model, writer));

    /// <inheritdoc cref="WriteHtml" path="/exception"/>
    public static void WriteMarkdown(ReportModel model, string path) => WriteText(path, writer => MarkdownReport.Write(model, writer));

    /// <inheritdoc cref="WriteHtml" path="/exception"/>
    public static void WriteLatex(ReportModel model, string path) => WriteText(path, writer => LatexReport.Write(model, writer));

    /// <inheritdoc cref="WriteHtml" path="/exception"/>
    public static void WriteJson(ReportModel model, string path) => AtomicFile.Write(path, stream => JsonReport.Write(model, stream));

    /// <summary>The files that <see cref="WriteAll"/> writes into a folder.</summary>
    public static IEnumerable<string> FilesOf(string folder) =>
        [.. TextsOf(folder), .. CsvReport.FilesOf(Path.Combine(folder, CsvFolder))];

    /// <summary>Writes every format into a folder, which is made if need be.</summary>
    /// <inheritdoc cref="WriteHtml" path="/exception"/>
    /// <returns>The path of the HTML file.</returns>
    public static string WriteAll(ReportModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        WriteMarkdown(model, Path.Combine(folder, Markdown));
        WriteLatex(model, Path.Combine(folder, Latex));
        WriteJson(model, Path.Combine(folder, Json));
        CsvReport.Write(model, Path.Combine(folder, CsvFolder));
        var html = Path.Combine(folder, Html);
        WriteHtml(model, html);
        return html;
    }

    /// <summary>Throws where a folder of every format, or a file in it, could not be made or written to, or where files of its tables are of no report.</summary>
    /// <exception cref="LightDxmlException">It could not, or they are.</exception>
    public static void CheckFolder(string folder)
    {
        CheckWritable(folder);
        foreach (var file in TextsOf(folder))
            AtomicFile.Target(file);
        CheckCsvFolder(Path.Combine(folder, CsvFolder));
    }

    /// <summary>The same of a folder of tables.</summary>
    /// <inheritdoc cref="CheckFolder" path="/exception"/>
    public static void CheckCsvFolder(string folder)
    {
        CheckWritable(folder);
        CsvReport.Check(folder);
    }

    private static IEnumerable<string> TextsOf(string folder) => new[] { Markdown, Latex, Json, Html }.Select(name => Path.Combine(folder, name));

    private static void CheckWritable(string folder)
    {
        if (File.Exists(folder))
            throw new LightDxmlException($"{folder} is a file, not a folder.");
        AtomicFolder.CheckWritable(Path.Combine(folder, "report"));
    }

    private static void WriteText(string path, Action<TextWriter> write) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });
}
