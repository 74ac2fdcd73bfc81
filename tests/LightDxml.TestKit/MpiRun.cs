using System.Diagnostics;

namespace LightDxml.TestKit;

/// <summary>Programs as ranks that mpirun starts, where the machine has Open MPI.</summary>
internal static class MpiRun
{
    public const string Reason = "There is no mpirun of Open MPI (openmpi-bin): nothing can be started by it.";

    private static readonly Lazy<bool> Missing = new(() => OperatingSystem.IsWindows() || !Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "ompi_info"))));

    public static bool IsMissing => Missing.Value;

    /// <summary>The same program with the same arguments in every rank; more ranks than processors, and as root in a container.</summary>
    public static ProcessStartInfo Of(int ranks, ProcessStartInfo program)
    {
        var start = new ProcessStartInfo("mpirun", ["--oversubscribe", "-n", $"{ranks}", program.FileName, .. program.ArgumentList]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        return start;
    }
}
