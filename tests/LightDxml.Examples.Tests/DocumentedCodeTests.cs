using System.Diagnostics;
using System.Text.RegularExpressions;
using LightDxml.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LightDxml.Examples.Tests;

/// <summary>Code that the documentation shows, compiled as users would: by an assembly that is no friend of the library.</summary>
public sealed partial class DocumentedCodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryProgramOfTheReadme_Compiles_AndRuns()
    {
        var programs = Programs("README.md");
        Assert.NotEmpty(programs);
        foreach (var program in programs)
            Assert.NotEmpty(Run(program));
    }

    /// <summary>The script without the lines that <c>dotnet run</c> alone understands, of which that of the project is looked at.</summary>
    [Fact]
    public void TheScript_ComparesThreeHeads_AndSaysWhatLabelsAdd()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "examples", "Experiment.cs")).ToLookup(line => line.StartsWith('#'));
        var project = Assert.Single(lines[true], line => line.StartsWith("#:project ", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(Repository.Root, "examples", project.Split(' ')[1])));
        foreach (var (name, documents) in new[] { ("train.txt", 300), ("test.txt", 60) })
            File.WriteAllLines(_folder[name], Enumerable.Range(0, documents).Select(i => $"{i % 8} {i % 8}:1 {8 + i % 4}:0.1").Prepend($"{documents} 12 8"));
        var output = Run(string.Join('\n', lines[false]), _folder["train.txt"], _folder["test.txt"]);
        Assert.Matches("300 training and 60 test documents, 12 features, 8 labels\n1.0 labels per document\n", output);
        Assert.Matches(@"(?m)^dense +[0-9]+\.[0-9]{2} (.*\n)sparse +100\.00 .*\nhybrid +100\.00 ", output);
        Assert.Contains("parts of P@5 and R@5", output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTextPagesProgram_Compiles()
    {
        var programs = Programs("docs/text.md");
        Assert.NotEmpty(programs);
        Assert.All(programs, program => Assert.Empty(Compile(program).GetDiagnostics().Where(fault => fault.Severity >= DiagnosticSeverity.Warning)));
    }

    /// <summary>Its pieces go on with what those before them made.</summary>
    [Fact]
    public void TheLibraryPagesPieces_CompileAsOneProgram()
    {
        var lines = Programs("docs/library.md").SelectMany(piece => piece.Split('\n')).ToLookup(line => Import().IsMatch(line));
        var program = string.Join('\n', lines[true].Distinct().Concat(lines[false]));
        Assert.Empty(Compile(program).GetDiagnostics().Where(fault => fault.Severity >= DiagnosticSeverity.Warning));
    }

    private string Run(string program, params string[] arguments)
    {
        foreach (var file in Directory.EnumerateFiles(ExampleProcess.Folder("TrainAndPredict"), "*.dll"))
            File.Copy(file, _folder[Path.GetFileName(file)], overwrite: true);
        var path = _folder["Documented.dll"];
        var result = Compile(program).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        File.Copy(Path.Combine(ExampleProcess.Folder("TrainAndPredict"), "LightDxml.Examples.TrainAndPredict.runtimeconfig.json"), _folder["Documented.runtimeconfig.json"], overwrite: true);
        return ExampleProcess.Run(new ProcessStartInfo("dotnet", [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path });
    }

    private static List<string> Programs(string page) =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(match => match.Groups[1].Value)];

    private static CSharpCompilation Compile(string program)
    {
        const string implicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Documented", [CSharpSyntaxTree.ParseText(implicitUsings), CSharpSyntaxTree.ParseText(program)], references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex Import();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
