// Labels a file of texts, one a line, however long it is: a line of the output is a text's number, a label and its probability.
// Ctrl-C stops it; the output is there as a whole, or not at all.
//
//     dotnet run -c Release --project examples/BatchJob MODEL TEXTS OUTPUT
using System.Globalization;
using LightDxml;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: BatchJob MODEL TEXTS OUTPUT");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

var (number, given) = (0, 0);
var unfinished = args[2] + ".part";
try
{
    using (var model = TextClassifier.Load(args[0]))
    using (var output = new StreamWriter(unfinished))
        // Lines are read as they are needed, and predicted some thousands at a time, on all processors.
        foreach (var labels in model.PredictMany(File.ReadLines(args[1]), top: 10, minProbability: 0.5f, cancellationToken: stop.Token))
        {
            number++;
            foreach (var label in labels)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number}\t{label.Label}\t{label.Probability:0.0000}"));
                given++;
            }
        }

    File.Move(unfinished, args[2], overwrite: true);
    Console.WriteLine($"{number} texts, {given} labels.");
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (Exception fault) when (fault is LightDxmlException or IOException)
{
    Console.Error.WriteLine($"error: {fault.Message}");
    return 1;
}
finally
{
    if (File.Exists(unfinished))
        File.Delete(unfinished);
}
