using System.Diagnostics;
using LightDxml.Cli.Output;

namespace LightDxml.Cli.Tests;

public sealed class UnfailingWriterTests
{
    [Theory]
    [InlineData("full")]
    [InlineData("denied")]
    [InlineData("closed")]
    public void Write_FailingStream_GoesOn(string fault)
    {
        using var stream = new FailingStream(fault);
        using var inner = new StreamWriter(stream, leaveOpen: true) { AutoFlush = true };
        Assert.ThrowsAny<Exception>(() => inner.Write("lost"));
        using var messages = new UnfailingWriter(inner);

        messages.Write('c');
        messages.Write("text");
        messages.WriteLine("line");
        messages.WriteLine();
        messages.Write("words".AsSpan());
        messages.Flush();

        Assert.True(stream.Attempts > 1);
        stream.Fails = false;
    }

    [SkippableTheory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public void Train_MessagesThatCannotBeWritten_SavesTheModel(string redirection)
    {
        Skip.IfNot(File.Exists("/dev/full"), "Needs /dev/full.");
        using var data = new TinyDataset();
        var start = new ProcessStartInfo("sh");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec dotnet \"$@\" {redirection}");
        start.ArgumentList.Add("sh");
        foreach (var argument in Lightdxml.StartInfo(["train", "--train", data["train.txt"], "--output", data["model"], "--set", "schedule.epochs=1"]).ArgumentList)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.True(File.Exists(Path.Combine(data["model"], "config.json")));
    }

    private sealed class FailingStream(string fault) : MemoryStream
    {
        public int Attempts { get; private set; }

        public bool Fails { get; set; } = true;

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Attempts++;
            if (Fails)
                throw fault switch
                {
                    "full" => new IOException("No space left on device"),
                    "denied" => new UnauthorizedAccessException(),
                    _ => new ObjectDisposedException("stream"),
                };
        }
    }
}
