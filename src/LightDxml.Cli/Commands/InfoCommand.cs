using System.CommandLine;
using System.Runtime.InteropServices;
using LightDxml.Cli.Output;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Providers;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml info</c>: what is here, and why something is not.</summary>
internal sealed class InfoCommand : Command, IHasExamples
{
    private const int TopWords = 20;

    private readonly CommandContext _context;
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Show instead what this model is: labels, features, settings, and how its text was read.");
    private readonly Option<bool> _labels = new("--labels") { Description = "List the model's labels, the most frequent first: training documents, id, name." };
    private readonly Option<string> _topWords = new("--top-words") { Description = "List the words that speak most for a label of the model, by its id or name.", HelpName = "LABEL" };

    public InfoCommand(CommandContext context)
        : base("info", "Show processor, instruction sets, accelerators and providers: which are here, and why one is not. With --model: what a model is.")
    {
        _context = context;
        foreach (var option in new Option[] { _model, _labels, _topWords })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_model) is null && (result.GetValue(_labels) || result.GetResult(_topWords) is not null))
                result.AddError("--labels and --top-words need --model.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml info",
        "lightdxml info --model model",
        "lightdxml info --model model --labels",
        "lightdxml info --model model --top-words cs.RO",
    ];

    private int Run(ParseResult arguments)
    {
        if (arguments.GetValue(_model) is not { } folder)
            return WriteMachine();
        CommonOptions.CheckKernels();
        using var model = ModelStore.Open(folder);
        var description = new ModelDescription(model, folder);
        if (arguments.GetValue(_topWords) is { } label)
            description.WriteTopWords(label, TopWords, _context.Output);
        else if (arguments.GetValue(_labels))
            description.WriteLabels(_context.Output);
        else
            description.Write(_context.Output);
        return ExitCode.Success;
    }

    private int WriteMachine()
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
