using System.CommandLine;
using System.Globalization;
using LightDxml.Cli.Commands;
using LightDxml.Cli.Output;
using LightDxml.Providers;
using LightDxml.Training;

namespace LightDxml.Cli;

/// <summary>The tool as one of the ranks that mpirun starts: rank 0 does all talking and writing, and where one rank fails, all end.</summary>
internal static class Ranks
{
    /// <summary>What Open MPI tells the processes that it starts: how many there are in all, and on this machine.</summary>
    private const string SizeVariable = "OMPI_COMM_WORLD_SIZE";
    private const string LocalSizeVariable = "OMPI_COMM_WORLD_LOCAL_SIZE";

    /// <summary>What is wrong for all, such as a missing file, is said by rank 0 alone: the others give it so long to end them.</summary>
    private static readonly TimeSpan FirstsTurn = TimeSpan.FromSeconds(3);

    /// <summary>Runs the tool in its group of processes, or by itself.</summary>
    /// <param name="run">Gives the exit code and, where there is one, the error.</param>
    public static int Run(Func<ProcessGroup, (int ExitCode, string? Fault)> run)
    {
        if (Number(SizeVariable) is not > 1)
            return run(ProcessGroup.Alone).ExitCode;

        // What mpirun reads from looks like a terminal, to which the console would send commands.
        Environment.SetEnvironmentVariable("TERM", null);
        ProcessGroup processes;
        try
        {
            processes = ((IProcessGroupProvider)ProviderCatalog.Get("mpi")).Join();
        }
        catch (LightDxmlException fault)
        {
            Console.Error.WriteLine(CommandLine.OneLine(fault));
            return ExitCode.Error;
        }

        var (exitCode, error) = run(processes);
        if (exitCode != ExitCode.Success)
        {
            if (!processes.IsFirst)
            {
                Thread.Sleep(FirstsTurn);
                Console.Error.WriteLine($"rank {processes.Rank} of {processes.Size} on {Environment.MachineName}: {error ?? $"ended with exit code {exitCode}"}");
            }

            processes.Abort(exitCode);
        }

        (processes as IDisposable)?.Dispose();
        return exitCode;
    }

    /// <exception cref="LightDxmlException">The command works in one process.</exception>
    public static void Check(ProcessGroup processes, ParseResult parsed)
    {
        if (processes.Size > 1 && parsed.CommandResult.Command is not (TrainCommand or EvaluateCommand))
            throw new LightDxmlException($"{CommandLine.PathOf(parsed.CommandResult.Command)} works in one process, but mpirun has started {processes.Size}. Leave mpirun out; only lightdxml train and evaluate are shared out to ranks.");
    }

    /// <summary>This rank and its threads: as many as asked for, or its share of the machine's processors, of which mpirun may have bound it to some.</summary>
    public static Workers Workers(CommandContext context, int threads)
    {
        var processes = context.Processes;
        if (processes.Size > 1 && threads == 0)
            threads = Math.Max(1, Environment.ProcessorCount / (Number(LocalSizeVariable) ?? 1));
        if (processes.Size > 1 && threads > Environment.ProcessorCount)
            context.Messages.WriteLine($"Rank 0 has {threads} threads, but mpirun lets it use {Counted.Of(Environment.ProcessorCount, "processor")}; mpirun --bind-to none lets it use all.");
        return new Workers(threads, processes);
    }

    /// <summary>Says what the ranks have sent each other.</summary>
    public static void SayVolumes(CommandContext context)
    {
        var (processes, volumes) = (context.Processes, context.Processes.Volumes);
        if (processes.Size > 1)
            context.Messages.WriteLine($"{processes.Size} ranks received {MemoryPlan.Text(volumes.Total)} from each other: {string.Join(", ", volumes.ByKind.Select(kind => $"{kind.What} {MemoryPlan.Text(kind.Bytes)}"))}.");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
