using LightDxml.Models;
using LightDxml.Training;
using Spectre.Console;

namespace LightDxml.Cli.Output;

/// <summary>A bar for the phase that runs, on the terminal's stderr; the lines of <see cref="ConsoleObserver"/> scroll by above it.</summary>
internal sealed class ProgressBar(ProgressTask task, ITrainingObserver lines) : ITrainingObserver
{
    public static Model Show(Func<ITrainingObserver, Model> train)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context => train(new ProgressBar(context.AddTask("training"), new ConsoleObserver(line => console.WriteLine(line)))));
    }

    public void Report(TrainingEvent progress)
    {
        if (progress is PhaseProgress phase)
        {
            task.Description = Markup.Escape(phase.Phase);
            task.MaxValue = Math.Max(1, phase.Total);
            task.Value = phase.Done;
        }
        else
        {
            lines.Report(progress);
        }
    }
}
