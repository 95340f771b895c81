using GrokVerify.Analysis;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Analysis;

[Category("Fast")]
public class SplitHintTests
{
    private const int Prime = 31;
    private static readonly RecordedLosses Unrecorded = new(null, null);

    /// <summary>Candidates are seeds 0 to 99 and fractions in steps of 0.05.</summary>
    [TestCase(42, 0.35, PairShuffle.Python)]
    [TestCase(0, 0.05, PairShuffle.Python)]
    [TestCase(99, 0.95, PairShuffle.Torch)]
    [TestCase(1, 0.3, PairShuffle.Torch)]
    public void Halves_whose_losses_differ_are_found_from_the_losses_alone(int seed, double fraction, PairShuffle shuffle) =>
        SplitHint.Find(Prime, Losses(seed, fraction, separation: 6, shuffle), Unrecorded).Should().BeEquivalentTo(new { Seed = (long)seed, TrainFraction = fraction, Shuffle = shuffle });

    [TestCase(100, 0.3)]
    [TestCase(7, 0.33)]
    public void A_split_that_is_no_candidate_gives_no_hint_or_not_its_seed_alone(int seed, double fraction)
    {
        SplitHint? hint = SplitHint.Find(Prime, Losses(seed, fraction, separation: 6), Unrecorded);

        (hint is null || (hint.Seed == seed && Math.Abs(hint.TrainFraction - fraction) < 0.05)).Should().BeTrue($"{hint}");
    }

    [Test]
    public void Losses_without_a_split_give_no_hint_in_twenty_trials()
    {
        // Each trial has 3,800 candidates; one that stood out by chance in any of them would be a false alarm.
        for (int trial = 0; trial < 20; trial++)
        {
            PairLosses losses = Losses(1000 + trial, 0.3, separation: 0);
            SplitHint.Find(Prime, losses, Unrecorded).Should().BeNull($"trial {trial} has no split");
        }
    }

    [Test]
    public void Recorded_losses_of_both_halves_find_a_split_that_the_losses_alone_do_not_show()
    {
        PairLosses losses = Losses(17, 0.4, separation: 0);
        var split = new PairSplit(Prime, 0.4, 17);
        double train = losses.On(split.Train).Loss * (1 + 1e-6);
        double test = losses.On(split.Test).Loss * (1 - 1e-6);

        SplitHint.Find(Prime, losses, Unrecorded).Should().BeNull();
        SplitHint.Find(Prime, losses, new RecordedLosses(train, test)).Should().BeEquivalentTo(new { Seed = 17L, TrainFraction = 0.4 });
        SplitHint.Find(Prime, losses, new RecordedLosses(train * 1.1, test)).Should().BeNull("no candidate has such a train loss");
    }

    /// <summary>The halves were recorded of a split that is no candidate: its fraction is, so that 200 candidates lie near.</summary>
    [Test]
    public void Recorded_losses_of_a_split_that_is_no_candidate_give_hints_as_rarely_as_said()
    {
        const int trials = 400;
        int hints = Enumerable.Range(1000, trials).Count(seed =>
        {
            PairLosses losses = Losses(seed, 0.3, separation: 0);
            var split = new PairSplit(Prime, 0.3, seed);
            return SplitHint.Find(Prime, losses, new RecordedLosses(losses.On(split.Train).Loss, losses.On(split.Test).Loss)) is not null;
        });

        TestContext.Out.WriteLine($"{hints} hints in {trials} trials");

        // At 1% four; more than ten have a probability of 0.3%.
        hints.Should().BeInRange(0, 10);
    }

    /// <summary>All train losses underflow to 0, the others are alike: variances are rounding alone.</summary>
    [Test]
    public void Losses_without_any_spread_give_no_hint()
    {
        double[] losses = new double[Prime * Prime];
        foreach (int pair in new PairSplit(Prime, 0.3, 7).Test)
        {
            losses[pair] = 3.4;
        }

        SplitHint.Find(Prime, new PairLosses(losses, new bool[losses.Length]), Unrecorded).Should().BeNull();
    }

    [TestCase(double.NaN)]
    [TestCase(0)]
    [TestCase(double.PositiveInfinity)]
    public void Losses_that_say_nothing_give_no_hint(double loss)
    {
        var losses = new PairLosses([.. Enumerable.Repeat(loss, Prime * Prime)], new bool[Prime * Prime]);

        SplitHint.Find(Prime, losses, new RecordedLosses(loss, loss)).Should().BeNull();
    }

    /// <summary>Log-normal losses, those of the test pairs e^separation times as large in the median.</summary>
    private static PairLosses Losses(int seed, double fraction, double separation, PairShuffle shuffle = PairShuffle.Python)
    {
        double[] losses = [.. new TorchRandom(seed).Normal(Prime * Prime).Select(value => Math.Exp(2 * value))];
        foreach (int pair in new PairSplit(Prime, fraction, seed, shuffle).Test)
        {
            losses[pair] *= Math.Exp(separation);
        }

        return new PairLosses(losses, new bool[losses.Length]);
    }
}
