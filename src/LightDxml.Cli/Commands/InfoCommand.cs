using System.CommandLine;
using System.Runtime.InteropServices;
using LightDxml.Cli.Output;
using LightDxml.Kernels;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml info</c>: what is here, and why something is not.</summary>
internal sealed class InfoCommand : Command, IHasExamples
{
    private readonly CommandContext _context;

    public InfoCommand(CommandContext context)
        : base("info", "Show processor, instruction sets and backends: which are here, and why one is not.")
    {
        _context = context;
        SetAction(_ => Run());
    }

    public IReadOnlyList<string> Examples => ["lightdxml info"];

    private int Run()
    {
        CommonOptions.CheckKernels();
        var table = new TextTable("", "") { LeftColumns = 2 };
        table.Add("version", typeof(InfoCommand).Assembly.GetName().Version?.ToString(3) ?? "");
        table.Add("processor", $"{Processor.Name}, {Environment.ProcessorCount} logical processors");
        table.Add("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):N1} GiB");
        table.Add("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}");
        table.Add("vectors", Processor.Vectors);
        table.Add("instruction sets", Processor.InstructionSets);
        var chosen = KernelBackends.Select().Name;
        foreach (var name in new[] { "scalar", "simd" })
        {
            var here = KernelBackends.Available.Any(kernels => kernels.Name == name);
            table.Add($"kernels {name}", !here ? "missing: this processor has no 128-bit vectors" : name == chosen ? "here, chosen" : "here");
        }

        table.Add("label index exact", "here");
        table.Add("label index hnsw", "here");
        table.Add("label index gpu", "missing: not part of this version");
        table.Add("engine cpu", "here");
        table.Add("engine torch", "missing: not part of this version");
        table.Write(_context.Output);
        return ExitCode.Success;
    }
}
