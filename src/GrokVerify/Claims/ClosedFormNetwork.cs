using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>
/// Everything replaced at once: a network in closed form, without a trained weight beside the amplitudes and phases of its neurons, solves the task.
/// </summary>
/// <remarks>
/// Statistic: accuracy on all pairs and loss of the closed form of <see cref="ClosedForm"/>, and how many numbers it has for each of the network's weights.
/// Rule: accuracy at least 0.99; at most a tenth of the weights' number. The paper replaces each part by itself (section 4.4), not all at once.
/// </remarks>
internal sealed class ClosedFormNetwork : NetworkClaim
{
    private static readonly Statistic Accuracy = new("accuracy of the closed form", AtLeast: 0.99, AtMost: 1);
    private static readonly Statistic Loss = new("loss of the closed form, over the full loss");
    private static readonly Statistic Numbers = new("numbers of the closed form, for each weight of the network", AtMost: 0.1);

    public override string Id => "closed-form-network";

    public override string Sentence => "A network in closed form, amplitudes and phases of its neurons alone, solves the task";

    public override string Source => "arXiv 2301.05217 section 4, all replacements at once";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Accuracy, Loss, Numbers];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        LossAndAccuracy? closed = network.Ablation(Ablation.ClosedForm);
        string? noKeys = network.KeyFrequencies.AbsenceReason;
        yield return Accuracy.Of(closed?.Accuracy, noKeys);
        yield return Loss.Of(closed?.Loss / network.Measures.All.Loss, noKeys);
        yield return Numbers.Of(
            noKeys is null ? (double)ClosedForm.NumberCount(network.Neurons, network.KeyFrequencies.Frequencies) / network.WeightCount : null, noKeys);
    }
}
