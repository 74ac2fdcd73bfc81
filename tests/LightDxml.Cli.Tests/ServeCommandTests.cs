using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary><c>lightdxml serve</c> as a process of its own.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ServeCommandTests()
    {
        using var model = TextClassifier.Train(Tickets.Create(120), Tickets.Quick);
        model.Save(_folder["model"]);
    }

    private string Model => $"tickets={_folder["model"]}";

    [SkippableFact]
    public async Task Service_Starts_Answers_AndEndsBySigterm()
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        using var process = Lightdxml.Start("serve", "--model", Model, "--urls", "http://127.0.0.1:0", "--metrics", "--label-names", LabelNames());
        var address = await Lightdxml.AddressAsync(process);
        using var client = new HttpClient { BaseAddress = address };
        using var content = new StringContent("""{"text":"wifi router cable","top":1}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/v1/models/tickets/predict", UriKind.Relative), content);
        Assert.Contains("\"name\":\"Networks\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("<h1>", await client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Matches("lightdxml_request_duration_seconds_count\\{.*model=\"tickets\",operation=\"predict\",status=\"200\"\\} 1\\n", metrics);

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        Assert.True(process.WaitForExit(20_000));
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("Stopped.", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoPage_LeavesThePageOut_AndFiguresComeOnDemandAlone()
    {
        using var process = Lightdxml.Start("serve", "--model", Model, "--urls", "http://127.0.0.1:0", "--no-page");
        using var client = new HttpClient { BaseAddress = await Lightdxml.AddressAsync(process) };
        foreach (var path in (string[])["/", "/page/app.js", "/metrics"])
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        process.Kill();
    }

    [Fact]
    public async Task Limits_AreThoseOfTheOptions()
    {
        using var process = Lightdxml.Start(
            "serve", "--model", Model, "--urls", "http://127.0.0.1:0", "--max-bytes", "300", "--max-texts", "2", "--max-concurrent", "3", "--timeout", "7", "--hosts", "labels.example.org");
        try
        {
            var address = await Lightdxml.AddressAsync(process);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("""{"texts":["wifi","router"]}"""));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync("""{"texts":["wifi","router","cable"]}"""));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync($$"""{"text":"{{new string('a', 300)}}"}"""));
            Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("""{"text":"wifi"}""", "localhost"));

            async Task<HttpStatusCode> StatusAsync(string body, string host = "labels.example.org")
            {
                using var client = new HttpClient { BaseAddress = address };
                client.DefaultRequestHeaders.Host = host;
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var response = await client.PostAsync(new Uri("/v1/models/tickets/predict", UriKind.Relative), content);
                return response.StatusCode;
            }
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Figures_NeedAKey_WhereTheServiceDoes()
    {
        File.WriteAllText(_folder["keys"], "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8  -\n");
        using var process = Lightdxml.Start("serve", "--model", Model, "--urls", "http://127.0.0.1:0", "--metrics", "--api-keys", _folder["keys"]);
        using var client = new HttpClient { BaseAddress = await Lightdxml.AddressAsync(process) };
        using (var without = await client.GetAsync(new Uri("/metrics", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "password");
        Assert.Contains("lightdxml_model_age_seconds", await client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        process.Kill();
    }

    [Fact]
    public void PortThatIsTaken_IsAnError()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (exit, _, messages) = Lightdxml.Run("serve", "--model", Model, "--urls", $"http://127.0.0.1:{port}");
        Assert.Equal(1, exit);
        Assert.Contains("address already in use. --urls names another address.", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere is not a model folder", "--model", "tickets=nowhere")]
    [InlineData("--model needs a name and a path", "--model", "nowhere")]
    [InlineData("no --model has this name", "--label-names", "other=x", "--model", "more=MODEL")]
    [InlineData("needs a model's name and a path", "--label-names", "x", "--model", "more=MODEL")]
    [InlineData("Two models are called 'tickets'", "--model", "tickets=MODEL")]
    [InlineData("holds no key", "--api-keys", "EMPTY")]
    [InlineData("64 hexadecimal digits", "--api-keys", "WORDS")]
    [InlineData("does not exist", "--api-keys", "missing")]
    [InlineData("does not exist", "--label-names", "missing.jsonl")]
    [InlineData("is not a file of feedback", "--feedback", "WORDS")]
    [InlineData("is in the folder of a model", "--feedback", "MODEL/feedback.db")]
    [InlineData("is in the folder of a model", "--feedback", "MODEL/said/feedback.db")]
    [InlineData("--traces takes an address", "--traces", "collector")]
    [InlineData("HTTPS is the work of a proxy", "--urls", "https://127.0.0.1:0")]
    [InlineData("--urls names another address", "--urls", "http://localhost:0")]
    [InlineData("--urls names another address", "--urls", "http://127.0.0.1:0/path")]
    public void WrongOptions_AreErrors(string expected, params string[] arguments)
    {
        File.WriteAllText(_folder["EMPTY"], "\n");
        File.WriteAllText(_folder["WORDS"], "secret\n");
        var given = arguments.Select(argument => argument.Replace("MODEL", _folder["model"], StringComparison.Ordinal)).Select(argument => argument is "EMPTY" or "WORDS" ? _folder[argument] : argument);
        string[] first = arguments is ["--model", "tickets=nowhere" or "nowhere"] ? [] : ["--model", Model];
        var (exit, _, messages) = Lightdxml.RunIn(_folder[""], ["serve", .. first, .. given]);
        Assert.Equal(1, exit);
        Assert.Contains(expected, messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", messages, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", messages, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string LabelNames()
    {
        File.WriteAllText(_folder["names.jsonl"], """{"id":"network","name":"Networks"}""");
        return _folder["names.jsonl"];
    }
}
