// An application with a model in it: addresses of its own beside the API and the page of LightDxml.Hosting. A new model at the path takes the
// place of the old one while requests are answered.
//
//     dotnet run -c Release --project examples/LabelService -- --model tickets.ldx
//     curl 'http://127.0.0.1:5080/queue?ticket=The+printer+jams'
using LightDxml;
using LightDxml.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:5080");
builder.Services.AddLightDxml().AddModel("tickets", builder.Configuration["model"] ?? "tickets.ldx", watchForChanges: true);

var app = builder.Build();
app.MapLightDxml();
app.MapLightDxmlPage();

// Whose ticket it is: the best label, or a person's choice where the model is not sure.
app.MapGet("/queue", (string ticket, ITextClassifier model) =>
    model.Predict(ticket, top: 1) is [{ Probability: >= 0.5f } best] ? best.Label : "to be sorted by hand");

app.Run();
