using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>
/// Without its MLP the network generalizes too, from most of the pairs and with many heads, by cosines of a few frequencies.
/// </summary>
/// <remarks>
/// The paper makes no such claim: its network has an MLP, which is where it multiplies. Attention alone can multiply as well: a head whose attention to a is
/// about 1/2 + cos(w_k a + phase) - cos(w_k b + phase) adds products of that and of what it reads of a and b to the logits.
/// Statistic, on attention alone with p = 31, 80% of the pairs, 8 heads, d_model 128, weight decay 3: the epoch of generalization; spectral contrast, number and logit FVE of the key
/// frequencies; mean over heads of the share of variance of the attention to a that one frequency explains.
/// Rule: it generalizes within 10,000 epochs; contrast at least 5, 2 to 8 key frequencies, logit FVE at least 0.7, mean head FVE at least 0.6. Fixed on seed 0 and six explored settings
/// before the other seeds were looked at: generalizing networks with weight decay 2 or more had contrasts of 14 to 95, logit FVE 0.82 to 0.95, head FVE 0.75 to 0.87; memorizing
/// ones had contrasts below 3, head FVE below 0.2.
/// </remarks>
internal sealed class AttentionAloneGeneralizes : ArchitectureClaim
{
    private static readonly Statistic Generalization = new("epoch of generalization (test accuracy 0.99), attention alone", AtMost: 10_000);
    private static readonly Statistic HeadFve = new("mean FVE of the heads' attention by one frequency each", AtLeast: 0.6, AtMost: 1);

    public override string Id => "attention-alone-generalizes";

    public override string Sentence => "Without its MLP the network generalizes too, from most of the pairs and with many heads, by cosines of a few frequencies";

    public override string Source => "none: the paper's network has an MLP; a finding of the search of architectures";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Generalization, .. FewCosines.Statistics, HeadFve];

    public override IReadOnlyList<PlannedRun> Plan(long seed) => [ArchitectureBudget.ManyHeadsAndPairs(seed)];

    protected override IEnumerable<Finding> Find(IReadOnlyList<TrialOutcome> outcomes)
    {
        TrialOutcome attention = outcomes[0];
        return
        [
            Generalization.Of(attention.Generalized, $"never within {attention.Epoch} epochs"),
            .. FewCosines.Of(attention),
            HeadFve.Of(attention.MeanHeadFve, "the heads of several layers are not measured"),
        ];
    }
}
