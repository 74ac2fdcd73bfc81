using LightDxml.Providers;

namespace LightDxml.Mpi;

/// <summary>The provider of processes that mpirun starts. The library of Open MPI is loaded when it is asked for.</summary>
internal sealed class MpiProvider : IProcessGroupProvider
{
    public string Name => "mpi";

    public IReadOnlyList<string> Offers { get; } = ["training by mpirun"];

    public string? WhyMissing => OpenMpi.WhyMissing;

    public IReadOnlyList<string> FindAccelerators() => [];

    public ProcessGroup Join() => WhyMissing is { } reason ? throw new ProviderMissingException($"mpirun started this process, but {reason}.") : MpiGroup.Join();
}
