using System.CommandLine;
using System.CommandLine.Invocation;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Encoders.Transformers;
using LightDxml.Text.Tokens;
using LightDxml.Torch;
using LightDxml.Torch.Networks;
using LightDxml.Torch.Networks.Transformers;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml encoder train</c>: a pretrained text encoder trained on documents and their labels.</summary>
internal sealed class EncoderTrainCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Option<string> _encoder = new("--encoder") { Description = "The encoder to start from: minilm, arctic-xs, or a folder with an ONNX file and Hugging Face's config.json.", HelpName = "NAME|DIR", Required = true };
    private readonly Option<string> _train = CommonOptions.Files("--train", "Training set: raw text with labels.", required: true);
    private readonly Option<string> _output = CommonOptions.Folder("--output", "Folder for the trained encoder, which text.encoder=DIR then reads.", required: true);
    private readonly Option<string[]> _set = CommonOptions.Set("Settings; --help-settings lists them.");
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of all that is drawn.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<bool> _helpSettings = new("--help-settings") { Description = "List every setting with its default and meaning.", Action = new SettingsHelp() };
    private readonly TextOptions _read;

    public EncoderTrainCommand(CommandContext context)
        : base("train", "Train a text encoder on documents and their labels, so that texts lie near their labels. Needs libtorch; using the trained encoder does not.")
    {
        _context = context;
        foreach (var option in new Option[] { _encoder, _train, _output, _set, _seed, _threads, _helpSettings })
            Add(option);
        _read = new TextOptions(this);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml encoder train --encoder minilm --train train.jsonl --output encoder",
        "lightdxml encoder train --encoder minilm --train train.jsonl --output encoder --set maxTokens=32 epochs=3 --threads 1",
        "lightdxml train --train train.jsonl --output model --set text.encoder=encoder",
    ];

    private int Run(ParseResult arguments)
    {
        var (output, threads) = (arguments.GetRequiredValue(_output), arguments.GetValue(_threads));
        var options = (arguments.GetValue(_set) ?? []).Aggregate(TextNetworks.Encoder.Options, EncoderTrainer.With).Validate();
        var source = DataSource.Of(arguments.GetRequiredValue(_train));
        var read = _read.Of(arguments, threads);
        var input = new InputReader(_context, read, threads);
        if (!input.IsText(source))
            throw new LightDxmlException($"{source.Name} holds features; an encoder reads raw text.");
        if (LibTorch.WhyMissing is { } reason)
            throw new LightDxmlException($"encoder train: {reason}");
        var encoder = TrainableEncoder.Open(arguments.GetRequiredValue(_encoder));
        TrainableEncoder.CheckTarget(output);
        var labels = input.ReadLabels(source).Labels;
        var documents = DocumentTokens.Read(source.Path, read, encoder.Transformer.Tokenizer, encoder.Transformer.MaxTokens);
        var tensors = EncoderTrainer.Train(
            options, encoder.Transformer, documents, labels, arguments.GetValue(_seed), threads, new ConsoleObserver(_context.Messages.WriteLine), _context.Stop);
        encoder.Write(output, tensors);
        _context.Output.WriteLine($"{output}: written; --set text.encoder={output} takes it.");
        return ExitCode.Success;
    }

    /// <summary>Every setting with its default and meaning.</summary>
    private sealed class SettingsHelp : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            SettingsTable.Write(
                parseResult.InvocationConfiguration.Output, "default",
                TextNetworks.Encoder.Settings.All.Select(setting => (setting.Name, setting.GetText(TextNetworks.Encoder.Options), setting.Meaning)));
            return ExitCode.Success;
        }
    }
}
