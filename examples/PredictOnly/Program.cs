// Opens a saved model and predicts the labels of one text. It can be published as one file, trimmed, or compiled ahead of time.
//
//     dotnet run -c Release --project examples/PredictOnly MODEL TEXT
using System.Text;
using LightDxml;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: PredictOnly MODEL TEXT");
    return 2;
}

using var model = TextClassifier.Load(args[0]);

// The labels are written to memory of the caller: once it is warm, such a prediction allocates nothing.
var labels = new LabelScore[3];
var count = model.Predict(Encoding.UTF8.GetBytes(args[1]), labels);
foreach (var label in labels.AsSpan(0, count))
    // The score's bits show whether two ways of running the program agree to the last one.
    Console.WriteLine($"{label.Probability:P0} {BitConverter.SingleToUInt32Bits(label.Probability):x8} {label.Label}");
return 0;
