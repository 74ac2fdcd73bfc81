namespace LightDxml.Cli.Commands;

/// <summary>A command whose help shows examples.</summary>
internal interface IHasExamples
{
    IReadOnlyList<string> Examples { get; }
}
