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

    /// <summary>Whether a text is the mark of another process that has ended.</summary>
    public static bool IsOfEndedProcess(string mark)
    {
        if (!Mark().IsMatch(mark) || !int.TryParse(mark.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    [GeneratedRegex("^[0-9]+-[0-9a-f]{8}$")]
    private static partial Regex Mark();
}
