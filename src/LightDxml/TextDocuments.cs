using LightDxml.Text;

namespace LightDxml;

/// <summary>Documents of callers, checked as they are read.</summary>
internal static class TextDocuments
{
    private const string NoLabels = "has null as labels; expected [] where it has none";

    /// <summary>Texts with their labels as documents.</summary>
    /// <param name="parameter">The caller's parameter, which errors name.</param>
    /// <exception cref="ArgumentException">Labels are null; thrown where the documents are read.</exception>
    public static IEnumerable<TextDocument> Of<TLabels>(IEnumerable<(string Text, TLabels Labels)> texts, string parameter)
        where TLabels : IEnumerable<string> =>
        texts.Select((text, number) => new TextDocument("", "", text.Text, text.Labels is null ? throw Fault(number, NoLabels, parameter) : [.. text.Labels]));

    /// <summary>Documents that can be read more than once: those of a file are read here.</summary>
    /// <inheritdoc cref="Of"/>
    /// <exception cref="ArgumentException">A document, its text, its labels or one of them, its title or its id is null.</exception>
    public static IReadOnlyCollection<TextDocument> InMemory(IEnumerable<TextDocument> documents, string parameter, CancellationToken cancellation)
    {
        return [.. Read()];

        IEnumerable<TextDocument> Read()
        {
            var number = 0;
            foreach (var document in documents)
            {
                cancellation.ThrowIfCancellationRequested();
                if (FaultOf(document) is { } fault)
                    throw Fault(number, fault, parameter);
                number++;
                yield return document;
            }
        }
    }

    /// <returns>What is wrong with a document, or null.</returns>
    private static string? FaultOf(TextDocument? document) => document switch
    {
        null => "is null",
        { Text: null } => "has null as text; expected \"\" where it has none",
        { Title: null } => "has null as title; expected \"\" where it has none",
        { Id: null } => "has null as id; expected \"\" where it has none",
        { Labels: null } => NoLabels,
        _ => document.Labels.Contains(null!) ? "has a label that is null" : null,
    };

    private static ArgumentException Fault(int number, string fault, string parameter) => new($"Document {number}, counted from 0, {fault}.", parameter);
}
