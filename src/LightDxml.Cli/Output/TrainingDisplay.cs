using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.Cli.Output;

/// <summary>Shows a training run: a bar on a terminal, plain lines in a file or pipe.</summary>
internal static class TrainingDisplay
{
    public static Model Show(CommandContext context, Func<ITrainingObserver, Model> train) =>
        Console.IsErrorRedirected ? train(new ConsoleObserver(context.Messages.WriteLine)) : ProgressBar.Show(train);
}
