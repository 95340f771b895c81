using System.Globalization;
using GrokVerify.Measures;
using GrokVerify.Tasks;

namespace GrokVerify.Analysis;

/// <summary>
/// A guess at the split that a network was trained on, from the losses of its pairs alone: of both ways to shuffle, the seeds 0 to 99 and the fractions 0.05, 0.10 .. 0.95
/// the one whose halves fit best, if it stands out. A guess, never used in place of the split.
/// </summary>
/// <remarks>
/// By recorded losses: the fit is the sum of |ln(mean loss of a half / recorded loss)| over the halves whose loss was recorded. It has to be below 0.02
/// (a loss is usually recorded one step before the weights are saved) and far below that of every other candidate: by a factor of 100. If the 3,800 fits were scattered at
/// random along a line, the smallest would be so far below the second with probability 1%; and a line it is also with both halves, whose losses together are those of all pairs.
/// By measured losses: training makes the losses of the train pairs lower, and more alike. The fit is the gain of two normal distributions of ln(loss), one
/// for each half, over one for all pairs, in nats of log-likelihood, where the mean is lower for the train half. It has to be 30 or more, and 10 or more above every
/// other candidate. For wrong seeds twice the gain is about chi-squared with 2 degrees of freedom: the largest of 3,800 then is 8.2, and more where ln(loss) has
/// longer tails than a normal distribution. On the authors' released network it is 10.2, and 925.5 for the true split.
/// </remarks>
/// <param name="TrainFraction">Share of the pairs.</param>
/// <param name="Seed">As in <see cref="PairSplit"/>.</param>
/// <param name="Shuffle">How the pairs were shuffled.</param>
/// <param name="Evidence">Why, in words.</param>
internal sealed record SplitHint(double TrainFraction, long Seed, PairShuffle Shuffle, string Evidence)
{
    private const int Seeds = 100;
    private const int Steps = 20;
    private const double LeastFactor = 100;
    private const double LeastGain = 30;

    /// <summary>Nats of log-likelihood by which one split has to be ahead of another: a factor of e^10.</summary>
    public const double LeastLead = 10;

    /// <summary>Below it a variance of ln(loss) is that of equal losses, and rounding.</summary>
    private const double LeastVariance = 1e-6;

    /// <summary>The variance of fewer pairs than this says little.</summary>
    private const int FewestPairs = 30;

    /// <param name="prime">p.</param>
    /// <param name="losses">The network's own loss of every pair.</param>
    /// <param name="recorded">The losses that the file records.</param>
    /// <returns>Null where no candidate stands out.</returns>
    public static SplitHint? Find(int prime, PairLosses losses, RecordedLosses recorded)
    {
        List<Candidate> candidates =
        [
            .. Enum.GetValues<PairShuffle>().SelectMany(shuffle => Enumerable.Range(0, Seeds).SelectMany(seed => Candidates(prime, seed, shuffle, losses.Losses))),
        ];
        return ByRecorded(candidates, recorded) ?? ByMeasured(candidates);
    }

    /// <summary>How much likelier the losses are with the halves of a split than without, in nats; minus infinity where they speak against it, null where they cannot tell: few pairs, or losses all alike.</summary>
    public static double? Gain(PairLosses losses, PairSplit split)
    {
        Sums train = Sum(losses.Losses, split.Train);
        return Gain(train, split.Train.Length, train.With(Sum(losses.Losses, split.Test)), split.Train.Length + split.Test.Length);
    }

    private static Sums Sum(IReadOnlyList<double> losses, ReadOnlySpan<int> pairs)
    {
        Sums sums = default;
        foreach (int pair in pairs)
        {
            sums = sums.With(losses[pair]);
        }

        return sums;
    }

