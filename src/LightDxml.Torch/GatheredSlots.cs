using LightDxml.Training;

namespace LightDxml.Torch;

/// <summary>A mini-batch's slots gathered on the processor, to be sent to the device in one piece.</summary>
internal sealed class GatheredSlots
{
    private int[] _documents = [];
    private float[] _targets = [];
    private float[] _weights = [];

    /// <exception cref="ArgumentException">A slot names a label that is not there: on a CUDA device the index would end the process.</exception>
    public DeviceSlots Upload(MiniBatch batch, int labelCount, Device device)
    {
        var slots = batch.Slots;
        foreach (var label in slots)
        {
            if ((uint)label >= (uint)labelCount)
                throw new ArgumentException($"A slot names label {label}, but there are {labelCount} labels.", nameof(batch));
        }

        if (_documents.Length < slots.Length)
        {
            _documents = new int[slots.Length + slots.Length / 4];
            _targets = new float[_documents.Length];
        }

        var targets = _targets.AsSpan(0, slots.Length);
        targets.Clear();
        for (var i = 0; i < batch.Count; i++)
        {
            var (start, end) = (batch.SlotOffsets[i], batch.SlotOffsets[i + 1]);
            _documents.AsSpan(start..end).Fill(i);
            targets.Slice(start, batch.PositiveCounts[i]).Fill(1);
        }

        return new DeviceSlots(
            HostTransfer.Indices(slots, device),
            HostTransfer.Indices(_documents.AsSpan(0, slots.Length), device),
            HostTransfer.Floats(targets, device),
            batch.HasWeights ? Weights(batch, device) : null);
    }

    private Tensor Weights(MiniBatch batch, Device device)
    {
        if (_weights.Length < _documents.Length)
            _weights = new float[_documents.Length];
        var weights = _weights.AsSpan(0, batch.Slots.Length);
        weights.Fill(1);
        for (var i = 0; i < batch.Count; i++)
            batch.PositiveWeights(i).CopyTo(weights[batch.SlotOffsets[i]..]);
        return HostTransfer.Floats(weights, device);
    }
}

/// <summary>A mini-batch's slots on the device.</summary>
/// <param name="Labels">[slots] label rows.</param>
/// <param name="Documents">[slots], the batch row of each.</param>
/// <param name="Targets">[slots], 1 of positives, 0 of negatives.</param>
/// <param name="Weights">[slots] what the loss of each is multiplied by, or null where all weigh 1.</param>
internal readonly record struct DeviceSlots(Tensor Labels, Tensor Documents, Tensor Targets, Tensor? Weights);
