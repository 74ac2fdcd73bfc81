using System.Globalization;
using LightDxml.Models;
using LightDxml.Mpi;
using LightDxml.TestKit;

switch (args)
{
    // A process to be killed: saves models of growing version into one folder until then.
    case ["save-repeatedly", var folder, var first]:
        for (var version = int.Parse(first, CultureInfo.InvariantCulture); ; version++)
        {
            var model = SampleModels.Constant(features: 500, labels: 300, dimensions: 40, version) with { LabelNames = [.. Enumerable.Range(0, 300).Select(label => $"{version}-{label}")] };
            ModelFolder.Save(model, folder);
            Console.WriteLine(version);
        }

    // A rank of mpirun, whose messages are cut at so many bytes.
    case ["exchange", var bytes]:
        using (var ranks = MpiGroup.Join(long.Parse(bytes, CultureInfo.InvariantCulture)))
            Console.WriteLine(string.Join('\n', ExchangeSamples.Run(ranks)));
        return 0;

    default:
        Console.Error.WriteLine("usage: save-repeatedly FOLDER FIRST-VERSION, or exchange BYTES-OF-A-MESSAGE");
        return 2;
}
