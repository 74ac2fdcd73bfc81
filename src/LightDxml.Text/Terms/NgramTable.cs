using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Text.Terms;

/// <summary>
/// n-grams of one length by number, each named by the number of its first n − 1 words (in the table of that length) and of
/// its last word: exact, and twelve bytes an n-gram whatever its text.
/// </summary>
internal sealed class NgramTable
{
    private ulong[] _keys = new ulong[1 << 10];
    private int[] _slots = new int[1 << 12];

    public int Count { get; private set; }

    public int Prefix(int ngram) => (int)(_keys[ngram] >> 32);

    public int LastWord(int ngram) => (int)(uint)_keys[ngram];

    public static ulong Key(int prefix, int word) => (ulong)(uint)prefix << 32 | (uint)word;

    /// <summary>Asks the processor for the place of a key that is about to be looked up; these tables outgrow its caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(ulong key)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref _slots[Start(key)]));
    }

    /// <summary>The n-gram's number, −1 where it is not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong key) => _slots[Slot(key)] - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetOrAdd(ulong key)
    {
        var slot = Slot(key);
        return _slots[slot] > 0 ? _slots[slot] - 1 : Add(key, slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Start(ulong key) => (int)WordHash.InTable(key) & (_slots.Length - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong key)
    {
        var mask = _slots.Length - 1;
        for (var slot = Start(key); ; slot = (slot + 1) & mask)
        {
            var number = _slots[slot] - 1;
            if (number < 0 || _keys[number] == key)
                return slot;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(ulong key, int slot)
    {
        if (Count == _keys.Length)
            Array.Resize(ref _keys, Count * 2);
        _keys[Count] = key;
        _slots[slot] = ++Count;
        if (Count > _slots.Length / 2)
            GrowSlots();
        return Count - 1;
    }

    private void GrowSlots()
    {
        if (_slots.Length > int.MaxValue / 2)
            throw new LightDxmlException($"The text has more than the {Count - 1} different terms of one length that can be counted at a time; lower text.maxCountedTerms or text.maxNgram.");
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var slot = Start(_keys[number]);
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = number + 1;
        }
    }
}
