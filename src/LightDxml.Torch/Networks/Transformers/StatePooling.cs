using LightDxml.TextEncoding;

namespace LightDxml.Torch.Networks.Transformers;

/// <summary>From the states of tokens to a text's vector.</summary>
internal static class StatePooling
{
    /// <summary>[batch, length, width] → [batch, width].</summary>
    /// <param name="isRead">[batch, length].</param>
    public static Tensor Pool(Tensor states, Tensor isRead, TextPooling pooling)
    {
        if (pooling == TextPooling.FirstToken)
            return states[.., 0];
        var weights = isRead.to_type(states.dtype);
        return weights.unsqueeze(1).matmul(states).squeeze(1) / weights.sum(1, keepdim: true);
    }
}
