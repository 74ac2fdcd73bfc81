using System.CommandLine;
using LightDxml.Cli.Output;
using LightDxml.Models;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml compress</c>.</summary>
internal sealed class CompressCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Model (a folder or an .ldx file): one model or an ensemble.", required: true);
    private readonly Option<string> _output = CommonOptions.Folder("--output", "The smaller model: a folder, or one file where the name ends in .ldx; may be the same one.", required: true);
    private readonly Option<double?> _pruneBelow = new("--prune-below")
    {
        Description = "Drop weights of the sparse classifier below this magnitude.",
    };

    private readonly Option<Precision> _precision = new("--precision")
    {
        Description = "Numbers that dense parameters are stored as.",
        DefaultValueFactory = _ => Precision.Int4,
    };

    public CompressCommand(CommandContext context)
        : base("compress", "Store a model in four or eight bits per parameter with one scale per row, and drop small weights.")
    {
        _context = context;
        foreach (var option in new Option[] { _model, _output, _precision, _pruneBelow })
            Add(option);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml compress --model model --output small",
        "lightdxml compress --model model --output small --precision int8 --prune-below 0.15",
    ];

    private int Run(ParseResult arguments)
    {
        if (!Enum.IsDefined(arguments.GetValue(_precision)))
            throw new LightDxmlException($"--precision must be int4, int8 or float32, but is {arguments.GetValue(_precision)}.");
        var folder = arguments.GetRequiredValue(_model);
        var output = arguments.GetRequiredValue(_output);
        ModelStore.CheckTarget(output);
        var models = ModelStore.Load(folder);
        var before = Summary.BytesOf(folder);
        Model[] smaller = [.. models.Select(model => ModelPrecision.Apply(Prune(model, folder, arguments.GetValue(_pruneBelow)), arguments.GetValue(_precision)))];
        ModelStore.Save(smaller, output);
        if (models.Zip(smaller).Any(pair => pair.First.Sparse?.Weights.NonZeroCount > pair.Second.Sparse?.Weights.NonZeroCount && (pair.First.Calibration is not null || pair.First.Thresholds is not null)))
            _context.Messages.WriteLine($"{output}: probabilities and thresholds are those of the weights before pruning, and may be off. 'lightdxml evaluate' says how far; --set sparse.pruneBelow=W of 'train' prunes before they are fitted.");
        var precision = arguments.GetValue(_precision);
        if (arguments.GetValue(_pruneBelow) is null && models.All(model => model.Inference.Precision == precision))
            _context.Messages.WriteLine($"{folder} is stored in {precision.ToString().ToLowerInvariant()} already; nothing is gained. --prune-below drops small weights, at some cost in precision.");
        _context.Output.WriteLine($"{output}: {Summary.BytesOf(output):N0} bytes, before {before:N0}.");
        return ExitCode.Success;
    }

    private static Model Prune(Model model, string folder, double? below)
    {
        if (below is not { } least)
            return model;
        if (!(least >= 0) || !double.IsFinite(least))
            throw new LightDxmlException($"--prune-below must be a number from 0 on, but is {least}.");
        return model.Sparse is { } sparse
            ? model with { Sparse = sparse.Pruned((float)least) }
            : throw new LightDxmlException($"{folder} has no sparse classifier to prune.");
    }
}
