using System.Globalization;
using LightDxml.Models;
using LightDxml.TestKit;

// A process to be killed: saves models of growing version into one folder until then.
if (args is not ["save-repeatedly", var folder, var first])
{
    Console.Error.WriteLine("usage: save-repeatedly FOLDER FIRST-VERSION");
    return 2;
}

for (var version = int.Parse(first, CultureInfo.InvariantCulture); ; version++)
{
    var model = SampleModels.Constant(features: 500, labels: 300, dimensions: 40, version) with { LabelNames = [.. Enumerable.Range(0, 300).Select(label => $"{version}-{label}")] };
    ModelFolder.Save(model, folder);
    Console.WriteLine(version);
}
