using System.Globalization;
using LightDxml;
using LightDxml.Models;
using LightDxml.Mpi;
using LightDxml.TestKit;
using LightDxml.Training;
using Microsoft.Win32.SafeHandles;

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

    // A rank of mpirun, whose messages are cut at so many bytes. The first prints for all: mpirun may mix what several print at once.
    case ["exchange", var bytes]:
        using (var ranks = MpiGroup.Join(long.Parse(bytes, CultureInfo.InvariantCulture)))
        {
            var lines = new string(ranks.GatherItems($"{string.Join('\n', ExchangeSamples.Run(ranks))}\n".ToCharArray(), "lines"));
            using var output = new StreamWriter(new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write));
            output.Write(ranks.IsFirst ? lines : "");
        }

        return 0;

    // A rank of mpirun, one of which is killed in the training's first exchange of a kind.
    case ["die", var what, var dying]:
        using (var ranks = MpiGroup.Join())
        {
            var options = new TrainingOptions
            {
                Encoder = new EncoderOptions { Dimensions = 16 },
                Schedule = new ScheduleOptions { Epochs = 3, RefreshEvery = 2, BatchSize = 64 },
                Shortlist = new ShortlistOptions { Width = 20 },
                Prediction = new PredictionOptions { ScanLabels = 10 },
                Validation = new ValidationOptions { Share = 0.1 },
            };
            var group = new DyingGroup(ranks, int.Parse(dying, CultureInfo.InvariantCulture), what);
            Trainer.Train(SmallData.Learnable(400, 60, 1), null, options, new Workers(1, group), new SilentObserver(), names: null, Checkpoint.None);
        }

        return 0;

    default:
        Console.Error.WriteLine("usage: save-repeatedly FOLDER FIRST-VERSION, exchange BYTES-OF-A-MESSAGE, or die WHAT RANK");
        return 2;
}
