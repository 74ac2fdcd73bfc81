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
        foreach (var file in Directory.EnumerateFiles(ExampleProcess.Folder("TrainAndPredict"), "*.dll"))
            File.Copy(file, _folder[Path.GetFileName(file)]);
        foreach (var program in programs)
        {
            var path = _folder["Documented.dll"];
            var result = Compile(program).Emit(path);
            Assert.True(result.Success, string.Join('\n', result.Diagnostics));
            File.Copy(Path.Combine(ExampleProcess.Folder("TrainAndPredict"), "LightDxml.Examples.TrainAndPredict.runtimeconfig.json"), _folder["Documented.runtimeconfig.json"], overwrite: true);
            var output = ExampleProcess.Run(new ProcessStartInfo("dotnet", [path]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path });
            Assert.NotEmpty(output);
        }
    }

    [Fact]
    public void TheTextPagesProgram_Compiles()
    {
        var programs = Programs("docs/text.md");
        Assert.NotEmpty(programs);
        Assert.All(programs, program => Assert.Empty(Compile(program).GetDiagnostics().Where(fault => fault.Severity >= DiagnosticSeverity.Warning)));
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

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
