using GrokVerify.Judging;
using GrokVerify.Runs;
using GrokVerify.Tasks;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.Judging;

/// <summary>Which seeds are trained for which claims, and how runs are spoiled: on trainings of moments.</summary>
[Category("Fast")]
public class MainlineTests : RunFolderTests
{
    private static readonly long[] FiveSeeds = [10, 11, 12, 13, 14];

    [TestCase("yyy", 3, true)]
    [TestCase("nnn", 3, false)]
    [TestCase("yynyn", 5, true)]
    [TestCase("ynnyy", 5, true)]
    [TestCase("nynny", 5, false)]
    public void As_many_seeds_are_trained_as_decide_a_claim_and_the_two_controls(string shows, int judged, bool isReproduced)
    {
        Mainline mainline = Create();

        var verdict = mainline.Judge(new ShownBy(shows), CancellationToken.None);

        verdict.Judged.Select(seed => seed.Run.Name).Should().Equal(FiveSeeds.Take(judged).Select(seed => $"seed {seed}"));
        verdict.IsReproduced.Should().Be(isReproduced);
        Trained().Should().HaveCount(judged + 2);
    }

    [Test]
    public void All_five_are_trained_where_every_claim_is_judged_on_all() => Create(all: true).Judge(new ShownBy("yyyyy"), CancellationToken.None).Judged.Should().HaveCount(5);

    [TestCase(false, 3)]
    [TestCase(true, 5)]
    public void A_claim_about_how_seeds_differ_is_judged_on_the_same_seeds_whatever_was_asked_before(bool all, int expected)
    {
        Mainline mainline = Create(all);
        var claim = new HowMany();

        claim.Judge(mainline, expected);
        mainline.Judge(new ShownBy("nynny"), CancellationToken.None);
        mainline.Seeds(CancellationToken.None).Should().HaveCount(5, "the last claim was open after three");
        claim.Judge(mainline, expected);
    }

    [Test]
    public void A_seed_of_the_family_brings_the_others_with_it_and_another_seed_is_trained_alone_beside_them()
    {
        JudgedRun other = Create().Seed(99, CancellationToken.None);

        other.Run.Config.Should().Be(PseudoTraining.Config with { Seed = 99 });
        other.Plan.Schedule.Should().Be(Mainline.UntilGrokked);
        Trained().Select(run => run.Config.Seed).Distinct().Order().Should().Equal(10, 11, 12, 99);
    }

    [Test]
    public void The_controls_that_are_trainings_are_of_one_seed_each()
    {
        Mainline mainline = Create();

        JudgedRun free = mainline.Spoiled(Control.NoWeightDecay, CancellationToken.None);
        JudgedRun shuffled = mainline.Spoiled(Control.ShuffledLabels, CancellationToken.None);

        free.Run.Config.Should().Be(PseudoTraining.Config with { Seed = 11, WeightDecay = 0 });
        free.Evidence.Rows[^1].Epoch.Should().Be(5_000);
        shuffled.Run.Config.Should().Be(PseudoTraining.Config with { Seed = 10, LabelRule = LabelRule.Shuffled });
        shuffled.Evidence.Rows[^1].Epoch.Should().Be(3_000);
        mainline.SpoiledSeeds(Control.NoWeightDecay, CancellationToken.None).Should().Equal(free);
    }

    /// <summary>A fresh seed may take longer to generalize with weight decay than the second of the default tier.</summary>
    [Test]
    public void Where_every_claim_is_judged_on_all_seeds_the_control_without_weight_decay_is_trained_longer() =>
        Create(all: true).Spoiled(Control.NoWeightDecay, CancellationToken.None).Evidence.Rows[^1].Epoch.Should().Be(15_000);

    [Test]
    public void An_untrained_network_is_the_first_checkpoint_of_each_seed()
    {
        Mainline mainline = Create();

        IReadOnlyList<JudgedRun> untrained = mainline.SpoiledSeeds(Control.Untrained, CancellationToken.None);

        untrained.Select(run => run.Name).Should().Equal("seed 10, Untrained", "seed 11, Untrained", "seed 12, Untrained");
        untrained.Should().OnlyContain(run => run.Evidence.Curve.Points.Single().Epoch == 0);
        mainline.Spoiled(Control.Untrained, CancellationToken.None).Should().BeSameAs(untrained[0], "what was measured once is kept");
    }

    [Test]
    public void With_halves_exchanged_train_losses_are_test_losses()
    {
        Mainline mainline = Create();
        RunEvidence usual = mainline.Seed(10, CancellationToken.None).Evidence;

        RunEvidence exchanged = mainline.Spoiled(Control.HalvesExchanged, CancellationToken.None).Evidence;

        exchanged.FinalMeasures.Train.Should().Be(usual.FinalMeasures.Test);
        exchanged.FinalMeasures.Test.Should().Be(usual.FinalMeasures.Train);
        exchanged.Rows[^1].TrainLoss.Should().Be(usual.FinalMeasures.Test!.Value.Loss, "its rows are those of the checkpoints");
        long[] epochs = [.. usual.Curve.Points.Select(point => point.Epoch)];
        exchanged.Curve.Points.Select(point => point.Epoch).Should().Equal(epochs.Reverse().Where((_, index) => index % 4 == 0).Reverse(), "every fourth checkpoint up to the last");
    }

    [Test]
    public void Four_seeds_are_refused() => FluentActions.Invoking(() => new Mainline(Sweep(), FiveSeeds[..4], all: false)).Should().Throw<ArgumentOutOfRangeException>();

    private Mainline Create(bool all = false) => new(Sweep(), FiveSeeds, all) { Setting = PseudoTraining.Config };

    private RunSweep Sweep() => new(new RunStore(Folder), new PseudoTraining());

    private IEnumerable<TrainingRun> Trained() => new RunStore(Folder).List();

    /// <summary>Shown by the runs that have a y in their place, in the order in which they are first judged.</summary>
    private sealed class ShownBy(string shows) : RunClaim
    {
        private static readonly Statistic Shown = new("y", AtLeast: 1);
        private readonly List<RunEvidence> _seen = [];

        public override string Id => "shown";

        public override string Sentence => "It is shown";

        public override string Source => "this test";

        public override IReadOnlyList<Statistic> Statistics { get; } = [Shown];

        protected override IEnumerable<Finding> Find(RunEvidence run)
        {
            if (!_seen.Contains(run))
            {
                _seen.Add(run);
            }

            return [Shown.Of(shows[_seen.IndexOf(run)] == 'y' ? 1 : 0)];
        }
    }

    private sealed class HowMany : SeedsClaim
    {
        private static readonly Statistic Runs = new("runs");

        public override string Id => "how-many";

        public override string Sentence => "There are runs";

        public override string Source => "this test";

        public override IReadOnlyList<Statistic> Statistics { get; } = [Runs];

        public void Judge(Mainline mainline, int expected) => mainline.Judge(this, CancellationToken.None).Findings.Single().Measured.Should().Be(expected);

        protected override IEnumerable<Finding> Find(IReadOnlyList<RunEvidence> runs) => [Runs.Of(runs.Count)];
    }
}
