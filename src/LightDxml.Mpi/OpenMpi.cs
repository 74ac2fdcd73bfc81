using System.Reflection;
using System.Runtime.InteropServices;

namespace LightDxml.Mpi;

/// <summary>
/// The calls of Open MPI that are needed, as its mpi.h has them: handles are addresses, and those of the world and of bytes are symbols of the library.
/// Errors end the program, as MPI has it by default.
/// </summary>
internal static unsafe partial class OpenMpi
{
    private const string Library = "mpi";
    private const string WorldSymbol = "ompi_mpi_comm_world";

    /// <summary>The library of Open MPI 2 to 5, and the name that its developer's package gives it.</summary>
    private static readonly string[] Names = ["libmpi.so.40", "libmpi.so"];

    private static readonly Lazy<nint> Loaded = new(Load);

    static OpenMpi() => NativeLibrary.SetDllImportResolver(typeof(OpenMpi).Assembly, static (name, _, _) => name == Library ? Loaded.Value : 0);

    /// <summary>MPI_THREAD_SERIALIZED: any thread may call, one at a time.</summary>
    public const int OneThreadAtATime = 2;

    /// <summary>Why the library cannot be used, or null.</summary>
    public static string? WhyMissing => Loaded.Value != 0
        ? null
        : $"Open MPI's library {Names[0]} is not on this machine (Debian and Ubuntu have it in the package openmpi-bin)";

    public static nint World => NativeLibrary.GetExport(Loaded.Value, WorldSymbol);

    public static nint Byte => NativeLibrary.GetExport(Loaded.Value, "ompi_mpi_byte");

    [LibraryImport(Library, EntryPoint = "MPI_Init_thread")]
    public static partial int Start(nint argumentCount, nint arguments, int wanted, out int provided);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_rank")]
    public static partial int Rank(nint communicator, out int rank);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_size")]
    public static partial int Size(nint communicator, out int size);

    [LibraryImport(Library, EntryPoint = "MPI_Ibcast")]
    public static partial int BeginBroadcast(byte* values, int count, nint type, int root, nint communicator, out nint request);

    [LibraryImport(Library, EntryPoint = "MPI_Ibarrier")]
    public static partial int BeginBarrier(nint communicator, out nint request);

    /// <param name="statuses">0: MPI_STATUSES_IGNORE.</param>
    [LibraryImport(Library, EntryPoint = "MPI_Testall")]
    public static partial int AreDone(int count, nint* requests, out int areDone, nint statuses);

    [LibraryImport(Library, EntryPoint = "MPI_Abort")]
    public static partial int Abort(nint communicator, int exitCode);

    [LibraryImport(Library, EntryPoint = "MPI_Finalize")]
    public static partial int Finish();

    /// <summary>Sleeps for less than the millisecond that threads can.</summary>
    [LibraryImport("libc", EntryPoint = "usleep")]
    public static partial int Sleep(uint microseconds);

    // Another MPI has a libmpi.so, too, whose handles are numbers.
    private static nint Load() => Names
        .Select(name => NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), DllImportSearchPath.SafeDirectories, out var library) ? library : 0)
        .FirstOrDefault(library => library != 0 && NativeLibrary.TryGetExport(library, WorldSymbol, out _));
}
