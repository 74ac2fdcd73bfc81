using System.Diagnostics;
using System.Globalization;
using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Tests.Models;

/// <summary>A process that saves models without end is killed at random moments.</summary>
public sealed class KilledSaveTests : IDisposable
{
    private const int Kills = 24;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_KilledAtAnyMoment_LeavesOneWholeModelOfSomeVersionOrNone()
    {
        var random = new Random(1);
        var model = _folder["model"];
        var saved = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            // Half of the kills hit the very first save of a folder.
            if (kill % 2 == 0 && Directory.Exists(model))
                Directory.Delete(model, recursive: true);
            var last = KillWhileSaving(model, saved + 1, random.NextDouble() * 25, kill % 2 == 1);
            var found = CheckWhole(model);
            Assert.True(found >= last, $"version {last} was saved, but {found} is there");
            saved = Math.Max(saved, found);
            // What a killed save left under its temporary name is either whole or does not load.
            foreach (var leftover in AtomicLeftovers())
                CheckWhole(leftover);
        }

        Assert.True(saved > 0, "no save was ever completed");
    }

    /// <returns>The last version that the process reported as saved, or 0.</returns>
    private static int KillWhileSaving(string model, int version, double milliseconds, bool afterFirst)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "LightDxml.TestKit.dll"), "save-repeatedly", model, version.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput;
        var last = 0;
        if (afterFirst)
            last = int.Parse(output.ReadLine()!, CultureInfo.InvariantCulture);
        else
            SpinWait.SpinUntil(() => process.HasExited || Directory.GetDirectories(Path.GetDirectoryName(model)!, $"*.tmp-{process.Id}-*").Length > 0);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalMilliseconds < milliseconds)
            Thread.Yield();
        process.Kill();
        process.WaitForExit();
        Assert.Equal(128 + 9, process.ExitCode);
        while (output.ReadLine() is { } line)
            last = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? Math.Max(last, whole) : last;
        return last;
    }

    private string[] AtomicLeftovers() => Directory.GetDirectories(_folder.Path, "*.tmp-*");

    /// <returns>The version of the whole model in the folder, or 0 where nothing loads.</returns>
    private static int CheckWhole(string folder)
    {
        Model model;
        try
        {
            model = ModelFolder.Load(folder);
        }
        catch (LightDxmlException) when (!Directory.Exists(folder) || folder.Contains(".tmp-", StringComparison.Ordinal))
        {
            return 0;
        }

        var version = model.Training!.Options.Seed;
        foreach (var matrix in SampleModels.Matrices(model))
        {
            for (var row = 0; row < matrix.RowCount; row++)
                Assert.Equal(-1, matrix.Row(row).IndexOfAnyExcept((float)version));
        }

        Assert.Equal($"{version}-0", model.LabelNames![0]);
        Assert.Equal($"{version}-299", model.LabelNames![^1]);
        return version;
    }
}
