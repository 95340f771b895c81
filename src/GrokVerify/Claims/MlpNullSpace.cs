using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>
/// The MLP speaks to the logits through the 2|K| directions of W_L that belong to key frequencies: what it computes beside them is not needed, what is left without them knows nothing.
/// </summary>
/// <remarks>
/// Statistic: loss with the activations projected on the directions, over the full loss; loss and accuracy with the projection taken out.
/// Rule: at most 2 (paper: 0.49; 2 of the 40 calibrated seeds have 2.4 and 5.8); without them at least 1,000 times the full loss and an accuracy of at most 0.1. The paper's loss without them is 5.27, above ln 113 = 4.73: measured, not asserted.
/// </remarks>
internal sealed class MlpNullSpace : NetworkClaim
{
    private static readonly Statistic Only = new("loss with the key directions of the MLP alone, over the full loss", AtMost: 2, Published: "0.49 (section 4.4)");
    private static readonly Statistic Without = new("loss without the key directions of the MLP, over the full loss", AtLeast: 1000, Published: "2.2e7 (section 4.4)");
    private static readonly Statistic WithoutAccuracy = new("accuracy without the key directions of the MLP", AtMost: 0.1);
    private static readonly Statistic WithoutOverUniform = new("loss without the key directions of the MLP, over ln p", Published: "1.11 (section 4.4)");

    public override string Id => "mlp-null-space";

    public override string Sentence => "The MLP needs the directions of the key frequencies in W_L, and no others";

    public override string Source => "arXiv 2301.05217 section 4.4";

    public override string Deviation => "Keeping the key directions alone improves the paper's network; here it does not. Without them the paper's is worse than knowing nothing (1.11 ln p); some networks here are a little better, so that is not asserted.";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Only, Without, WithoutAccuracy, WithoutOverUniform];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        string? noKeys = network.KeyFrequencies.AbsenceReason;
        LossAndAccuracy? only = network.Ablation(Ablation.MlpKeyDirectionsOnly);
        LossAndAccuracy? removed = network.Ablation(Ablation.MlpKeyDirectionsRemoved);
        yield return Only.Of(only?.Loss / network.Measures.All.Loss, noKeys);
        yield return Without.Of(removed?.Loss / network.Measures.All.Loss, noKeys);
        yield return WithoutAccuracy.Of(removed?.Accuracy, noKeys);
        yield return WithoutOverUniform.Of(removed?.Loss / network.UniformLoss, noKeys);
    }
}
