using GrokVerify.Judging;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>A question of two runs, one of which goes on from the other.</summary>
internal sealed class TwoRuns : QuestionClaim
{
    private static readonly PlannedRun First = new("first", PseudoTraining.Config, PseudoTraining.Schedule);

    public override string Id => "two-runs";

    public override string Question => "Is one greater than two?";

    public override string Sentence => "One is not";

    public override string Source => "arithmetic";

    public override IReadOnlyList<Statistic> Statistics => [];

    public override IReadOnlyList<PlannedRun> Plan { get; } = [First, First with { Name = "second", From = First }];

    public override IReadOnlyList<string> Columns => ["extra", "more"];

    public override string Answer(IReadOnlyList<Trial> trials) => "It is not.";

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials) => [];
}
