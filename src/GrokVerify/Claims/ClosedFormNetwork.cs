using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>
/// Everything replaced at once: a network in closed form, without a trained weight beside the amplitudes and phases of its neurons, solves the task.
/// </summary>
/// <remarks>
/// Statistic: accuracy on all pairs and loss of the closed form of <see cref="ClosedForm"/>, and how many numbers it has for each of the network's weights; accuracy of the same form with random numbers.
/// Rule: accuracy at least 0.99; loss at most 0.1, where chance has ln p; at most 0.2 with random numbers: the form alone, whose count of numbers is small by construction, knows nothing. The paper replaces
/// each part by itself (section 4.4), not all at once.
/// </remarks>
internal sealed class ClosedFormNetwork : NetworkClaim
{
    private static readonly Statistic Accuracy = new("accuracy of the closed form", AtLeast: 0.99, AtMost: 1);
    private static readonly Statistic Loss = new("loss of the closed form", AtMost: 0.1);
    private static readonly Statistic Numbers = new("numbers of the closed form, for each weight of the network");
    private static readonly Statistic Random = new("accuracy of the closed form with random numbers", AtMost: 0.2);

    public override string Id => "closed-form-network";

    public override string Sentence => "A network in closed form, amplitudes and phases of its neurons alone, solves the task";

    public override string Source => "arXiv 2301.05217 section 4, all replacements at once";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Accuracy, Loss, Numbers, Random];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        LossAndAccuracy? closed = network.Ablation(Ablation.ClosedForm);
        string? noKeys = network.KeyFrequencies.AbsenceReason;
        yield return Accuracy.Of(closed?.Accuracy, noKeys);
        yield return Loss.Of(closed?.Loss, noKeys);
        yield return Numbers.Of(
            noKeys is null ? (double)ClosedForm.NumberCount(network.Neurons, network.KeyFrequencies.Frequencies) / network.WeightCount : null, noKeys);
        yield return Random.Of(network.Ablation(Ablation.ClosedFormAtRandom)?.Accuracy, noKeys);
    }
}
