using System.CommandLine;
using System.Runtime.InteropServices;
using LightDxml.Cli.Output;
using LightDxml.Kernels;
using LightDxml.Providers;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml info</c>: what is here, and why something is not.</summary>
internal sealed class InfoCommand : Command, IHasExamples
{
    private readonly CommandContext _context;

    public InfoCommand(CommandContext context)
        : base("info", "Show processor, instruction sets, accelerators and providers: which are here, and why one is not.")
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
        table.Add("label index ivf", "here");
        table.Add("label index hnsw", "here");
        table.Add("engine cpu", "here");
        foreach (var name in ProviderCatalog.Names)
            AddProvider(table, ProviderCatalog.Get(name));
        table.Write(_context.Output);
        return ExitCode.Success;
    }

    private static void AddProvider(TextTable table, IProvider provider)
    {
        table.Add($"provider {provider.Name}", provider.WhyMissing is null ? "here" : $"missing: {provider.WhyMissing}");
        foreach (var offer in provider.Offers)
            table.Add(offer, provider.WhyMissing is null ? $"by {provider.Name}" : $"missing: needs provider {provider.Name}");
        if (provider.WhyMissing is not null)
            return;
        try
        {
            var accelerators = provider.FindAccelerators();
            foreach (var accelerator in accelerators)
                table.Add($"accelerator by {provider.Name}", accelerator);
            if (accelerators.Count == 0)
                table.Add($"accelerator by {provider.Name}", "none found");
        }
        catch (LightDxmlException exception)
        {
            table.Add($"accelerator by {provider.Name}", $"none: {exception.Message}");
        }
    }
}
