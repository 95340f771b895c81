namespace GrokVerify.Judging;

/// <summary>Probabilities of k or more, and of fewer than k, successes in n independent trials.</summary>
internal static class BinomialTail
{
    /// <summary>P(X &lt; k), X ~ Binomial(n, p).</summary>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="successes">k, 0..n + 1.</param>
    /// <param name="probability">p, 0..1.</param>
    public static double Below(int trials, int successes, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability is from 0 to 1");
        }

        double sum = 0;
        double combinations = 1;
        for (int i = 0; i < successes && i <= trials; i++)
        {
            sum += combinations * Math.Pow(probability, i) * Math.Pow(1 - probability, trials - i);
            combinations = combinations * (trials - i) / (i + 1);
        }

        return Math.Min(sum, 1);
    }

    /// <summary>
    /// The lower end of the one-sided 95% interval of Clopper and Pearson (1934): the p at which as many successes as seen, or more, come with probability 0.05; 0 for none seen.
    /// </summary>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="successes">Successes seen, 0..n.</param>
    public static double LowerBound(int trials, int successes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (successes == 0)
        {
            return 0;
        }

        double low = 0;
        double high = 1;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = 1 - Below(trials, successes, middle) < 0.05 ? (middle, high) : (low, middle);
        }

        return low;
    }
}
