using System.CommandLine;
using System.Globalization;
using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary>The option that bounds a training's memory: what will not fit is refused, and the collector keeps the rest within it.</summary>
internal sealed class MemoryOption
{
    private const string HeapLimit = "GCHeapHardLimit";
    private static readonly long Least = 2 * MemoryPlan.Program;
    private readonly Option<string> _size = new("--memory") { Description = "Memory to keep within: 600M, 4G. A training that needs more is refused before it starts. The model is the same.", HelpName = "SIZE" };

    public MemoryOption(Command command)
    {
        command.Add(_size);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_size) is { } size && Bytes(size) is null)
                result.AddError($"--memory must be a number and M or G, from {Least >> 20}M on, such as 600M or 4G, but is '{size}'.");
        });
    }

    /// <summary>The option itself.</summary>
    public Option<string> Option => _size;

    /// <summary>Tells the collector, which ends the program rather than going beyond.</summary>
    public void Apply(ParseResult arguments)
    {
        if (Limit(arguments) is { } limit)
            LimitHeap(limit - MemoryPlan.Program);
    }

    /// <summary>Says what a training will take.</summary>
    /// <exception cref="LightDxmlException">It will not fit.</exception>
    /// <param name="named">Labels that names add to the candidates of a document.</param>
    /// <param name="members">Models that are trained one after the other.</param>
    public void Check(CommandContext context, ParseResult arguments, Dataset train, Dataset? validation, int named, TrainingOptions options, int members, Workers workers)
    {
        var plan = MemoryPlan.Of(train, options, workers.Threads, workers.Processes.Size, members, validation, named);
        if (Limit(arguments) is { } limit)
        {
            plan.Check(limit);
            context.Messages.WriteLine($"The training takes {plan}; --memory allows {MemoryPlan.Text(limit)}.");
            // Pages of a mapped cache stay in memory beside the heap while there is room, so the heap leaves them what the plan does not need.
            LimitHeap(limit - MemoryPlan.Program - Math.Min(MemoryPlan.MappedBytes(train), limit - plan.Most));
        }
        else if (plan.Most - MemoryPlan.Program > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
        {
            context.Messages.WriteLine($"The training takes {plan}, but only {MemoryPlan.Text(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} are there, which a container's limit may set; it may end for lack of memory. docs/limits.md says what needs less.");
        }
    }

    /// <summary>The error of a command that found no more memory.</summary>
    public LightDxmlException? Fault(ParseResult arguments, Exception fault) =>
        Limit(arguments) is { } limit && (fault is OutOfMemoryException || fault is AggregateException several && several.Flatten().InnerExceptions.Any(inner => inner is OutOfMemoryException))
            ? new LightDxmlException($"{MemoryPlan.Text(limit)} of memory (--memory) were not enough; no model was saved. Give it more, or see docs/limits.md for what needs less.", fault)
            : null;

    private static void LimitHeap(long bytes)
    {
        AppContext.SetData(HeapLimit, (ulong)bytes);
        GC.RefreshMemoryLimit();
    }

    private long? Limit(ParseResult arguments) => arguments.GetValue(_size) is { } size ? Bytes(size) : null;

    private static long? Bytes(string size)
    {
        var shift = size.Length == 0 ? 0 : char.ToUpperInvariant(size[^1]) switch { 'M' => 20, 'G' => 30, _ => 0 };
        return shift > 0 && double.TryParse(size[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * (1L << shift) is var bytes && bytes >= Least && bytes < 1L << 50 ? (long)bytes : null;
    }
}
