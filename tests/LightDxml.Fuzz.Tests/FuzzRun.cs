using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace LightDxml.Fuzz.Tests;

/// <summary>
/// Feeds a reader damaged inputs for a while. Each is read, or refused with one clean line; nothing else may happen, and no more memory may be taken
/// than the input bears out. LIGHTDXML_FUZZ_SECONDS says for how long each reader is tried, LIGHTDXML_FUZZ_SEED with which inputs,
/// LIGHTDXML_FUZZ_FINDINGS in which folder inputs are kept that something happened with.
/// </summary>
internal sealed class FuzzRun
{
    private const int LongestMessage = 1200;
    private const int MostFindings = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Endless = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(double.Parse(Variable("SECONDS") ?? "0.4", CultureInfo.InvariantCulture));
    private static readonly string? Findings = Variable("FINDINGS");
    private readonly List<string> _findings = [];
    private readonly string _target;
    private readonly long _freeBytes;
    private readonly Dictionary<string, int> _kinds = [];
    private volatile Current? _current;
    private long _read;
    private long _refused;

    /// <param name="freeBytes">Bytes that may be allocated beside four times the input.</param>
    private FuzzRun(string target, long freeBytes) => (_target, _freeBytes) = (target, freeBytes);

    public static int Seed { get; } = int.Parse(Variable("SEED") ?? "1", CultureInfo.InvariantCulture);

    /// <param name="seeds">Good inputs.</param>
    /// <param name="read">Reads an input whose number and content it is given; false where it was refused without a message.</param>
    public static void Of(string target, IReadOnlyList<byte[]> seeds, Func<long, byte[], bool> read, ITestOutputHelper output, long freeBytes = 64 << 20)
    {
        var run = new FuzzRun(target, freeBytes);
        foreach (var seed in seeds)
            Assert.True(read(-1, seed), $"{target}: a good input is refused");
        var mutator = new Mutator(seeds, Seed);
        var watch = Stopwatch.StartNew();
        var number = 0L;
        using var guard = new Timer(_ => run.EndWhereEndless(), null, Longest, Longest);
        for (; watch.Elapsed < Time && run._findings.Count < MostFindings; number++)
            run.Try(number, mutator.Create(number), read);
        output.WriteLine($"{target}: {number:N0} inputs, {run._read:N0} read, {run._refused:N0} refused, seed {Seed}, {watch.Elapsed.TotalSeconds:N0} s");
        Assert.True(run._findings.Count == 0, $"{target}, seed {Seed}:\n{string.Join('\n', run._findings)}");
    }

    private void Try(long number, byte[] input, Func<long, byte[], bool> read)
    {
        var before = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        _current = new Current(number, input, watch);
        try
        {
            if (read(number, input))
                _read++;
            else
                _refused++;
        }
        catch (LightDxmlException fault)
        {
            _refused++;
            if (fault.Message.Length > LongestMessage || fault.Message.Any(char.IsControl))
                Found(number, input, $"the message is no clean line: {fault.Message.Length} characters: {Visible(fault.Message)}");
        }
        catch (Exception fault)
        {
            Found(number, input, $"{fault.GetType().Name}: {fault.Message} {fault.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("LightDxml", StringComparison.Ordinal))?.Trim()}");
        }

        var allocated = GC.GetTotalAllocatedBytes() - before;
        if (allocated > 4L * input.Length + _freeBytes)
            Found(number, input, $"{allocated >> 20} MB allocated for {input.Length} bytes");
        if (watch.Elapsed > Longest)
            Found(number, input, $"it took {watch.Elapsed.TotalSeconds:N0} s");
    }

    // Nothing else ends what never returns.
    private void EndWhereEndless()
    {
        if (_current is not { } current || current.Watch.Elapsed < Endless)
            return;
        Keep(current.Number, current.Input);
        Environment.FailFast($"{_target}, seed {Seed}: input {current.Number} comes to no end: {Convert.ToBase64String(current.Input.AsSpan(0, Math.Min(3000, current.Input.Length)))}");
    }

    // One of a kind is enough.
    private void Found(long number, byte[] input, string what)
    {
        var kind = new string([.. what.Where(character => !char.IsDigit(character)).Take(60)]);
        if (!_kinds.TryAdd(kind, 1))
            return;
        _findings.Add($"input {number}: {Visible(what)[..Math.Min(500, Visible(what).Length)]} | {Convert.ToBase64String(input.AsSpan(0, Math.Min(300, input.Length)))}");
        Keep(number, input);
    }

    private void Keep(long number, byte[] input)
    {
        if (Findings is null)
            return;
        Directory.CreateDirectory(Findings);
        File.WriteAllBytes(Path.Combine(Findings, $"{_target}-{Seed}-{number}"), input);
    }

    private sealed record Current(long Number, byte[] Input, Stopwatch Watch);

    private static string Visible(string text) => new([.. text.Select(character => char.IsControl(character) ? '¤' : character)]);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"LIGHTDXML_FUZZ_{name}");
}
