using GrokVerify.Judging;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests.Questions;

/// <summary>
/// What is asked of every question: its committed trainings answer it as the page of questions says, spoiled ones do not, and some of them, trained again, come out to the bit as the table has them. In the nightly
/// tier all of them are trained again.
/// </summary>
[Category("Claim")]
internal abstract class QuestionTests<TClaim>
    where TClaim : QuestionClaim, new()
{
    protected static TClaim Question { get; } = new();

    protected static IReadOnlyList<Trial> Trials { get; } = CommittedTrials.Of(Question);

    /// <summary>Statistics whose rule the trainings do not meet: findings, not passes.</summary>
    protected virtual IReadOnlyList<string> NotMet => [];

    /// <summary>Trainings of the table that take seconds, by name.</summary>
    protected abstract IReadOnlyList<string> Again { get; }

    [SetUp]
    public void Wait_for_its_trainings()
    {
        if (Trials.Count == 0)
        {
            Assert.Ignore($"{Question.Id} has no table in golden/questions yet");
        }
    }

    [Test]
    [Category("Fast")]
    public void The_committed_trainings_answer_it_as_the_page_says()
    {
        ClaimResult result = Question.Judge(Trials);
        TestContext.Out.WriteLine(result);
        RunTraining.Attach(files => files.Write(result));
        result.Findings.Where(finding => !finding.Holds).Select(finding => finding.Statistic.Name).Should().BeEquivalentTo(NotMet, "{0}", result);
    }

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Trained_again_they_come_out_the_same(CancellationToken cancellation)
    {
        PlannedRun[] chosen = [.. Trials.Select(trial => trial.Plan).Where(plan => TrainingTier.IsNightly || Again.Contains(plan.Name))];
        chosen.Should().HaveCount(TrainingTier.IsNightly ? Question.Trainings : Again.Count);

        IReadOnlyList<TrainingRun> runs = RunTraining.Sweep.Train([.. chosen.Select(plan => plan.Request)], cancellation);

        foreach ((PlannedRun plan, TrainingRun run) in chosen.Zip(runs))
        {
            Trial committed = Trials.Single(trial => trial.Plan == plan);
            var trained = Trial.Of(Question, plan, run);
            (trained with { Measures = [] }).Should().BeEquivalentTo(committed with { Measures = [] }, options => options.ComparingByMembers<Trial>(), "the exact engine gives the bits of the table: {0}", plan.Name);
            trained.Measures.Should().HaveSameCount(committed.Measures);
            foreach ((double? measured, double? expected) in trained.Measures.Zip(committed.Measures))
            {
                measured.HasValue.Should().Be(expected.HasValue, plan.Name);
                (measured ?? 0).Should().BeApproximately(expected ?? 0, 1e-8 * Math.Abs(expected ?? 0), "sums of an analysis differ by their order: {0}", plan.Name);
            }
        }
    }

    /// <summary>The trials, some of them taken for others.</summary>
    /// <param name="outcome">For a trial the one whose outcome it gets.</param>
    protected static ClaimResult Exchanged(Func<Trial, Trial> outcome) => Question.Judge([.. Trials.Select(trial => outcome(trial) with { Plan = trial.Plan })]);

    protected static Trial Named(string name) => Trials.Single(trial => trial.Plan.Name == name);

    protected static void RequireRefutedBy(ClaimResult result, params string[] statistics)
    {
        TestContext.Out.WriteLine(result);
        result.Findings.Where(finding => !finding.Holds).Select(finding => finding.Statistic.Name).Should().Contain(statistics, "{0}", result);
    }
}
