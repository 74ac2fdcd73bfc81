using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

/// <summary>
/// One vector width, so that a kernel is written once and compiled for 512, 256 and 128 bits. Every member is one or a few
/// instructions and is inlined; <typeparamref name="TVector"/> itself flows through the kernels, never a wrapper of it.
/// </summary>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* destination);

    static abstract TVector Broadcast(float value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left × right + addend, rounded once where the processor has the instruction.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The smaller; <paramref name="value"/> where it is NaN.</summary>
    static abstract TVector AtMost(TVector bound, TVector value);

    /// <summary>The larger; <paramref name="value"/> where it is NaN.</summary>
    static abstract TVector AtLeast(TVector bound, TVector value);

    static abstract TVector Round(TVector value);

    /// <summary>value × 2^exponent for whole exponents in [−252, 252], rounded once (subnormals, ∞).</summary>
    static abstract TVector Scale(TVector value, TVector exponent);

    /// <summary>Lanes where <paramref name="left"/> equals <paramref name="right"/> take <paramref name="chosen"/>, others <paramref name="otherwise"/>.</summary>
    static abstract TVector WhereEqual(TVector left, TVector right, TVector chosen, TVector otherwise);

    /// <summary>All bits of a lane set where left &gt; right; NaN compares false.</summary>
    static abstract TVector Greater(TVector left, TVector right);

    /// <summary>All bits of a lane set where left ≥ right; NaN compares false.</summary>
    static abstract TVector GreaterOrEqual(TVector left, TVector right);

    /// <summary>Bit i of the result is the sign bit of lane i.</summary>
    static abstract uint Bits(TVector mask);

    /// <summary>The sum of the lanes, halving the vector until one lane is left: a tree that every width continues alike.</summary>
    static abstract float Sum(TVector value);

    /// <summary>The sums of four vectors, each the same bits as <see cref="Sum"/> gives, for half of the instructions.</summary>
    static abstract Vector128<float> Sums(TVector a, TVector b, TVector c, TVector d);

    /// <summary>The whole numbers <paramref name="first"/> + lane, as the bits of a vector.</summary>
    static abstract TVector Indices(int first);

    /// <summary>
    /// Writes the lanes whose mask is set, one after the other. Up to <see cref="Count"/> elements from
    /// <paramref name="destination"/> on may be overwritten with anything.
    /// </summary>
    static abstract void Compress(TVector values, TVector mask, float* destination);
}
