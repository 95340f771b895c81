namespace GrokVerify.Tasks;

/// <summary>
/// The division of all p * p pairs into a train and a test half: the list of all pairs shuffled as CPython's
/// <c>random.seed(seed); random.shuffle(pairs)</c> does; the first int(fraction * p * p) are train.
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
    /// <param name="seed">The seed given to CPython's random.seed.</param>
    /// <exception cref="ArgumentException">The fraction leaves one of the halves empty.</exception>
    public PairSplit(int prime, double trainFraction, long seed)
    {
        int trainCount = RequireFraction(prime, trainFraction);
        int[] pairs = [.. Enumerable.Range(0, prime * prime)];
        new PythonRandom(seed).Shuffle(pairs);
        _train = pairs[..trainCount];
        _test = pairs[trainCount..];
        TrainFraction = trainFraction;
        Seed = seed;
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
    }

    /// <summary>Share of the pairs in the train half.</summary>
    public double TrainFraction { get; }

    public long Seed { get; }

    /// <summary>Pair numbers of the train half, in shuffled order.</summary>
    public ReadOnlySpan<int> Train => _train;

    /// <summary>Pair numbers of the test half, in shuffled order.</summary>
    public ReadOnlySpan<int> Test => _test;

    /// <summary>The same halves, each taken for the other: what a measure says then is a control for it.</summary>
    public PairSplit Exchanged() => new(this);
}
