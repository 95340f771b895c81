using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GrokVerify.Engines;
using GrokVerify.Networks;
using GrokVerify.Tasks;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Tasks;

[Category("Fast")]
public class PairSplitTests
{
    private static IEnumerable<TestCaseData> PythonVectors()
    {
        string path = Path.Combine(ReferenceData.Folder, "python-shuffle-splits.csv");
        if (!File.Exists(path))
        {
            yield return new TestCaseData(0, 0d, 0L, 0, "", "").SetName("Split_equals_CPython(absent)").Ignore(ReferenceData.AbsentReason);
            yield break;
        }

        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] cells = line.Split(',');
            yield return new TestCaseData(
                int.Parse(cells[0], CultureInfo.InvariantCulture),
                double.Parse(cells[1], CultureInfo.InvariantCulture),
                long.Parse(cells[2], CultureInfo.InvariantCulture),
                int.Parse(cells[3], CultureInfo.InvariantCulture),
                cells[4],
                cells[5]).SetName($"Split_equals_CPython(p={cells[0]}, fraction={cells[1]}, seed={cells[2]})");
        }
    }

    [TestCaseSource(nameof(PythonVectors))]
    public void Split_equals_CPython(int prime, double fraction, long seed, int trainCount, string first12, string sha256)
    {
        int[] train = new PairSplit(prime, fraction, seed).Train.ToArray();

        train.Should().HaveCount(trainCount);
        string.Join(' ', train[..12]).Should().Be(first12);
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', train)))).Should().Be(sha256);
    }

    /// <summary>Held against torch's own generator and permutation.</summary>
    [Test]
    public void A_split_by_torch_has_the_pairs_of_randperm([Values(0L, 1L, 598L, -1L, (1L << 32) + 7)] long seed, [Values(5, 59, 113)] int prime)
    {
        random.manual_seed(seed);
        using Tensor permutation = randperm(prime * prime, ScalarType.Int64, CPU);
        int[] expected = [.. permutation.data<long>().ToArray().Select(pair => (int)pair)];

        var split = new PairSplit(prime, 0.3, seed, PairShuffle.Torch);

        split.Train.ToArray().Concat(split.Test.ToArray()).Should().Equal(expected);
        split.Train.Length.Should().Be((int)(0.3 * prime * prime));
        split.Exchanged().Should().BeEquivalentTo(new { Seed = seed, Shuffle = PairShuffle.Torch });
    }

    /// <summary>A pair is left out where neither it nor its mirror image was drawn: 0.7 squared of the pairs off the diagonal.</summary>
    [Test]
    public void Swapped_pairs_join_the_train_half_behind_the_others_and_leave_the_test_half()
    {
        var config = new TrainingConfig { Seed = 4 };
        var drawn = new PairSplit(113, 0.3, 4);

        PairSplit split = (config with { SwappedPairs = true }).CreateSplit();

        int[] train = split.Train.ToArray();
        HashSet<int> members = [.. train];
        HashSet<int> ofDrawn = [.. drawn.Train.ToArray()];
        train[..drawn.Train.Length].Should().Equal(drawn.Train.ToArray());
        train.Should().OnlyHaveUniqueItems().And.OnlyContain(pair => members.Contains((pair % 113 * 113) + (pair / 113)), "every pair has its mirror image");
        train[drawn.Train.Length..].Should().OnlyContain(pair => ofDrawn.Contains((pair % 113 * 113) + (pair / 113)), "all others are mirror images");
        split.Test.ToArray().Should().Equal(drawn.Test.ToArray().Where(pair => !members.Contains(pair)));
        split.TrainFraction.Should().BeApproximately(0.51, 0.01);
        split.Should().BeEquivalentTo(new { Seed = (long?)null, Shuffle = (PairShuffle?)null });
    }

    /// <summary>The halves that a network of ours is measured on are those that it was trained on.</summary>
    [Test]
    public void A_network_trained_with_swapped_pairs_has_their_halves()
    {
        var config = new TrainingConfig { Model = new() { Prime = 7, DModel = 4, Heads = 2, DMlp = 8 }, SwappedPairs = true };

        NetworkFile network = NetworkFile.Of("run", config, TrainingState.Initial(config));

        network.Split!.Train.ToArray().Should().Equal(config.CreateSplit().Train.ToArray());
        network.Splits(seed: 1)[0].Train.ToArray().Should().Equal((config with { Seed = 1 }).CreateSplit().Train.ToArray());
    }

    [Test]
    public void Halves_can_be_known_pair_by_pair()
    {
        var split = new PairSplit(5, [3, 1, 24]);

        split.Train.ToArray().Should().Equal(3, 1, 24);
        split.Test.ToArray().Should().Equal(Enumerable.Range(0, 25).Except([3, 1, 24]));
        split.Should().BeEquivalentTo(new { TrainFraction = 3 / 25.0, Seed = (long?)null, Shuffle = (PairShuffle?)null });
        new PairSplit(5, [3, 1], [7]).Test.ToArray().Should().Equal([7], "pairs may be left out of both");
        foreach (int[] wrong in (int[][])[[], [3, 3], [25], [-1], [.. Enumerable.Range(0, 25)]])
        {
            FluentActions.Invoking(() => new PairSplit(5, wrong)).Should().Throw<ArgumentException>().WithMessage("the halves are no numbers of pairs from 0 to 24, each once*");
        }
    }

    [Test]
    public void Train_and_test_halves_hold_every_pair_once()
    {
        var split = new PairSplit(113, 0.3, 0);

        split.Train.Length.Should().Be(3830);
        split.Test.Length.Should().Be(8939);
        split.Train.ToArray().Concat(split.Test.ToArray()).Order().Should().Equal(Enumerable.Range(0, 113 * 113));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    [TestCase(1e-5)]
    public void A_fraction_that_leaves_a_half_empty_is_refused(double fraction)
    {
        Action split = () => _ = new PairSplit(113, fraction, 0);

        split.Should().Throw<ArgumentException>().WithMessage("train fraction *");
    }

    [Test]
    public void Exchanged_halves_are_each_others()
    {
        var split = new PairSplit(59, 0.3, 7);
        PairSplit exchanged = split.Exchanged();

        exchanged.Train.ToArray().Should().Equal(split.Test.ToArray());
        exchanged.Test.ToArray().Should().Equal(split.Train.ToArray());
        exchanged.TrainFraction.Should().Be(1 - 0.3);
        exchanged.Seed.Should().Be(7);
    }
}
