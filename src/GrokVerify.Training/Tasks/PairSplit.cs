namespace GrokVerify.Tasks;

/// <summary>
/// The division of all p * p pairs into a train and a test half: the list of all pairs is shuffled, as CPython's
/// <c>random.seed(seed); random.shuffle(pairs)</c> does or as <see cref="Shuffle"/> says, and the first int(fraction * p * p) are train.
/// </summary>
/// <remarks>
/// The order is bit-identical to CPython because published checkpoints were trained on such splits
/// (the authors' released code; arXiv 2301.05217 section 3).
/// </remarks>
public sealed class PairSplit
{
    private readonly int[] _train;
    private readonly int[] _test;

    /// <param name="prime">The modulus p.</param>
    /// <param name="trainFraction">Share of the pairs that is trained on, strictly between 0 and 1.</param>
    /// <param name="seed">The seed given to CPython's random.seed, or to torch.manual_seed.</param>
    /// <param name="shuffle">How the pairs are shuffled.</param>
    /// <exception cref="ArgumentException">The fraction leaves one of the halves empty.</exception>
    public PairSplit(int prime, double trainFraction, long seed, PairShuffle shuffle = PairShuffle.Python)
    {
        int trainCount = RequireFraction(prime, trainFraction);
        int[] pairs = Shuffled(prime * prime, seed, shuffle);
        _train = pairs[..trainCount];
        _test = pairs[trainCount..];
        TrainFraction = trainFraction;
        Seed = seed;
        Shuffle = shuffle;
    }

    /// <summary>Halves that are known pair by pair.</summary>
    /// <param name="prime">The modulus p.</param>
    /// <param name="train">Pair numbers a * p + b of the train half, at least one.</param>
    /// <param name="test">Those of the test half; null for all others.</param>
    /// <exception cref="ArgumentException">A number is no pair's, or stands twice, or a half is empty.</exception>
    internal PairSplit(int prime, IReadOnlyList<int> train, IReadOnlyList<int>? test = null)
    {
        ModularTask.RequirePrime(prime);
        _train = [.. train];
        _test = [.. test ?? Enumerable.Range(0, prime * prime).Except(train)];
        var seen = new HashSet<int>();
        if (_train.Length == 0 || _test.Length == 0 || _train.Concat(_test).Any(pair => pair < 0 || pair >= prime * prime || !seen.Add(pair)))
        {
            throw new ArgumentException($"the halves are no numbers of pairs from 0 to {(prime * prime) - 1}, each once", nameof(train));
        }

        TrainFraction = (double)_train.Length / (prime * prime);
    }

    /// <returns>How many pairs are in the train half, int(fraction * p * p).</returns>
    /// <exception cref="ArgumentException">The fraction leaves one of the halves empty, or p is no odd prime from 5 to 257.</exception>
    internal static int RequireFraction(int prime, double trainFraction)
    {
        ModularTask.RequirePrime(prime);
        if (!(trainFraction > 0 && trainFraction < 1))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"train fraction {trainFraction} is out of range: give a number strictly between 0 and 1"),
                nameof(trainFraction));
        }

        int pairCount = prime * prime;
        int trainCount = (int)(trainFraction * pairCount);
        if (trainCount == 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"train fraction {trainFraction} of {pairCount} pairs leaves no pair to train on"),
                nameof(trainFraction));
        }

        return trainCount;
    }

    private PairSplit(PairSplit other)
    {
        _train = other._test;
        _test = other._train;
        TrainFraction = 1 - other.TrainFraction;
        Seed = other.Seed;
        Shuffle = other.Shuffle;
    }

    /// <summary>Share of the pairs in the train half.</summary>
    public double TrainFraction { get; }

    /// <summary>Null where the halves are known pair by pair.</summary>
    public long? Seed { get; }

    /// <summary>How the pairs were shuffled; null where the halves are known pair by pair.</summary>
    public PairShuffle? Shuffle { get; }

    /// <summary>Pair numbers of the train half, in shuffled order.</summary>
    public ReadOnlySpan<int> Train => _train;

    /// <summary>Pair numbers of the test half, in shuffled order.</summary>
    public ReadOnlySpan<int> Test => _test;

    /// <summary>The same halves, each taken for the other: what a measure says then is a control for it.</summary>
    public PairSplit Exchanged() => new(this);

    /// <summary>Halves of which the train half also has (b, a) for each of its pairs (a, b), behind the others and each pair once.</summary>
    /// <exception cref="ArgumentException">No pair is left to test on.</exception>
    internal PairSplit WithSwappedPairs(int prime)
    {
        int[] train = [.. _train.Concat(_train.Select(pair => (pair % prime * prime) + (pair / prime))).Distinct()];
        return train.Length < prime * prime
            ? new PairSplit(prime, train, [.. _test.Except(train)])
            : throw new ArgumentException(FormattableString.Invariant($"train fraction {TrainFraction} with swapped pairs leaves no pair to test on: give a smaller one"));
    }

    private static int[] Shuffled(int count, long seed, PairShuffle shuffle)
    {
        if (shuffle == PairShuffle.Torch)
        {
            return TorchPermutation.Of(count, seed);
        }

        int[] pairs = [.. Enumerable.Range(0, count)];
        new PythonRandom(seed).Shuffle(pairs);
        return pairs;
    }
}
