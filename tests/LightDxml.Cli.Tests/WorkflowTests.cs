using LightDxml.TestKit;
using YamlDotNet.RepresentationModel;

namespace LightDxml.Cli.Tests;

/// <summary>The files of .github, which run elsewhere alone: their syntax, and the commands that they name.</summary>
public sealed class WorkflowTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, ".github");

    [Fact]
    public void EveryFile_IsYaml()
    {
        var files = Directory.GetFiles(Folder, "*.yml", SearchOption.AllDirectories);
        Assert.True(files.Length >= 4, $"{files.Length} files");
        Assert.All(files, file => Assert.IsType<YamlMappingNode>(Read(file)));
    }

    [Fact]
    public void Tests_RunOnTheSystemsThatAreSupported()
    {
        var systems = (YamlSequenceNode)Job("systems")["strategy"]["matrix"]["system"];
        Assert.Equal(["ubuntu-latest", "ubuntu-24.04-arm", "windows-latest", "macos-latest"], systems.Select(system => ((YamlScalarNode)system).Value));
    }

    [Fact]
    public void Tests_CallTargetsThatThereAre()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "build.ps1"));
        const string command = "dotnet pwsh build.ps1 ";
        var targets = ((YamlSequenceNode)Job("systems")["steps"]).Cast<YamlMappingNode>()
            .Where(step => step.Children.ContainsKey("run")).Select(step => ((YamlScalarNode)step["run"]).Value!)
            .Where(run => run.StartsWith(command, StringComparison.Ordinal)).Select(run => run[command.Length..]).ToList();
        Assert.Contains("test", targets);
        Assert.All(targets, target => Assert.Contains($"    '{target}' {{", script, StringComparison.Ordinal));
    }

    private static YamlNode Job(string name) => Read(Path.Combine(Folder, "workflows", "tests.yml"))["jobs"][name];

    private static YamlNode Read(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(file);
        yaml.Load(reader);
        return Assert.Single(yaml.Documents).RootNode;
    }
}
