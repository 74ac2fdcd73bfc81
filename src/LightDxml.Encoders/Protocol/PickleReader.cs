using System.Buffers.Binary;
using System.Text;

namespace LightDxml.Encoders.Protocol;

/// <summary>A class or function that a pickle names, or what it would make of arguments. Nothing is called.</summary>
internal sealed record PickledCall(string Name, IReadOnlyList<object?> Arguments);

/// <summary>
/// Reads what Python's pickle has written: numbers, texts, tuples and lists (<see cref="List{T}"/>), dictionaries (pairs, in their order), and calls
/// (<see cref="PickledCall"/>), which are read and not made, so that a file can run nothing. Protocol 2, of which PyTorch's files use these parts.
/// </summary>
internal sealed class PickleReader(byte[] pickle)
{
    private static readonly object Mark = new();
    private readonly List<object?> _stack = [];
    private readonly Dictionary<int, object?> _memory = [];
    private int _at;

    /// <exception cref="FormatException">It ends early, or has a part that is not known here.</exception>
    public object? Read()
    {
        try
        {
            while (pickle[_at++] is not (byte)'.' and var part)
                Take(part);
            return Pop();
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentException or InvalidCastException or KeyNotFoundException or OverflowException)
        {
            throw new FormatException("the list of its tensors is damaged", fault);
        }
    }

    private void Take(byte part)
    {
        switch (part)
        {
            case 0x80:
                _at++;
                break;
            case (byte)'(':
                _stack.Add(Mark);
                break;
            case (byte)'N':
                _stack.Add(null);
                break;
            case 0x88 or 0x89:
                _stack.Add(part == 0x88);
                break;
            case (byte)'K':
                _stack.Add((long)pickle[_at++]);
                break;
            case (byte)'M':
                _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)));
                break;
            case (byte)'J':
                _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)));
                break;
            case 0x8a:
                _stack.Add(Long());
                break;
            case (byte)'X':
                _stack.Add(Encoding.UTF8.GetString(Bytes(BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)))));
                break;
            case (byte)'c':
                _stack.Add(new PickledCall($"{Line()}.{Line()}", []));
                break;
            case (byte)'q':
                _memory[pickle[_at++]] = _stack[^1];
                break;
            case (byte)'r':
                _memory[BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))] = _stack[^1];
                break;
            case (byte)'h':
                _stack.Add(_memory[pickle[_at++]]);
                break;
            case (byte)'j':
                _stack.Add(_memory[BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))]);
                break;
            case (byte)')' or (byte)']' or (byte)'}':
                _stack.Add(new List<object?>());
                break;
            case 0x85 or 0x86 or 0x87:
                _stack.Add(Last(part - 0x84));
                break;
            case (byte)'t':
                _stack.Add(FromMark());
                break;
            case (byte)'Q':
                _stack.Add(new PickledCall("persistent", (List<object?>)Pop()!));
                break;
            case (byte)'R':
                var arguments = (List<object?>)Pop()!;
                var called = (PickledCall)Pop()!;

                // An ordered dictionary is filled afterwards, as the plain one is.
                _stack.Add(called.Name == "collections.OrderedDict" ? new List<object?>() : called with { Arguments = arguments });
                break;
            case (byte)'s':
                ((List<object?>)_stack[^3]!).AddRange(Last(2));
                break;
            case (byte)'u' or (byte)'e':
                var added = FromMark();
                ((List<object?>)_stack[^1]!).AddRange(added);
                break;
            case (byte)'a':
                ((List<object?>)_stack[^2]!).Add(Pop());
                break;
            case (byte)'b':
                Pop();
                break;
            default:
                throw new FormatException($"the list of its tensors has a part 0x{part:x2}, which is not supported");
        }
    }

    private long Long()
    {
        var bytes = Bytes(pickle[_at++]);
        return (long)new System.Numerics.BigInteger(bytes);
    }

    private ReadOnlySpan<byte> Bytes(int count)
    {
        var bytes = pickle.AsSpan(_at, count);
        _at += count;
        return bytes;
    }

    private string Line()
    {
        var length = pickle.AsSpan(_at).IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(Bytes(length));
        _at++;
        return line;
    }

    private object? Pop() => Last(1)[0];

    private List<object?> FromMark()
    {
        var items = Last(_stack.Count - 1 - _stack.LastIndexOf(Mark));
        _stack.RemoveAt(_stack.Count - 1);
        return items;
    }

    private List<object?> Last(int count)
    {
        var items = _stack[^count..];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }
}
