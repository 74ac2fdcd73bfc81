namespace LightDxml.Encoders.Transformers;

/// <summary>Numbers of two bytes as floats.</summary>
internal static class HalfNumbers
{
    /// <param name="areBrain">Whether they are the upper halves of floats (bfloat16), not of IEEE 754's half precision.</param>
    public static float[] Floats(ReadOnlySpan<ushort> halves, bool areBrain)
    {
        var values = new float[halves.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = areBrain ? BitConverter.UInt32BitsToSingle((uint)halves[i] << 16) : (float)BitConverter.UInt16BitsToHalf(halves[i]);
        return values;
    }
}
