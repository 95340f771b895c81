namespace GrokVerify.Tasks;

/// <summary>
/// Modular addition: for tokens a, b in 0..p-1 predict c. The pairs are numbered row-major, pair = a * p + b;
/// the input tokens are (a, b, "=") and "=" has the id p.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 3, with the token layout of the authors' released code.</remarks>
public sealed class ModularTask
{
    private readonly int[] _labels;

    /// <param name="prime">The modulus p, an odd prime from 5 to 257.</param>
    /// <param name="labelRule">What the label of a pair is.</param>
    /// <param name="labelSeed">Seed of the permutation of <see cref="Tasks.LabelRule.Shuffled"/>; unused otherwise.</param>
    /// <param name="classes">Among how many classes the network chooses: p + 1 as in the paper, "=" the last of them, or p. Null for p + 1.</param>
    /// <exception cref="ArgumentException">p is even, not prime, or out of range; or there are neither p nor p + 1 classes.</exception>
    public ModularTask(int prime, LabelRule labelRule = LabelRule.Sum, long labelSeed = 0, int? classes = null)
    {
        RequirePrime(prime);
        Prime = prime;
        Classes = classes ?? VocabularySize;
        if (Classes != prime && Classes != VocabularySize)
        {
            throw new ArgumentException($"{classes} classes do not fit p = {prime}: give p or p + 1", nameof(classes));
        }

        LabelRule = labelRule;
        _labels = new int[PairCount];
        for (int pair = 0; pair < PairCount; pair++)
        {
            _labels[pair] = (First(pair) + Second(pair)) % prime;
        }

        if (labelRule == LabelRule.Shuffled)
        {
            new PythonRandom(labelSeed).Shuffle(_labels);
        }
    }

    private ModularTask(ModularTask other, int[] labels)
    {
        (Prime, Classes, LabelRule, _labels) = (other.Prime, other.Classes, other.LabelRule, labels);
    }

    /// <summary>The modulus, the paper's P.</summary>
    public int Prime { get; }

    public LabelRule LabelRule { get; }

    /// <summary>p * p.</summary>
    public int PairCount => Prime * Prime;

    /// <summary>p + 1: the numbers and the "=" token.</summary>
    public int VocabularySize => Prime + 1;

    /// <summary>The classes of the network's own loss, p + 1 or p.</summary>
    public int Classes { get; }

    /// <summary>The id of the "=" token, p.</summary>
    public int EqualsToken => Prime;

    /// <summary>The label of every pair; int [p * p], values 0..p-1.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The token a of a pair.</summary>
    public int First(int pair) => pair / Prime;

    /// <summary>The token b of a pair.</summary>
    public int Second(int pair) => pair % Prime;

    /// <summary>The same task, but some pairs have another label, each drawn uniformly among the p - 1 that are wrong.</summary>
    /// <param name="pairs">Which, in the order in which the labels are drawn.</param>
    /// <param name="seed">As given to CPython's <c>random.seed</c>.</param>
    internal ModularTask WithWrongLabels(ReadOnlySpan<int> pairs, long seed)
    {
        var random = new PythonRandom(seed);
        int[] labels = [.. _labels];
        foreach (int pair in pairs)
        {
            labels[pair] = (labels[pair] + 1 + random.NextBelow(Prime - 1)) % Prime;
        }

        return new ModularTask(this, labels);
    }

    /// <exception cref="ArgumentException">The number is even, not prime, or outside 5..257.</exception>
    public static void RequirePrime(int prime)
    {
        if (prime is < 5 or > 257)
        {
            throw new ArgumentException($"p = {prime} is out of range: give a prime from 5 to 257", nameof(prime));
        }

        if (prime % 2 == 0)
        {
            throw new ArgumentException($"p = {prime} is even: the Fourier basis here needs an odd prime", nameof(prime));
        }

        for (int divisor = 3; divisor * divisor <= prime; divisor += 2)
        {
            if (prime % divisor == 0)
            {
                throw new ArgumentException($"p = {prime} is not prime: it is divisible by {divisor}", nameof(prime));
            }
        }
    }
}
