using GrokVerify.Claims.Questions;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="SoonerThanTunedAdamW"/>
internal sealed class SoonerThanTunedAdamWTests : QuestionTests<SoonerThanTunedAdamW>
{
    private const int FreshSeeds = 10;
    private const string Tuning = "steps of AdamW at the paper's setting over those of the tuned one";

    private static readonly string[] OfEachWay = [.. Question.Statistics.Select(statistic => statistic.Name).Where(name => name.StartsWith("upper end", StringComparison.Ordinal))];

    /// <summary>Tuning does more than any of them; as they were published none gets far here.</summary>
    protected override IReadOnlyList<string> NotMet => [.. Question.Statistics.Select(statistic => statistic.Name).Where(name => name != Tuning)];

    protected override IReadOnlyList<string> Again => ["norm-kept-scale1-lr0.003-wd3-beta0.95-seed0", "transfer-epochs400-lr0.03-wd0.5-beta0.95-seed0"];

    [Test]
    [Category("Control")]
    public void Ways_that_take_as_long_as_AdamW_refute_it() => RequireRefutedBy(Exchanged(trial => IsOfAWay(trial) ? AdamWOf(trial) : trial), OfEachWay);

    /// <summary>What refutes a way is not the rule itself.</summary>
    [Test]
    [Category("Control")]
    public void Ways_that_take_half_as_long_would_be_sooner() => Exchanged(trial => IsOfAWay(trial) ? Faster(AdamWOf(trial), 2) : IsWithout(trial) ? AdamWOf(trial) : trial)
        .Findings.Where(finding => OfEachWay.Contains(finding.Statistic.Name)).Should().HaveCount(OfEachWay.Length).And.OnlyContain(finding => finding.Holds);

    [Test]
    [Category("Control")]
    public void Ways_that_are_sooner_than_AdamW_but_not_than_without_them_refute_it() => RequireRefutedBy(
        Exchanged(trial => IsOfAWay(trial) || IsWithout(trial) ? Faster(AdamWOf(trial), 2) : trial), OfEachWay);

    [Test]
    [Category("Control")]
    public void A_way_that_gets_there_on_no_seed_refutes_it() => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Config.Grokfast is not null && IsOfAWay(trial) ? trial with { Measures = [null] } : trial), "upper end of the ratio of steps, Grokfast");

    [Test]
    [Category("Control")]
    public void A_tuned_AdamW_that_is_as_slow_as_the_papers_refutes_that_tuning_helps() => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Name.StartsWith("published-paper", StringComparison.Ordinal) ? Faster(AdamWOf(trial), 1.01) : trial), Tuning);

    /// <summary>One of those that are compared, not one of those that are tuned with.</summary>
    private static bool IsOfAWay(Trial trial) => trial.Plan.Config.Seed < FreshSeeds && !trial.Plan.Name.StartsWith("published", StringComparison.Ordinal) && !IsWithout(trial) && !IsAdamW(trial);

    private static bool IsWithout(Trial trial) => trial.Plan.Name.StartsWith("without", StringComparison.Ordinal);

    private static bool IsAdamW(Trial trial) => trial.Plan.Name.StartsWith("adamw", StringComparison.Ordinal) && trial.Plan.Config.Seed < FreshSeeds;

    private static Trial AdamWOf(Trial trial) => Trials.Single(other => IsAdamW(other) && other.Plan.Config.Seed == trial.Plan.Config.Seed);

    private static Trial Faster(Trial trial, double times) => trial with { Measures = [(trial.Measures[0] ?? trial.Plan.Schedule.Epochs) / times] };
}
