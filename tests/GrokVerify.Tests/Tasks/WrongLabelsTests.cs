using GrokVerify.Engines;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Tasks;

[Category("Fast")]
public class WrongLabelsTests
{
    private static readonly TrainingConfig True = new() { Model = new TransformerConfig { Prime = 7, DModel = 8, Heads = 2, DMlp = 4 }, TrainFraction = 0.5, Seed = 3 };

    /// <summary>random.seed(3); (label + 1 + random.randrange(6)) % 7 for round(0.3 * 24) = 7 pairs, by CPython 3.</summary>
    [Test]
    public void The_first_train_pairs_have_the_labels_that_CPython_draws_and_all_others_the_true_ones()
    {
        int[] labels = (True with { WrongLabels = 0.3 }).CreateTask().Labels.ToArray();
        int[] truth = True.CreateTask().Labels.ToArray();
        int[] train = True.CreateSplit().Train.ToArray();

        train[..8].Should().Equal(25, 48, 11, 17, 3, 22, 19, 45);
        train[..7].Select(pair => labels[pair]).Should().Equal(2, 3, 3, 0, 6, 2, 4);
        labels.Where((label, pair) => label != truth[pair]).Should().HaveCount(7, "none of them happens to be right");
    }

    [Test]
    public void Another_seed_draws_others_and_all_wrong_labels_come_up_alike()
    {
        TrainingConfig whole = new() { TrainFraction = 0.9, WrongLabels = 1 };
        int[] ByDistance(TrainingConfig config)
        {
            ModularTask task = config.CreateTask();
            int[] labels = task.Labels.ToArray();
            int[] counts = new int[113];
            foreach (int pair in config.CreateSplit().Train)
            {
                counts[(labels[pair] - task.First(pair) - task.Second(pair) + 226) % 113]++;
            }

            return counts;
        }

        int[] counts = ByDistance(whole);
        counts[0].Should().Be(0, "no label is right");

        // 11,492 draws among 112: chi-squared with 111 degrees of freedom is 111 give or take 15; five of these is a chance of one in a million.
        double expected = counts.Sum() / 112.0;
        counts[1..].Sum(count => Math.Pow(count - expected, 2) / expected).Should().BeInRange(36, 186);
        ByDistance(whole with { Seed = 1 }).Should().NotEqual(counts);
    }

    [Test]
    public void None_is_no_share_and_a_share_out_of_range_is_refused()
    {
        (True with { WrongLabels = 0 }).Should().Be(True);
        foreach (double share in new[] { -0.1, 1.1, double.NaN })
        {
            FluentActions.Invoking((True with { WrongLabels = share }).Validate).Should().Throw<ArgumentException>().WithMessage("share of wrong labels = *give a number from 0 to 1");
        }
    }
}
