namespace LightDxml.TestKit;

/// <summary>Made-up support tickets, whose topics give their words away.</summary>
internal static class Tickets
{
    private static readonly (string Topic, string[] Words)[] Topics =
    [
        ("printer", ["jam", "paper", "toner", "tray"]),
        ("network", ["wifi", "router", "cable", "slow"]),
        ("account", ["password", "login", "locked", "reset"]),
        ("phone", ["call", "voice", "headset", "mute"]),
    ];

    /// <summary>Settings that train on some dozens of them in a moment.</summary>
    public static Training.TrainingOptions Quick { get; } = new()
    {
        Encoder = new Training.EncoderOptions { Dimensions = 8 },
        Schedule = new Training.ScheduleOptions { Epochs = 6 },
        Text = new Text.TextVectorizerOptions { MinDocuments = 1 },
    };

    public static IEnumerable<(string Text, string[] Labels)> Create(int count, int seed = 1)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var topics = random.GetItems(Topics, random.Next(1, 3)).DistinctBy(topic => topic.Topic).ToArray();
            string[] words = [.. topics.SelectMany(topic => random.GetItems(topic.Words, 2).Append(topic.Topic)), .. random.GetItems(["the", "please", "today", "office"], 4)];
            random.Shuffle(words);
            yield return (string.Join(' ', words), [.. topics.Select(topic => topic.Topic)]);
        }
    }
}
