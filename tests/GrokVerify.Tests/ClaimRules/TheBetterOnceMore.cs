using GrokVerify.Judging;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>A question whose last run is chosen by what came of the first two.</summary>
internal sealed class TheBetterOnceMore : QuestionClaim
{
    public override string Id => "the-better-once-more";

    public override string Question => "Which one is better?";

    public override string Sentence => "One of them is";

    public override string Source => "arithmetic";

    public override IReadOnlyList<Statistic> Statistics => [];

    public override IReadOnlyList<PlannedRun> Plan { get; } = [Of("first"), Of("second")];

    public override int Trainings => 3;

    public override IReadOnlyList<PlannedRun> Next(IReadOnlyList<Trial> trials) => trials.Count switch
    {
        0 => Plan,
        2 => [Of($"{trials.MaxBy(trial => trial.TestAccuracy)!.Plan.Name}-once-more")],
        _ => [],
    };

    public override string Answer(IReadOnlyList<Trial> trials) => "One of them is.";

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials) => [];

    private static PlannedRun Of(string name) => new(name, PseudoTraining.Config, PseudoTraining.Schedule);
}
