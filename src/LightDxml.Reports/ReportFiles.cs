using System.Text;
using LightDxml.Reports.Html;
using LightDxml.Reports.Model;
using LightDxml.Storage;

namespace LightDxml.Reports;

/// <summary>Writes reports to files, each whole or not at all.</summary>
internal static class ReportFiles
{
    /// <exception cref="LightDxmlException">The file cannot be written.</exception>
    public static void WriteHtml(ReportModel model, string path) => WriteText(path, writer => HtmlReport.Write(model, writer));

    /// <inheritdoc cref="WriteHtml" path="/exception"/>
    public static void WriteMarkdown(ReportModel model, string path) => WriteText(path, writer => MarkdownReport.Write(model, writer));

    /// <inheritdoc cref="WriteHtml" path="/exception"/>
    public static void WriteLatex(ReportModel model, string path) => WriteText(path, writer => LatexReport.Write(model, writer));

    /// <inheritdoc cref="WriteHtml" path="/exception"/>
    public static void WriteJson(ReportModel model, string path) => AtomicFile.Write(path, stream => JsonReport.Write(model, stream));

    /// <summary>Writes every format into a folder, which is made if need be.</summary>
    /// <inheritdoc cref="WriteHtml" path="/exception"/>
    /// <returns>The path of the HTML file.</returns>
    public static string WriteAll(ReportModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        WriteMarkdown(model, Path.Combine(folder, "report.md"));
        WriteLatex(model, Path.Combine(folder, "report.tex"));
        WriteJson(model, Path.Combine(folder, "report.json"));
        CsvReport.Write(model, Path.Combine(folder, "csv"));
        var html = Path.Combine(folder, "report.html");
        WriteHtml(model, html);
        return html;
    }

    /// <summary>The files of a folder with every format; the first is written first.</summary>
    public static readonly string[] FileNames = ["report.md", "report.tex", "report.json", "report.html"];

    /// <summary>Throws where a folder of report files could not be made or written to, or holds files of the same names that are of no report.</summary>
    /// <param name="names">The files to write; where the first is there, so is an earlier report, which is replaced.</param>
    /// <exception cref="LightDxmlException">It could not, or does.</exception>
    public static void CheckFolder(string folder, string[] names)
    {
        if (File.Exists(folder))
            throw new LightDxmlException($"{folder} is a file, not a folder.");
        if (!File.Exists(Path.Combine(folder, names[0])) && Array.Find(names, name => File.Exists(Path.Combine(folder, name))) is { } foreign)
            throw new LightDxmlException($"{Path.Combine(folder, foreign)} is there already, and is of no report; it is left as it is. Name another folder.");
        AtomicFolder.CheckWritable(Path.Combine(folder, "report"));
    }

    private static void WriteText(string path, Action<TextWriter> write) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });
}
