using System.Diagnostics;
using LightDxml.Storage;

namespace LightDxml.Data.Tests.Storage;

/// <summary>When what a process wrote under a temporary name counts as left behind.</summary>
public sealed class WritersTests
{
    [Fact]
    public void Mark_OfThisProcess_IsOfALivingOne() => Assert.False(Writers.IsOfEndedProcess(Writers.NewMark(), DateTime.UtcNow));

    [Theory]
    [InlineData("999999999-0a1b2c3d", true)] // ids of processes end far below
    [InlineData("999999999-0a1b2c3", false)]
    [InlineData("999999999-0A1B2C3D", false)]
    [InlineData("notes", false)]
    [InlineData("", false)]
    public void Mark_IsAProcessIdAndEightHexDigits(string mark, bool ended) => Assert.Equal(ended, Writers.IsOfEndedProcess(mark, DateTime.UtcNow));

    [SkippableFact]
    public void Mark_OfAProcessThatEnded_AndWhoseParentNeverAsks_IsOfAnEndedOne()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only there does a process keep its id after its end.");
        using var parent = Process.Start(new ProcessStartInfo("sh") { ArgumentList = { "-c", "true & echo $!; exec sleep 60" }, RedirectStandardOutput = true })!;
        var mark = $"{parent.StandardOutput.ReadLine()}-0a1b2c3d";
        Assert.True(SpinWait.SpinUntil(() => Writers.IsOfEndedProcess(mark, DateTime.UtcNow), TimeSpan.FromSeconds(20)));
        Assert.False(parent.HasExited);
        parent.Kill();
    }

    [SkippableFact]
    public void Mark_OfAnIdThatAnotherProcessHasNow_IsOfAnEndedOne()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "`sleep` is a program of Linux.");
        using var other = Process.Start("sleep", "60");
        var mark = $"{other.Id}-0a1b2c3d";
        Assert.True(Writers.IsOfEndedProcess(mark, DateTime.UtcNow.AddHours(-1)));
        Assert.False(Writers.IsOfEndedProcess(mark, DateTime.UtcNow));
        other.Kill();
    }
}
