namespace LightDxml.Training;

/// <summary>What pieces of training cost, in processor seconds of one thread.</summary>
/// <param name="Start">The program, until it reads, and its compilation on the way.</param>
/// <param name="FeatureValue">Reading one feature of a document from a cache.</param>
/// <param name="Operation">A multiplication or addition of dense matrices.</param>
/// <param name="Slot">Choosing one label that takes part in a step for a document.</param>
/// <param name="AddedFloat">Adding one number of a document's vector to a row's gradient.</param>
/// <param name="MovedFloat">Moving one number of a row by its gradient: most rows come from memory.</param>
/// <param name="Selected">One label of a shortlist: selected, ranked and looked up.</param>
/// <param name="SparseValue">One feature of one document in one label's linear problem, over all passes.</param>
/// <param name="SparseLabel">A label's linear problem, besides.</param>
/// <param name="ReceivedByte">Receiving a byte from another process, and waiting for it.</param>
internal sealed record WorkCosts(
    double Start, double FeatureValue, double Operation, double Slot, double AddedFloat, double MovedFloat, double Selected, double SparseValue, double SparseLabel, double ReceivedByte)
{
    /// <summary>
    /// Of two cores of an AMD EPYC (Zen 3) without AVX-512, 29 November 2026. Operation and Slot: the 2.7 and 0.7 processor seconds of 456 steps of EURLEX57K's
    /// subset of 15,539 documents; AddedFloat and MovedFloat: what is left of an epoch of EURLEX57K (2.2) and of TIBKAT-GND (5). SparseValue and SparseLabel: the sparse classifiers of EURLEX57K and TIBKAT-GND. Start, FeatureValue and Selected: the logs of
    /// both. ReceivedByte: what two ranks take on EURLEX57K that is not work that both do (docs/many-machines.md).
    /// </summary>
    public static WorkCosts Measured { get; } = new(
        Start: 0.6, FeatureValue: 3e-9, Operation: 2.2e-11, Slot: 2e-8, AddedFloat: 4e-11, MovedFloat: 6.5e-10, Selected: 2e-8, SparseValue: 1.65e-8, SparseLabel: 6e-4, ReceivedByte: 2.3e-9);
}
