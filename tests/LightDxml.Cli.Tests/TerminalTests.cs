using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>What stands in data is shown at a terminal, and not obeyed by it.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TerminalTests()
    {
        using var model = TextClassifier.Train(
            Tickets.Create(60).Select(ticket => (ticket.Text, ticket.Labels.Select(label => $"{label}\u001b]0;owned\u0007\u009b2J\u202e").ToArray())), Tickets.Quick);
        model.Save(_folder["model"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("predict", "--text", "printer \u001b[2J toner")]
    [InlineData("predict", "--text", "printer toner", "--explain")]
    [InlineData("info", "--labels")]
    [InlineData("info")]
    public void Output_OfHostileNames_HasNoControlCharacters(string command, params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run([command, "--model", _folder["model"], .. arguments]);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(output + messages, character => char.IsControl(character) && character is not ('\n' or '\r' or '\t') || character == '\u202e');
    }
}
