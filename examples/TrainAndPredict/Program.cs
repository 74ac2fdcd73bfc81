// Trains on texts in memory, saves the model, opens it again and predicts the labels of a new text.
//
//     dotnet run -c Release --project examples/TrainAndPredict [MODEL]
using LightDxml;
using LightDxml.Examples;
using LightDxml.Training;

var path = args.Length > 0 ? args[0] : "tickets.ldx";

// So few tickets have words that occur only once; on thousands of documents the default, 3, is better.
var options = new TrainingOptions { Seed = 1, Text = new() { MinDocuments = 1 } };

using (var trained = TextClassifier.Train(SupportTickets.All(), options))
{
    trained.Save(path);
    Console.WriteLine($"Trained {trained.Labels.Count} labels; the model is in {path}.");
}

using var model = TextClassifier.Load(path);
foreach (var label in model.Predict("The printer jams again, a customer waits", top: 3))
    Console.WriteLine($"{label.Probability:P0} {label.Label}");
