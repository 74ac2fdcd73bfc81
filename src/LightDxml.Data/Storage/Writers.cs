using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace LightDxml.Storage;

/// <summary>The part of a temporary name that says who wrote it: a process and some random digits. What a process left that is gone may be deleted.</summary>
internal static partial class Writers
{
    /// <summary>The mark of this process, another one every time.</summary>
    public static string NewMark() => $"{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>A process that started this much after something was written did not write it: its id is one that was used before.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(10);

    /// <summary>Whether a text is the mark of another process that has ended.</summary>
    /// <param name="written">When what has the mark was last written.</param>
    public static bool IsOfEndedProcess(string mark, DateTime written)
    {
        if (!Mark().IsMatch(mark) || !int.TryParse(mark.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited || IsZombie(id) || process.StartTime.ToUniversalTime() > written.ToUniversalTime() + ClockDifference;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            return true; // there is none, or it has just ended
        }
        catch (Win32Exception)
        {
            return false; // it lives and does not say since when
        }
    }

    // A process that has ended keeps its id until its parent asks how: for good, where that one never does. Linux says so after the program's name.
    private static bool IsZombie(int id)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var status = File.ReadAllText($"/proc/{id}/stat");
            return status.AsSpan(status.LastIndexOf(')') + 1).TrimStart() is ['Z' or 'X', ..];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[0-9]+-[0-9a-f]{8}$")]
    private static partial Regex Mark();
}
