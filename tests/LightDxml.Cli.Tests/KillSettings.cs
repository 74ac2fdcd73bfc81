using System.Globalization;

namespace LightDxml.Cli.Tests;

/// <summary>
/// How tests kill processes: the environment variable LIGHTDXML_KILLS says how many kills there are to be, LIGHTDXML_SEED at which moments.
/// </summary>
internal static class KillSettings
{
    public static int Seed => Number("LIGHTDXML_SEED", 1);

    /// <param name="least">Kills where the variable is not set.</param>
    public static int Kills(int least) => Number("LIGHTDXML_KILLS", least);

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
