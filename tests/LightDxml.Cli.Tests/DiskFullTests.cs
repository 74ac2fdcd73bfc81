using System.Diagnostics;
using System.Globalization;
using LightDxml.TestKit;
using Xunit.Abstractions;

namespace LightDxml.Cli.Tests;

/// <summary>
/// Trainings into disks that fill up, each at another write: of a checkpoint, of the model. The environment variable LIGHTDXML_DISKS says how many
/// disks there are to be, of sizes from nothing to more than is needed.
/// </summary>
public sealed class DiskFullTests(ITestOutputHelper output) : IDisposable
{
    private const int EnoughKilobytes = 64 << 10;
    private static readonly int Disks = int.Parse(Environment.GetEnvironmentVariable("LIGHTDXML_DISKS") ?? "6", CultureInfo.InvariantCulture);
    private readonly TemporaryFolder _folder = new();
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted)
            Run("umount", _folder["disk"]);
        _folder.Dispose();
    }

    [SkippableFact]
    public void Train_IntoADiskThatFills_SaysSo_AndEndsInTheSameBitsWhereThereIsRoom()
    {
        Directory.CreateDirectory(_folder["disk"]);
        _mounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=64m", "none", _folder["disk"]) == 0;
        Skip.IfNot(_mounted, "Disks of a size of their own need the right to mount them.");
        File.WriteAllText(_folder["documents.jsonl"], string.Concat(Enumerable.Range(0, 600).Select(i =>
            $"{{\"text\": \"word{i % 37} other{i % 23} filler{i % 211} more{i % 401}\", \"labels\": [\"l{i % 37}\", \"m{i % 23}\"]}}\n")));
        Finish("reference");
        var expected = File.ReadAllBytes(_folder["reference/model.safetensors"]);
        var needed = Kilobytes(_folder["reference"]);
        var (full, withoutCheckpoint) = (0, 0);
        for (var disk = 0; disk < Disks; disk++)
        {
            // Beside the model there is a checkpoint of about eight times its size.
            Assert.Equal(0, Run("mount", "-o", $"remount,size={4 + 9 * needed * disk / Math.Max(1, Disks - 1)}k", _folder["disk"]));
            var (code, _, messages) = Lightdxml.Run(Train("disk/model", "--checkpoint-every", "0.05s"));
            if (code == 0)
            {
                withoutCheckpoint += messages.Contains("the checkpoint could not be written", StringComparison.Ordinal) ? 1 : 0;
                Compare();
                continue;
            }

            full++;
            Assert.Equal(1, code);
            Assert.Contains("No space left", messages, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", messages, StringComparison.Ordinal);
            Assert.All(Directory.GetFileSystemEntries(_folder["disk"]), entry => Assert.Equal("model.checkpoint", Path.GetFileName(entry)));
            Assert.Equal(0, Run("mount", "-o", $"remount,size={EnoughKilobytes}k", _folder["disk"]));
            Finish("disk/model", "--resume");
            Compare();
        }

        Assert.True(full > 0, "no disk was full");
        output.WriteLine($"{Disks} disks, {full} full when the model was saved, {withoutCheckpoint} where a checkpoint did not fit and the model did; all models of the same bits");

        void Compare()
        {
            Assert.Equal(expected, File.ReadAllBytes(_folder["disk/model/model.safetensors"]));
            Assert.Equal(["model"], Directory.GetFileSystemEntries(_folder["disk"]).Select(Path.GetFileName));
            Directory.Delete(_folder["disk/model"], recursive: true);
        }
    }

    private void Finish(string model, params string[] more)
    {
        var (code, _, messages) = Lightdxml.Run(Train(model, more));
        Assert.True(code == 0, messages);
    }

    private string[] Train(string model, params string[] more) =>
    [
        "train", "--train", _folder["documents.jsonl"], "--output", _folder[model], .. more,
        "--set", "schedule.epochs=4", "schedule.batchSize=64", "encoder.dimensions=32", "text.minDocuments=1",
    ];

    private static long Kilobytes(string folder) => Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length / 1024 + 4);

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