    private static SplitHint? ByRecorded(List<Candidate> candidates, RecordedLosses recorded)
    {
        if (!recorded.Any)
        {
            return null;
        }

        (Candidate best, double fit, double next) = Best(candidates, candidate => -recorded.Distance(candidate.TrainLoss, candidate.TestLoss));
        (fit, next) = (-fit, -next);
        return fit < RecordedLosses.Tolerance && next > LeastFactor * fit
            ? new SplitHint(best.Fraction, best.Seed, best.Shuffle, string.Create(
                CultureInfo.InvariantCulture,
                $"of {candidates.Count:N0} candidates its losses ({best.TrainLoss:G4} train, {best.TestLoss:G4} test) are by far the nearest to those recorded, off by {fit:P2}, the next by {next:P0}"))
            : null;
    }

    private static SplitHint? ByMeasured(List<Candidate> candidates)
    {
        (Candidate best, double gain, double next) = Best(candidates, candidate => candidate.Gain);
        return gain >= LeastGain && gain - next >= LeastLead
            ? new SplitHint(best.Fraction, best.Seed, best.Shuffle, string.Create(
                CultureInfo.InvariantCulture,
                $"of {candidates.Count:N0} candidates its halves tell low losses from high ones by far the best, {gain:0} nats likelier than no split, the next {next:0}"))
            : null;
    }

    private static (Candidate Best, double Score, double Next) Best(List<Candidate> candidates, Func<Candidate, double> score)
    {
        // A loss of NaN makes a score of NaN, which is no fit at all.
        double Comparable(Candidate candidate) => score(candidate) is double value && !double.IsNaN(value) ? value : double.NegativeInfinity;
        Candidate[] ranked = [.. candidates.OrderByDescending(Comparable).Take(2)];
        return (ranked[0], Comparable(ranked[0]), Comparable(ranked[1]));
    }

    private static IEnumerable<Candidate> Candidates(int prime, int seed, PairShuffle shuffle, IReadOnlyList<double> losses)
    {
        var split = new PairSplit(prime, 1 - (1.0 / Steps), seed, shuffle);
        int[] order = [.. split.Train, .. split.Test];
        Sums all = Sum(losses, order);
        Sums train = default;
        int taken = 0;
        for (int step = 1; step < Steps; step++)
        {
            double fraction = (double)step / Steps;
            for (int count = (int)(fraction * order.Length); taken < count; taken++)
            {
                train = train.With(losses[order[taken]]);
            }

            if (taken > 0)
            {
                yield return new Candidate(fraction, seed, shuffle, train.Loss / taken, (all.Loss - train.Loss) / (order.Length - taken), Gain(train, taken, all, order.Length) ?? double.NegativeInfinity);
            }
        }
    }

    private static double? Gain(Sums train, int trainCount, Sums all, int count)
    {
        var test = new Sums(all.Loss - train.Loss, all.Log - train.Log, all.LogSquared - train.LogSquared);
        int testCount = count - trainCount;
        if (Math.Min(trainCount, testCount) < FewestPairs
            || !(all.Variance(count) > LeastVariance && train.Variance(trainCount) > LeastVariance && test.Variance(testCount) > LeastVariance))
        {
            return null;
        }

        return !(train.Log / trainCount < test.Log / testCount)
            ? double.NegativeInfinity
            : 0.5 * ((count * Math.Log(all.Variance(count))) - (trainCount * Math.Log(train.Variance(trainCount))) - (testCount * Math.Log(test.Variance(testCount))));
    }

    private readonly record struct Candidate(double Fraction, int Seed, PairShuffle Shuffle, double TrainLoss, double TestLoss, double Gain);

    /// <summary>Sums over pairs of the loss, of its logarithm and of the logarithm's square.</summary>
    private readonly record struct Sums(double Loss, double Log, double LogSquared)
    {
        public Sums With(double loss)
        {
            double log = Math.Log(Math.Max(loss, double.Epsilon));
            return new Sums(Loss + loss, Log + log, LogSquared + (log * log));
        }

        public Sums With(Sums other) => new(Loss + other.Loss, Log + other.Log, LogSquared + other.LogSquared);

        /// <summary>The variance of the logarithm.</summary>
        public double Variance(int count) => (LogSquared / count) - (Log / count * (Log / count));
    }
}
