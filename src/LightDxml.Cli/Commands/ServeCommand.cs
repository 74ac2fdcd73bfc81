using System.CommandLine;
using System.Net.Sockets;
using LightDxml.Cli.Output;
using LightDxml.Data.Compression;
using LightDxml.Hosting;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml serve</c>: models as a service on the web.</summary>
internal sealed class ServeCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Option<string[]> _models = new("--model") { Description = "A model to serve, under a name: a folder or an .ldx file of 'train'. May be given more than once.", HelpName = "NAME=PATH", Required = true };
    private readonly Option<string> _urls = new("--urls") { Description = "Addresses to answer, separated by semicolons. The default answers this machine alone.", HelpName = "URLS", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
    private readonly Option<bool> _watch = new("--watch") { Description = "Look for changes of the models. A new model is loaded beside the old one and takes its place; a damaged one is refused." };
    private readonly Option<string> _keys = CommonOptions.File("--api-keys", "Only requests with a key are answered. The file has the SHA-256 of a key on each line, as 'printf %s KEY | sha256sum' prints it.");
    private readonly Option<int> _concurrent = CommonOptions.Number("--max-concurrent", 0, "Requests that are worked on at a time; 0 is four for each processor. 256 more wait; others are answered 429.", least: 0);
    private readonly Option<int> _bytes = CommonOptions.Number("--max-bytes", new ServingOptions().MaxBodyBytes, "Bytes of a request, or of a line of a stream, at most.", least: 1);
    private readonly Option<int> _texts = CommonOptions.Number("--max-texts", new ServingOptions().MaxTexts, "Texts of a request at most.", least: 1);
    private readonly Option<int> _timeout = CommonOptions.Number("--timeout", (int)new ServingOptions().Timeout.TotalSeconds, "Seconds that a request may take, or a line of a stream.", least: 1, most: 3600);
    private readonly Option<string[]> _labelNames = new("--label-names") { Description = "A labels file of a model: names in place of the model's own, and the labels above each. A path alone is that of the only model.", HelpName = "NAME=PATH" };
    private readonly Option<string[]> _hosts = new("--hosts") { Description = "A host that requests may be for, as in labels.example.org. Without it a service of this machine alone answers for localhost, any other for every host.", HelpName = "HOST" };
    private readonly Option<string> _feedback = CommonOptions.File("--feedback", "Keep what people say of labels on the page, or by the API, in this file, an SQLite database. Without it nothing is kept.");
    private readonly Option<bool> _metrics = new("--metrics") { Description = "Answer /metrics with figures for Prometheus." };
    private readonly Option<string?> _traces = new("--traces") { Description = "Send traces to a collector of OpenTelemetry (OTLP over HTTP), as in http://127.0.0.1:4318/v1/traces.", HelpName = "URL" };
    private readonly Option<bool> _noPage = new("--no-page") { Description = "Leave out the page at / on which people try the models, and the API to read at /reference." };
    private readonly Option<bool> _jsonLog = new("--json-log") { Description = "Write the log as one JSON object per line." };
    private readonly Option<double?> _tail = TailOption.Create();

    public ServeCommand(CommandContext context)
        : base("serve", "Serve models on the web: a page to try them, an API in JSON, and that of Annif.")
    {
        _context = context;
        foreach (var option in new Option[] { _models, _urls, _labelNames, _watch, _tail, _keys, _concurrent, _bytes, _texts, _timeout, _hosts, _feedback, _metrics, _traces, _noPage, _jsonLog })
            Add(option);
        SetAction(RunAsync);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml serve --model tickets=model",
        "lightdxml serve --model titles=titles-model --model texts=texts-model --urls http://127.0.0.1:9000 --watch",
        "curl -H 'Content-Type: application/json' -d '{\"text\":\"The printer jams\",\"top\":3}' http://127.0.0.1:8080/v1/models/tickets/predict",
    ];

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken _)
    {
        CommonOptions.CheckKernels();
        var named = arguments.GetRequiredValue(_models).Select(Named).ToArray();
        var labelNames = LabelNames(arguments.GetValue(_labelNames) ?? [], named);
        var options = new ServingOptions
        {
            MaxConcurrent = arguments.GetValue(_concurrent),
            MaxBodyBytes = arguments.GetValue(_bytes),
            MaxTexts = arguments.GetValue(_texts),
            Timeout = TimeSpan.FromSeconds(arguments.GetValue(_timeout)),
            FeedbackPath = arguments.GetValue(_feedback),
            ApiKeyHashes = arguments.GetValue(_keys) is { } file ? ReadKeys(file) : [],
        };
        var urls = arguments.GetRequiredValue(_urls);
        foreach (var url in urls.Split(';'))
        {
            if (!Uri.TryCreate(url.Replace("//*", "//localhost").Replace("//+", "//localhost"), UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
                throw new LightDxmlException($"--urls takes addresses such as http://127.0.0.1:8080, but has '{url}'. HTTPS is the work of a proxy before the service.");
        }

        var traces = arguments.GetValue(_traces) is not { } collector ? null
            : Uri.TryCreate(collector, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
            : throw new LightDxmlException($"--traces takes an address such as http://127.0.0.1:4318/v1/traces, but is '{collector}'.");
        var builder = LightDxmlServer.CreateBuilder(
            urls, options,
            models =>
            {
                foreach (var (name, path) in named)
                    models.AddModel(name, path, arguments.GetValue(_watch), arguments.GetValue(_tail), labelNames.GetValueOrDefault(name));
            },
            arguments.GetValue(_hosts) ?? [], arguments.GetValue(_jsonLog));
        ServeTelemetry.Add(builder.Services, arguments.GetValue(_metrics), traces);
        await using var app = LightDxmlServer.Build(builder, page: !arguments.GetValue(_noPage));
        if (arguments.GetValue(_metrics))
            ServeTelemetry.MapMetrics(app);
        try
        {
            await app.StartAsync(_context.Stop);
        }
        catch (Exception fault) when (fault is IOException or SocketException or InvalidOperationException)
        {
            throw new LightDxmlException($"{fault.Message} --urls names another address.", fault);
        }

        _context.Messages.WriteLine($"Serving {Counted.Of(named.Length, "model")} at {string.Join(", ", LightDxmlServer.Addresses(app))}. Ctrl-C ends it.");
        if (!await LightDxmlServer.ServeAsync(app, _context.Stop))
            throw new LightDxmlException("The service ended by itself; the messages above say why.");
        _context.Messages.WriteLine("Stopped.");
        return ExitCode.Success;
    }

    private static (string Name, string Path) Named(string model) => CommonOptions.NameAndPath(model)
        ?? throw new LightDxmlException($"--model needs a name and a path, as in tickets=model, but is '{model}'.");

    private static Dictionary<string, string> LabelNames(string[] given, (string Name, string Path)[] models)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in given)
        {
            var (name, path) = models.Length == 1 && !one.StartsWith(models[0].Name + "=", StringComparison.Ordinal) ? (models[0].Name, one) : CommonOptions.NameAndPath(one)
                ?? throw new LightDxmlException($"With several models --label-names needs a model's name and a path, as in {models[0].Name}=labels.jsonl, but is '{one}'.");
            if (models.All(model => model.Name != name))
                throw new LightDxmlException($"--label-names has a file for '{name}', but no --model has this name.");
            if (!files.TryAdd(name, path))
                throw new LightDxmlException($"--label-names has two files for '{name}'.");
        }

        return files;
    }

    private static string[] ReadKeys(string path)
    {
        var keys = CompressedFile.ReadLines(path).Select(line => line.Split(' ', 2)[0].Trim()).Where(line => line.Length > 0).ToArray();
        return keys.Length > 0 ? keys : throw new LightDxmlException($"{path} holds no key; without --api-keys the service needs none.");
    }
}
