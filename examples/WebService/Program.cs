// Serves a saved model over HTTP.
//
//     dotnet run -c Release --project examples/WebService -- --model tickets.ldx
//     curl -H 'Content-Type: application/json' -d '{"text":"The printer jams","top":3}' http://127.0.0.1:5080/labels
using LightDxml;

var builder = WebApplication.CreateBuilder(args);
var path = builder.Configuration["model"] ?? "tickets.ldx";

// Only this machine is answered; --urls says otherwise.
builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:5080");

// One model for all requests: it is safe to use from many threads. The host disposes of it at the end.
builder.Services.AddSingleton<ITextClassifier>(_ => TextClassifier.Load(path));

var app = builder.Build();

// Load the model now: the first request need not wait for it, and a wrong path ends the program at once.
_ = app.Services.GetRequiredService<ITextClassifier>();

app.MapPost("/labels", (Query query, ITextClassifier model) =>
    query.Text is null || query.Top is < 1 or > 100
        ? Results.BadRequest("text is needed, and top is 1 to 100")
        : Results.Ok(model.Predict(query.Text, query.Top)));

app.Run();

internal sealed record Query(string? Text, int Top = 5);
