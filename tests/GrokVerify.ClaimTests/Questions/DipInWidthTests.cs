using GrokVerify.Claims.Questions;
using GrokVerify.Judging;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="DipInWidth"/>
internal sealed class DipInWidthTests : QuestionTests<DipInWidth>
{
    private const string Place = "width at the bottom of the dip, over the width that memorizes as many pairs without a rule";

    /// <summary>The dip comes at three times the width that memorizes.</summary>
    protected override IReadOnlyList<string> NotMet => [Place];

    protected override IReadOnlyList<string> Again => ["pairs23-width4-seed0"];

    [Test]
    [Category("Control")]
    public void Networks_that_do_as_well_as_the_widest_refute_the_dip() =>
        RequireRefutedBy(Exchanged(trial => IsRuled(trial) ? Named(Wide(trial)) : trial), "dip of test accuracy in width from few pairs");

    [Test]
    [Category("Control")]
    public void Many_pairs_that_do_as_few_do_refute_that_there_is_no_dip() =>
        RequireRefutedBy(Exchanged(trial => Named(trial.Plan.Name.Replace("pairs44", "pairs23", StringComparison.Ordinal))), "dip of test accuracy in width from many pairs");

    /// <summary>The place is measured, not the rule's own: with labels that take three times the width to memorize, all rules are met.</summary>
    [Test]
    [Category("Control")]
    public void Pairs_without_a_rule_that_are_memorized_three_times_as_wide_would_put_the_dip_in_its_place() =>
        Exchanged(trial => IsRuled(trial) ? trial : Named(trial.Plan.Name.Replace($"-width{Width(trial)}-", $"-width{Width(trial) switch { < 20 => 4, 20 => 8, 32 => 12, int wide => wide }}-", StringComparison.Ordinal)))
            .Findings.Should().OnlyContain(finding => finding.Holds);

    private static bool IsRuled(Trial trial) => trial.Plan.Config.LabelRule == LabelRule.Sum;

    private static int Width(Trial trial) => trial.Plan.Config.Model.DModel;

    private static string Wide(Trial trial) => trial.Plan.Name.Replace($"-width{Width(trial)}-", "-width100-", StringComparison.Ordinal);
}
