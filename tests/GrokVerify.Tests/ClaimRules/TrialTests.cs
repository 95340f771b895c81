using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.ClaimRules;

[Category("Fast")]
public class TrialTests
{
    private static readonly PlannedRun Plan = new("a-run", PseudoTraining.Config, PseudoTraining.Schedule with { Epochs = 100 });

    [Test]
    public void A_trial_is_read_off_its_rows()
    {
        var trial = Trial.Of(new TrainedCurve(Plan, [Row(0, 0.1, 0.1, 5), Row(50, 0.99, 0.4, 9), Row(80, 1, 0.3, 4), Row(90, 1, 0.99, 3), Row(100, 1, 0.95, 2)]), [7]);

        trial.Should().BeEquivalentTo(new { Epoch = 100L, Memorized = 50L, Generalized = 90L, TrainAccuracy = 1.0, TestAccuracy = 0.95, BestTestAccuracy = 0.99, TestLoss = 2.0, LargestTestLoss = 9.0 });
        trial.LargestFall.Should().BeApproximately(0.1, 1e-12, "from 0.4 to 0.3");
        trial.LastChange.Should().BeApproximately(0.69, 1e-12, "from 0.3 to 0.99 in the last fifth");
        trial.Measures.Should().Equal(7);
    }

    [Test]
    public void A_table_read_again_is_the_same_trials()
    {
        var question = new TwoRuns();
        Trial[] trials =
        [
            Trial.Of(new TrainedCurve(question.Plan[0], [Row(0, 0.1, 1.0 / 3, 1e-300), Row(100, 0.5, 0.2, Math.PI)]), [null, 1e-9]),
            Trial.Of(new TrainedCurve(question.Plan[1], [Row(0, 1, 1, 2)]), [2.5, null]),
        ];

        TrialTable.Read(question, TrialTable.Write(question, trials)).Should().BeEquivalentTo(trials, options => options.ComparingByMembers<Trial>().WithStrictOrdering());
    }

    [Test]
    public void A_table_of_another_plan_is_refused()
    {
        var question = new TwoRuns();
        Trial[] trials = [.. question.Plan.Select(plan => Trial.Of(new TrainedCurve(plan, [Row(0, 1, 1, 2)]), [null, null]))];
        string table = TrialTable.Write(question, trials);

        foreach (string other in new[] { table.Replace("first", "other", StringComparison.Ordinal), table.Replace("extra", "other", StringComparison.Ordinal), table[..table[..^1].LastIndexOf('\n')] })
        {
            FluentActions.Invoking(() => TrialTable.Read(question, other)).Should().Throw<FormatException>().WithMessage("the table of two-runs is not that of its plan*");
        }

        FluentActions.Invoking(() => question.Judge([.. trials.Reverse()])).Should().Throw<ArgumentException>().WithMessage("two-runs is judged on the 2 runs of its plan, in its order*");
    }

    [Test]
    public void What_follows_from_the_first_runs_has_its_rows_after_them()
    {
        var question = new TheBetterOnceMore();
        IReadOnlyList<Trial> Trained(double first, double second) => question.Follow(due => [.. due.Select(plan => Trial.Of(
            new TrainedCurve(plan, [Row(0, 1, plan.Name == "first" ? first : plan.Name == "second" ? second : 1, 2)]), []))]);

        IReadOnlyList<Trial> trials = Trained(0.3, 0.4);
        string table = TrialTable.Write(question, trials);

        trials.Select(trial => trial.Plan.Name).Should().Equal("first", "second", "second-once-more");
        question.Judge(trials).Findings.Should().BeEmpty();
        TrialTable.Read(question, table).Should().BeEquivalentTo(trials, options => options.ComparingByMembers<Trial>().WithStrictOrdering());
        FluentActions.Invoking(() => question.Judge([.. trials.Take(2), Trained(0.4, 0.3)[2]])).Should().Throw<ArgumentException>("the first was not the better one");
        FluentActions.Invoking(() => question.Judge([.. trials.Take(2)])).Should().Throw<ArgumentException>("one is missing");
        FluentActions.Invoking(() => question.Judge([.. trials, trials[2]])).Should().Throw<ArgumentException>("one is too many");
        FluentActions.Invoking(() => TrialTable.Read(question, table.Replace("0.3", "0.5", StringComparison.Ordinal))).Should().Throw<FormatException>("the first would be the better one then");
    }

    private static MetricsRow Row(long epoch, double trainAccuracy, double testAccuracy, double testLoss) => new(epoch, 0.5, testLoss, trainAccuracy, testAccuracy, 1);
}
