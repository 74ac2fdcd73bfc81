using System.Text;
using LightDxml.Text.Terms;

namespace LightDxml.Text.Tests;

/// <summary>Words that were chosen to meet in one place of a table do not meet with the key of another process.</summary>
public sealed class WordHashTests
{
    private const ulong Places = 1 << 10;

    [Theory]
    [InlineData(0)]
    [InlineData(0x1234_5678_9ABC_DEF0)]
    [InlineData(ulong.MaxValue)]
    public void Of_WordsThatCollideWithOneKey_AreSpreadByAnother(ulong key)
    {
        var words = Enumerable.Range(0, 200_000).Select(number => Encoding.UTF8.GetBytes($"word{number:x}"))
            .Where(word => WordHash.Of(word, key) % Places == 7).Take(150).ToArray();
        Assert.Equal(150, words.Length);
        foreach (var other in new[] { key + 1, key ^ 0x8000_0000_0000_0000, ~key })
            Assert.InRange(words.Select(word => WordHash.Of(word, other) % Places).Distinct().Count(), 110, 150);
    }

    // Hashed features are stored by these numbers.
    [Theory]
    [InlineData("", 0x0850F9794D5108B4)]
    [InlineData("word", 0xECEC70B33EF8E341)]
    [InlineData("Donaudampfschiff", 0x8929EEC4C524D182)]
    public void Of_WithoutAKey_IsTheSameForEver(string word, ulong hash) => Assert.Equal(hash, WordHash.Of(Encoding.UTF8.GetBytes(word)));

    [Fact]
    public void Tables_NumberWordsInTheirOrder_WhateverTheKey()
    {
        var (words, ngrams) = (new WordTable(), new NgramTable());
        for (var number = 0; number < 20_000; number++)
        {
            Assert.Equal(number, words.GetOrAdd(Encoding.UTF8.GetBytes($"w{number}")));
            Assert.Equal(number, ngrams.GetOrAdd(NgramTable.Key(number % 100, number / 100)));
        }

        Assert.Equal(1234, words.Find("w1234"u8));
        Assert.Equal(-1, words.Find("v1234"u8));
        Assert.Equal(1234, ngrams.Find(NgramTable.Key(34, 12)));
        Assert.Equal(-1, ngrams.Find(NgramTable.Key(100, 12)));
    }
}
