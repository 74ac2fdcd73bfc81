using System.Runtime.InteropServices;

namespace LightDxml.Storage;

/// <summary>Swaps two folders in one step, where the system can.</summary>
internal static partial class DirectoryExchange
{
    private const int CurrentDirectory = -100;
    private const uint Exchange = 2;

    /// <returns>False where the system or its file system cannot; then nothing has changed.</returns>
    public static bool TryExchange(string first, string second)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return RenameAt(CurrentDirectory, first, CurrentDirectory, second, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int firstDirectory, string first, int secondDirectory, string second, uint flags);
}
