using System.Runtime.CompilerServices;

namespace LightDxml.Text.Terms;

/// <summary>Words by number, from 0 in the order added: an open-addressing hash table over one array of bytes, no string a word.</summary>
internal sealed class WordTable
{
    private Entry[] _entries = new Entry[1 << 10];
    private int[] _slots = new int[1 << 12];
    private byte[] _bytes = new byte[1 << 14];
    private int _length;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int word] => _bytes.AsSpan(_entries[word].Start, _entries[word].Length);

    /// <summary>The word's number, −1 where it is not there.</summary>
    public int Find(ReadOnlySpan<byte> word) => _slots[Slot(word, (uint)WordHash.InTable(word))] - 1;

    public int GetOrAdd(ReadOnlySpan<byte> word)
    {
        var hash = (uint)WordHash.InTable(word);
        var slot = Slot(word, hash);
        return _slots[slot] > 0 ? _slots[slot] - 1 : Add(word, hash, slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ReadOnlySpan<byte> word, uint hash)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var number = _slots[slot] - 1;
            if (number < 0)
                return slot;
            ref var entry = ref _entries[number];
            if (entry.Hash == hash && _bytes.AsSpan(entry.Start, entry.Length).SequenceEqual(word))
                return slot;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(ReadOnlySpan<byte> word, uint hash, int slot)
    {
        if ((long)_length + word.Length > Array.MaxLength || Count == int.MaxValue / 4)
            throw new LightDxmlException($"{Count} different words or labels come to {_length} bytes, and no more can be held at a time; lower text.maxCountedTerms, or set text.hashBits.");
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        if (_bytes.Length - _length < word.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, (long)_length + word.Length), Array.MaxLength));
        word.CopyTo(_bytes.AsSpan(_length));
        _entries[Count] = new Entry(_length, word.Length, hash);
        _length += word.Length;
        _slots[slot] = ++Count;
        if (Count > _slots.Length / 2)
            GrowSlots();
        return Count - 1;
    }

    private void GrowSlots()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var slot = (int)_entries[number].Hash & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = number + 1;
        }
    }

    private readonly record struct Entry(int Start, int Length, uint Hash);
}
