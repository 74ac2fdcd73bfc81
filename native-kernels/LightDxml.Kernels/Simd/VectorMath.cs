using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

/// <summary>Elementary functions on vectors, lane by lane; a lane's result does not depend on the other lanes.</summary>
internal static class VectorMath
{
    /// <summary>e^x within 1 ulp; 0 below −104, ∞ above 88.73, subnormals between, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Exp<Lanes512, Vector512<float>>(x);

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => Exp<Lanes256, Vector256<float>>(x);

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x) => Exp<Lanes128, Vector128<float>>(x);

    /// <summary>1 / (1 + e^−x) within 2 ulp for x ≥ −87; smaller x give at most e^x and reach 0 at −89.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Sigmoid<Lanes512, Vector512<float>>(x);

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Sigmoid<Lanes256, Vector256<float>>(x);

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => Sigmoid<Lanes128, Vector128<float>>(x);

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    /// <remarks>
    /// x = n ln 2 + r with |r| ≤ ln 2 / 2; e^r by the polynomial of Cephes' expf (Moshier), then scaled by 2ⁿ. ln 2 is
    /// subtracted in two parts, the first of 9 bits so that its product with n is exact without a fused multiply-add too.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        x = TLanes.AtMost(TLanes.Broadcast(89), TLanes.AtLeast(TLanes.Broadcast(-104.5f), x));
        var n = TLanes.Round(TLanes.Multiply(x, TLanes.Broadcast(1.44269504f)));
        var r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-0.693359375f), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(2.12194440e-4f), r);
        var p = TLanes.MultiplyAdd(TLanes.Broadcast(1.9875691500e-4f), r, TLanes.Broadcast(1.3981999507e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(8.3334519073e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(4.1665795894e-2f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1.6666665459e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(5.0000001201e-1f));
        p = TLanes.MultiplyAdd(TLanes.Multiply(p, r), r, r);
        return TLanes.Scale(TLanes.Add(p, TLanes.Broadcast(1)), n);
    }

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var one = TLanes.Broadcast(1);
        return TLanes.Divide(one, TLanes.Add(one, Exp<TLanes, TVector>(TLanes.Subtract(TLanes.Broadcast(0), x))));
    }
}
