using GrokVerify.Analysis;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Analysis;

/// <summary>A seed and a fraction name two splits, one for each way to shuffle.</summary>
[Category("Fast")]
public class SplitChoiceTests
{
    private const int Prime = 31;
    private static readonly RecordedLosses Unrecorded = new(null, null);
    private static readonly PairSplit[] Both = [new(Prime, 0.3, 1), new(Prime, 0.3, 1, PairShuffle.Torch)];

    [TestCase(PairShuffle.Python)]
    [TestCase(PairShuffle.Torch)]
    public void The_one_whose_train_losses_are_lower_is_taken(PairShuffle shuffle)
    {
        SplitChoice choice = SplitChoice.Of(Both, Losses(Both.Single(split => split.Shuffle == shuffle), separation: 3), Unrecorded);

        choice.Split!.Shuffle.Should().Be(shuffle);
        (choice.Note is null).Should().Be(shuffle == PairShuffle.Python, "what the authors' code does needs no words");
    }

    [Test]
    public void The_one_that_has_the_recorded_losses_is_taken_where_the_losses_alone_do_not_tell()
    {
        PairLosses losses = Losses(Both[1], separation: 0);
        var recorded = new RecordedLosses(losses.On(Both[1].Train).Loss * 1.001, losses.On(Both[1].Test).Loss * 0.999);

        SplitChoice.Of(Both, losses, recorded).Split.Should().BeSameAs(Both[1]);
    }

    [Test]
    public void Halves_whose_losses_do_not_differ_are_doubted()
    {
        SplitChoice choice = SplitChoice.Of(Both, Losses(new PairSplit(Prime, 0.3, 99), separation: 3), Unrecorded);

        choice.Split.Should().BeSameAs(Both[0], "nothing speaks for the other");
        choice.Note.Should().Be(
            "the losses of the train pairs are not lower, or more alike, than those of the test pairs beyond chance, with the halves of --split python --seed 1 --fraction 0.3: it was hardly trained on these, or not at all");
    }

    [Test]
    public void Where_nothing_is_known_nothing_is_taken() => SplitChoice.Of([], Losses(Both[0], 3), Unrecorded).Should().Be(new SplitChoice(null, null));

    [Test]
    public void Losses_of_few_pairs_or_all_alike_are_not_doubted()
    {
        SplitChoice.Of([new PairSplit(7, 0.5, 1)], new PairLosses([.. new TorchRandom(1).Normal(49).Select(Math.Exp)], new bool[49]), Unrecorded).Note.Should().BeNull("24 pairs tell nothing");
        SplitChoice.Of(Both, new PairLosses([.. Enumerable.Repeat(3.4, Prime * Prime)], new bool[Prime * Prime]), Unrecorded).Note.Should().BeNull("no split could make such losses differ");
    }

    private static PairLosses Losses(PairSplit split, double separation)
    {
        double[] losses = [.. new TorchRandom(3).Normal(Prime * Prime).Select(value => Math.Exp(2 * value))];
        foreach (int pair in split.Test)
        {
            losses[pair] *= Math.Exp(separation);
        }

        return new PairLosses(losses, new bool[losses.Length]);
    }
}
