using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LightDxml.Cli.Output;
using LightDxml.Configuration;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml plan</c>: what a training would take, by its sizes alone.</summary>
internal sealed class PlanCommand : Command, IHasExamples
{
    private const int UsualFeatures = 200_000;

    private readonly CommandContext _context;
    private readonly Option<int> _documents = Size("--documents", "Training documents.");
    private readonly Option<int> _labels = Size("--labels", "Labels that have training documents.");
    private readonly Option<int> _features = CommonOptions.Number("--features", UsualFeatures, "Features, or terms of raw text.", least: 1);
    private readonly Option<double> _featuresPerDocument = Average("--features-per-document", "Features of a document, on average.", 100);
    private readonly Option<double> _labelsPerDocument = Average("--labels-per-document", "Labels of a document, on average.", 5);
    private readonly Option<int[]> _machines = new("--machines") { Description = "Numbers of machines to compare, one rank each.", HelpName = "N ...", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 2, 4, 8] };
    private readonly Option<string> _preset = CommonOptions.Preset();
    private readonly Option<string[]> _set = CommonOptions.Set("Settings, as for train.");

    public PlanCommand(CommandContext context)
        : base("plan", "Say what a training would take on one or many machines: memory, bytes received, processor seconds. Nothing is read or trained.")
    {
        _context = context;
        _machines.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number < 1))
                result.AddError("--machines must be numbers from 1 on.");
        });
        foreach (var option in new Option[] { _documents, _labels, _features, _featuresPerDocument, _labelsPerDocument, _machines, _preset, _set })
            Add(option);
        Validators.Add(result =>
        {
            Refuse(result, _featuresPerDocument, _features, UsualFeatures);
            Refuse(result, _labelsPerDocument, _labels, int.MaxValue);
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml plan --documents 90000 --labels 40000",
        "lightdxml plan --documents 10000000 --labels 3000000 --features 1000000 --machines 1 8",
        "lightdxml plan --documents 500000 --labels 670000 --set encoder.dimensions=128 head=dense",
    ];

    private int Run(ParseResult arguments)
    {
        var (documents, features, labels) = (arguments.GetRequiredValue(_documents), arguments.GetValue(_features), arguments.GetRequiredValue(_labels));
        var shape = new RunShape(
            documents, features, labels,
            (long)(documents * Math.Min(features, arguments.GetValue(_featuresPerDocument))), (long)(documents * Math.Min(labels, arguments.GetValue(_labelsPerDocument))));
        var chosen = (arguments.GetValue(_set) ?? []).Aggregate(Presets.Get(arguments.GetValue(_preset)!), Settings.Apply).Validate();
        var options = TrainingPlan.Resolve(chosen, shape.Documents, shape.Labels, shape.FeaturesPerDocument, documentsPerFeature: shape.DocumentsPerFeature, documentsPerLabel: shape.DocumentsPerLabel);
        var table = new TextTable("machines", "memory of each", "received by all", "processor time of all", "of each") { LeftColumns = 0 };
        var refusals = new List<string>();
        int[] machines = [.. arguments.GetValue(_machines)!.Distinct()];
        foreach (var count in machines)
        {
            var work = WorkPlan.Of(shape, options, count).Total;
            string[] figures = [MemoryPlan.Text(Memory(shape, options, count).Most), count == 1 ? "" : Amount(ExchangePlan.Of(shape, options, count).Total), Time(work), Time(work / count)];
            try
            {
                TrainingLimits.Check(shape.Documents, shape.Features, shape.Labels, options, Array.MaxLength, count);
            }
            catch (LightDxmlException refusal)
            {
                refusals.Add(string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(count, "machine")}: train refuses it. {refusal.Message}"));
            }

            table.Add([count.ToString("N0", CultureInfo.InvariantCulture), .. figures]);
        }

        var output = _context.Output;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.Documents:N0} documents of {shape.FeaturesPerDocument:N0} features, {shape.Features:N0} features, {shape.Labels:N0} labels; {options.Encoder.Dimensions} dimensions, {Counted.Of(options.Schedule.Epochs, "epoch")}."));
        output.WriteLine();
        table.Write(output);
        foreach (var refusal in refusals)
            output.WriteLine(refusal);
        if (TrainingLimits.Doubt(MemoryPlan.WeightsOf(shape), options, Array.MaxLength) is { } doubt)
            output.WriteLine($"Note: {doubt}.");
        output.WriteLine();
        WriteParts(shape, options, machines[^1], output);
        return ExitCode.Success;
    }

    private static void WriteParts(RunShape shape, TrainingOptions options, int machines, TextWriter output)
    {
        output.WriteLine($"{Counted.Of(machines, "machine")}, the largest first:");
        output.WriteLine($"  memory of each: {string.Join(", ", Memory(shape, options, machines).Phases.OrderByDescending(phase => phase.Bytes).Select(phase => $"{phase.Phase} {MemoryPlan.Text(phase.Bytes)}"))}");
        if (machines > 1)
            output.WriteLine($"  received by all: {string.Join(", ", ExchangePlan.Of(shape, options, machines).Kinds.OrderByDescending(kind => kind.Bytes).Select(kind => $"{kind.What} {Amount(kind.Bytes)}"))}");
        output.WriteLine($"  processor time of all: {string.Join(", ", WorkPlan.Of(shape, options, machines).Kinds.OrderByDescending(kind => kind.Seconds).Select(kind => $"{kind.What} {Time(kind.Seconds)}"))}");
        output.WriteLine("Features are taken to be mapped from a cache. Times are those of the processor that was measured (docs/many-machines.md); divide those of a machine by its threads.");
    }

    private static MemoryPlan Memory(RunShape shape, TrainingOptions options, int machines) =>
        MemoryPlan.Of(
            shape.Documents, shape.Features, shape.Labels, 0, shape.Assignments, MemoryPlan.WeightsOf(shape), options, Environment.ProcessorCount, machines,
            problemValues: MemoryPlan.ProblemValues(options, shape.Documents, shape.Labels, shape.FeaturesPerDocument, shape.Assignments / Math.Max(1.0, shape.Labels)));

    private static string Amount(long bytes) => bytes >= 10L << 40 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 40):N0} TB") : MemoryPlan.Text(bytes);

    private static string Time(double seconds) => seconds switch
    {
        < 600 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 36_000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:N0} h"),
    };

    /// <summary>A document has no feature and no label twice.</summary>
    /// <param name="usual">How many there are where the option is not given.</param>
    private static void Refuse(CommandResult result, Option<double> average, Option<int> all, int usual)
    {
        if (result.GetResult(average) is not { Implicit: false } given || given.Errors.Any() || result.GetResult(all)?.Errors.Any() == true)
            return;
        var (each, most) = (result.GetValue(average), result.GetResult(all) is null ? usual : result.GetValue(all));
        if (each > most)
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{average.Name} must be at most {all.Name}, which is {most}, but is {each}: no document has one twice."));
    }

    private static Option<double> Average(string name, string what, double standard)
    {
        var option = new Option<double>(name) { Description = what, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && !(number > 0 && number <= int.MaxValue))
                result.AddError($"{name} must be above 0 and at most {int.MaxValue}, but is {token.Value}.");
        });
        return option;
    }

    private static Option<int> Size(string name, string description)
    {
        var option = CommonOptions.Number(name, 0, description, least: 1);
        option.DefaultValueFactory = null;
        option.Required = true;
        return option;
    }
}
