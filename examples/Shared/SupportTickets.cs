namespace LightDxml.Examples;

/// <summary>Made-up support tickets with their labels, so that the examples need no data. Yours come from a file or a database.</summary>
internal static class SupportTickets
{
    private static readonly (string Label, string[] Problems)[] Topics =
    [
        ("printer", ["the printer jams", "paper is stuck in the printer", "the toner is empty", "printed pages have stripes"]),
        ("network", ["the wifi drops", "no network on my laptop", "the vpn does not connect", "downloads are slow over wifi"]),
        ("account", ["my password expired", "I cannot log in", "please unlock my account", "the login page rejects my password"]),
        ("email", ["mail does not arrive", "the mailbox is full", "spam fills my inbox", "attachments vanish from my mail"]),
        ("hardware", ["the screen flickers", "the keyboard is broken", "the battery is flat within an hour", "the laptop screen stays black"]),
    ];

    private static readonly (string? Label, string Place)[] Places =
    [
        ("urgent", "and this is urgent, a customer waits"),
        (null, "on floor 3"),
        (null, "since yesterday"),
        ("home office", "while I work from home"),
    ];

    /// <summary>Eighty tickets: every problem in every place.</summary>
    public static IEnumerable<(string Text, string[] Labels)> All()
    {
        foreach (var (topic, problems) in Topics)
        {
            foreach (var problem in problems)
            {
                foreach (var (label, place) in Places)
                    yield return ($"{problem} {place}", label is null ? [topic] : [topic, label]);
            }
        }
    }
}
