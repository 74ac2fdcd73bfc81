using System.Buffers.Binary;
using System.Text;
using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Tests.Models;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder["x.safetensors"];

    public void Dispose() => _folder.Dispose();

    // The last bytes are the checksums themselves.
    [Fact]
    public void Verify_AnyBitThatChanged_IsFound()
    {
        var writer = new SafetensorsWriter();
        writer.Add<float>("numbers", TensorType.F32, [3], new[] { 1f, 2, 3 });
        writer.Add<byte>("bytes", TensorType.U8, [5], new byte[] { 1, 2, 3, 4, 5 });
        Write(writer);
        Assert.True(Opened(file => file.Verify()));
        var bytes = File.ReadAllBytes(FilePath);
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(FilePath, damaged);
            try
            {
                Assert.False(Opened(file => file.Verify()), $"byte {at}"); // where the name of the checksums changed, there are none
            }
            catch (LightDxmlException fault)
            {
                Assert.Contains(FilePath, fault.Message, StringComparison.Ordinal);
            }
        }

        bool Opened(Func<SafetensorsFile, bool> use)
        {
            using var file = new SafetensorsFile(FilePath);
            return use(file);
        }
    }

    [Theory]
    [InlineData("numbers", 3 + 16)]
    [InlineData("bytes", 3)]
    public void Verify_NamesTheTensor(string name, int fromChecksums)
    {
        var writer = new SafetensorsWriter();
        writer.Add<float>("numbers", TensorType.F32, [3], new[] { 1f, 2, 3 });
        writer.Add<byte>("bytes", TensorType.U8, [5], new byte[] { 1, 2, 3, 4, 5 });
        Write(writer);
        var bytes = File.ReadAllBytes(FilePath);
        bytes[^(3 * 16 + fromChecksums - (name == "numbers" ? 10 : 0))] ^= 1;
        File.WriteAllBytes(FilePath, bytes);
        using var file = new SafetensorsFile(FilePath);
        Assert.Contains($"'{name}'", Assert.Throws<LightDxmlException>(() => file.Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RoundTrip_EveryType_GivesTheSameElements()
    {
        var writer = new SafetensorsWriter();
        writer.AddMetadata("note", "ä");
        writer.Add<sbyte>("i8", TensorType.I8, [3], new sbyte[] { -128, 0, 127 });
        writer.Add<byte>("u8", TensorType.U8, [1, 2], new byte[] { 0, 255 });
        writer.Add<ushort>("bf16", TensorType.BF16, [2], new ushort[] { 0x3f80, 0xffff });
        writer.Add<Half>("f16", TensorType.F16, [1], new[] { (Half)1.5 });
        writer.Add<ushort>("u16", TensorType.U16, [1], new ushort[] { ushort.MaxValue });
        writer.Add<int>("i32", TensorType.I32, [2, 1], new[] { int.MinValue, int.MaxValue });
        writer.Add<uint>("u32", TensorType.U32, [1], new[] { uint.MaxValue });
        writer.Add<long>("i64", TensorType.I64, [1], new[] { long.MinValue });
        writer.Add<float>("f32", TensorType.F32, [3], new[] { -0f, float.NaN, float.Epsilon });
        writer.Add<float>("scalar", TensorType.F32, [], new[] { 2.5f });
        writer.Add<float>("empty", TensorType.F32, [0, 7], ReadOnlyMemory<float>.Empty);
        Write(writer);

        using var file = new SafetensorsFile(FilePath);
        Assert.Equal("ä", file.Metadata["note"]);
        Assert.Equal([-128, 0, 127], Read<sbyte>(file, "i8", TensorType.I8, 1));
        Assert.Equal([0, 255], Read<byte>(file, "u8", TensorType.U8, 2));
        Assert.Equal([0x3f80, 0xffff], Read<ushort>(file, "bf16", TensorType.BF16, 1));
        Assert.Equal([(Half)1.5], Read<Half>(file, "f16", TensorType.F16, 1));
        Assert.Equal([ushort.MaxValue], Read<ushort>(file, "u16", TensorType.U16, 1));
        Assert.Equal([int.MinValue, int.MaxValue], Read<int>(file, "i32", TensorType.I32, 2));
        Assert.Equal([uint.MaxValue], Read<uint>(file, "u32", TensorType.U32, 1));
        Assert.Equal([long.MinValue], Read<long>(file, "i64", TensorType.I64, 1));
        Assert.Equal(
            new[] { -0f, float.NaN, float.Epsilon }.Select(BitConverter.SingleToInt32Bits),
            Read<float>(file, "f32", TensorType.F32, 1).Select(BitConverter.SingleToInt32Bits));
        Assert.Equal([2.5f], Read<float>(file, "scalar", TensorType.F32, 0));
        Assert.Empty(Read<float>(file, "empty", TensorType.F32, 2));
    }

    [Fact]
    public void WriteTo_TensorsStartAlignedToTheirElements_AndDataAtACacheLine()
    {
        var writer = new SafetensorsWriter();
        writer.Add<byte>("a", TensorType.U8, [3], new byte[3]);
        writer.Add<float>("b", TensorType.F32, [5], new float[5]);
        writer.Add<float>("c", TensorType.F32, [16], new float[16]);
        writer.Add<long>("d", TensorType.I64, [1], new long[1]);
        Write(writer);

        using var file = new SafetensorsFile(FilePath);
        Assert.Equal(["d", "c", "b", "a", "checksums"], file.Entries.Select(entry => entry.Name));
        Assert.All(file.Entries, entry => Assert.Equal(0, entry.Offset % entry.Type.Size()));
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(FilePath));
        Assert.Equal(0, (8 + headerLength) % 64);
    }

    [Fact]
    public void Read_UnalignedTensorOfAnotherWriter_IsRead()
    {
        WriteRaw("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}""", [7, 0, 0, 128, 63]);
        using var file = new SafetensorsFile(FilePath);
        Assert.Equal([1f], Read<float>(file, "b", TensorType.F32, 1));
    }

    [Theory]
    [InlineData("a", TensorType.F32, 1, "should be F32 with 1 dimensions")]
    [InlineData("a", TensorType.U8, 2, "should be U8 with 2 dimensions")]
    [InlineData("b", TensorType.U8, 1, "tensor 'b' is missing")]
    public void Find_WrongNameTypeOrRank_IsAnError(string name, object type, int rank, string fault)
    {
        WriteRaw("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", new byte[2]);
        using var file = new SafetensorsFile(FilePath);
        Assert.Contains(fault, Assert.Throws<LightDxmlException>(() => file.Find(name, (TensorType)type, rank)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 3)]
    [InlineData(2, 1)]
    public void Read_RangeOutsideTheTensor_Throws(long first, int count)
    {
        WriteRaw("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[9],"data_offsets":[2,11]}}""", new byte[11]);
        using var file = new SafetensorsFile(FilePath);
        var entry = file.Find("a", TensorType.U8, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(entry, first, new byte[count].AsSpan()));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Bytes(entry, first, count).Length);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,2]}}""", 2, "needs 3 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 1, "truncated")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 3, "belong to none")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "gap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}""", 2, "not a begin and an end")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0]}}""", 2, "not a begin and an end")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}""", 2, "not a size")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[-2,0]}}""", 2, "not a size")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,2]}}""", 2, "not a size")]
    [InlineData("""{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,2]}}""", 2, "not a size")]
    [InlineData("""{"a":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,2]}}""", 2, "overflows")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", 2, "truncated")]
    [InlineData("""{"a":{"dtype":"F8","shape":[2],"data_offsets":[0,2]}}""", 2, "dtype")]
    [InlineData("""{"a":{"dtype":"3","shape":[2],"data_offsets":[0,2]}}""", 2, "dtype")]
    [InlineData("""{"a":{"dtype":8,"shape":[2],"data_offsets":[0,2]}}""", 2, "dtype")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,2]}}""", 2, "dtype")]
    [InlineData("""{"a":{"dtype":"U8","data_offsets":[0,2]}}""", 2, "no shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":2,"data_offsets":[0,2]}}""", 2, "no shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2]}}""", 2, "no data_offsets")]
    [InlineData("""{"a":[1]}""", 2, "not described by an object")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "listed twice")]
    [InlineData("""{"__metadata__":[]}""", 0, "not an object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "not a text")]
    [InlineData("[]", 0, "not a JSON object")]
    [InlineData("{", 0, "not JSON")]
    [InlineData("", 0, "not JSON")]
    public void Open_HostileHeader_IsAnErrorThatNamesTheFile(string header, int dataLength, string fault)
    {
        WriteRaw(header, new byte[dataLength]);
        AssertRejected(fault);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData((ulong)long.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(100_000_001)]
    [InlineData(3)]
    public void Open_HeaderLengthBeyondTheFile_IsAnError(ulong length)
    {
        var bytes = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(FilePath, bytes);
        AssertRejected("the header claims");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Open_FileTooShortForAHeader_IsAnError(int length)
    {
        File.WriteAllBytes(FilePath, new byte[length]);
        AssertRejected("too few");
    }

    [Fact]
    public void Open_AnyTruncationOfAFile_IsAnError()
    {
        var writer = new SafetensorsWriter();
        writer.Add<float>("a", TensorType.F32, [2, 2], new float[4]);
        Write(writer);
        var whole = File.ReadAllBytes(FilePath);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Assert.Throws<LightDxmlException>(() => new SafetensorsFile(FilePath).Dispose());
        }
    }

    [Fact]
    public void Add_ShapeThatDisagreesWithTheElements_Throws() =>
        Assert.Throws<ArgumentException>(() => new SafetensorsWriter().Add<float>("a", TensorType.F32, [3], new float[2]));

    private static T[] Read<T>(SafetensorsFile file, string name, TensorType type, int rank)
        where T : unmanaged
    {
        var entry = file.Find(name, (TensorType)type, rank);
        var elements = new T[entry.ElementCount];
        file.Read(entry, 0, elements.AsSpan());
        return elements;
    }

    private void AssertRejected(string fault)
    {
        var error = Assert.Throws<LightDxmlException>(() => new SafetensorsFile(FilePath).Dispose());
        Assert.StartsWith(FilePath, error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    private void Write(SafetensorsWriter writer)
    {
        using var stream = File.Create(FilePath);
        writer.WriteTo(stream);
    }

    private void WriteRaw(string header, byte[] data)
    {
        using var stream = File.Create(FilePath);
        var bytes = Encoding.UTF8.GetBytes(header);
        stream.Write(BitConverter.GetBytes((ulong)bytes.Length));
        stream.Write(bytes);
        stream.Write(data);
    }
}
