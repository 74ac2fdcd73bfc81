namespace LightDxml.Torch;

/// <summary>
/// Operations with a number. TorchSharp 0.107 makes a <see cref="Scalar"/> of it, hands libtorch the native half and forgets the
/// object: a garbage collection meanwhile can free what libtorch is reading, also the factor 1 that <c>add</c> makes by itself (seen
/// once in some ten runs of the tests: <c>Scalar.h: Expected false to be true</c>). Here every scalar outlives its call. No other code
/// of the engine and of the networks hands TorchSharp a number in a step, but for ranges of places, adds without these, or calls what makes a scalar inside (<c>square</c>).
/// </summary>
internal static class KeptScalars
{
    /// <summary>tensor + factor · other.</summary>
    public static Tensor Plus(this Tensor tensor, Tensor other, double factor = 1)
    {
        using Scalar kept = factor;
        return tensor.add(other, kept);
    }

    /// <summary>As <see cref="Plus"/> of whole numbers.</summary>
    public static Tensor PlusWhole(this Tensor tensor, Tensor other)
    {
        using Scalar kept = 1L;
        return tensor.add(other, kept);
    }

    /// <summary>tensor + number, of whole numbers.</summary>
    public static Tensor PlusWhole(this Tensor tensor, long number)
    {
        using Scalar kept = number, one = 1L;
        return tensor.add(kept, one);
    }

    /// <summary>tensor += factor · other.</summary>
    public static Tensor Add(this Tensor tensor, Tensor other, double factor = 1)
    {
        using Scalar kept = factor;
        return tensor.add_(other, kept);
    }

    /// <summary>tensor += number.</summary>
    public static Tensor Add(this Tensor tensor, double number)
    {
        using Scalar kept = number, one = 1.0;
        return tensor.add_(kept, one);
    }

    /// <summary>tensor *= factor.</summary>
    public static Tensor Scale(this Tensor tensor, double factor)
    {
        using Scalar kept = factor;
        return tensor.mul_(kept);
    }

    /// <summary>tensor · factor.</summary>
    public static Tensor Times(this Tensor tensor, double factor)
    {
        using Scalar kept = factor;
        return tensor.mul(kept);
    }

    /// <summary>tensor · factor, of whole numbers.</summary>
    public static Tensor TimesWhole(this Tensor tensor, long factor)
    {
        using Scalar kept = factor;
        return tensor.mul(kept);
    }

    /// <summary>tensor / divisor.</summary>
    public static Tensor Over(this Tensor tensor, double divisor)
    {
        using Scalar kept = divisor;
        return tensor.div(kept);
    }

    /// <summary>tensor += factor · one · other.</summary>
    public static Tensor AddProduct(this Tensor tensor, Tensor one, Tensor other, double factor)
    {
        using Scalar kept = factor;
        return tensor.addcmul_(one, other, kept);
    }

    /// <summary>tensor += factor · dividend / divisor.</summary>
    public static Tensor AddQuotient(this Tensor tensor, Tensor dividend, Tensor divisor, double factor)
    {
        using Scalar kept = factor;
        return tensor.addcdiv_(dividend, divisor, kept);
    }

    /// <summary>tensor[rows[i]] += values[i].</summary>
    public static Tensor AddRows(this Tensor tensor, Tensor rows, Tensor values)
    {
        using Scalar kept = 1.0;
        return tensor.index_add_(0, rows, values, kept);
    }

    /// <summary>tensor[rows] = number.</summary>
    public static Tensor FillRows(this Tensor tensor, Tensor rows, double number)
    {
        using Scalar kept = number;
        return tensor.index_fill_(0, rows, kept);
    }

    /// <summary>max(tensor, least).</summary>
    public static Tensor AtLeast(this Tensor tensor, double least)
    {
        using Scalar kept = least;
        return tensor.clamp_min(kept);
    }

    /// <summary>max(tensor, least), of whole numbers.</summary>
    public static Tensor AtLeastWhole(this Tensor tensor, long least)
    {
        using Scalar kept = least;
        return tensor.clamp_min(kept);
    }

    /// <summary>min(tensor, most).</summary>
    public static Tensor AtMost(this Tensor tensor, double most)
    {
        using Scalar kept = most;
        return tensor.clamp_max(kept);
    }

    /// <summary>The tensor, and the number where the mask is true.</summary>
    public static Tensor Masked(this Tensor tensor, Tensor mask, double number)
    {
        using Scalar kept = number;
        return tensor.masked_fill(mask, kept);
    }

    /// <summary>tensor &gt; number.</summary>
    public static Tensor IsAbove(this Tensor tensor, double number)
    {
        using Scalar kept = number;
        return tensor.gt(kept);
    }

    /// <summary>tensor &lt; number, of whole numbers.</summary>
    public static Tensor IsBelowWhole(this Tensor tensor, long number)
    {
        using Scalar kept = number;
        return tensor.lt(kept);
    }

    /// <summary>tensor ≥ number, of whole numbers.</summary>
    public static Tensor IsAtLeastWhole(this Tensor tensor, long number)
    {
        using Scalar kept = number;
        return tensor.ge(kept);
    }
}
