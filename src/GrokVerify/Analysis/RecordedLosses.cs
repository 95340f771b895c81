using GrokVerify.Measures;
using GrokVerify.Tasks;

namespace GrokVerify.Analysis;

/// <summary>The last losses that a network's file records, and whether the network as it was read has them.</summary>
/// <remarks>
/// A loss is usually recorded one step before the weights are saved, and one step changes it by less than 2%. Near 0 the rounding of a loss that was computed in float32 counts, too: a few units of 2^-23
/// for each pair, taken here as <see cref="Float32Noise"/>, up to a factor of 2, beyond which it counts as another loss even so.
/// </remarks>
internal sealed record RecordedLosses
{
    /// <summary>Difference of logarithms.</summary>
    public const double Tolerance = 0.02;

    private const double Float32Noise = 2e-7;

    /// <param name="train">Mean over the train pairs, in nats; null for none. What is no positive number is no loss that could be compared.</param>
    /// <param name="test">Mean over the test pairs.</param>
    public RecordedLosses(double? train, double? test)
    {
        Train = Positive(train);
        Test = Positive(test);
    }

    public double? Train { get; }

    public double? Test { get; }

    /// <summary>Whether there is one.</summary>
    public bool Any => Train is not null || Test is not null;

    /// <summary>The sum of |ln(measured / recorded)| over the halves whose loss is recorded.</summary>
    public double Distance(double train, double test) => Distance(train, Train) + Distance(test, Test);

    /// <summary>Whether the halves of a split have these losses.</summary>
    public bool Fit(PairLosses losses, PairSplit split) => Contradiction(losses, split) is null;

    /// <summary>What the network has and its file does not, in words; null where they agree as far as can be told.</summary>
    /// <param name="losses">The network's own loss of every pair.</param>
    /// <param name="split">The halves; null where they are unknown: then the loss on all pairs has to lie between both.</param>
    public string? Contradiction(PairLosses losses, PairSplit? split)
    {
        if (split is null)
        {
            double all = losses.OnAll().Loss;
            return Train is double train && Test is double test && (IsOff(all, Math.Max(train, test)) && all > Math.Max(train, test) || IsOff(all, Math.Min(train, test)) && all < Math.Min(train, test))
                ? $"records a train loss of {NumberFormat.Loss(train)} and a test loss of {NumberFormat.Loss(test)}, but the network read from it has {NumberFormat.Loss(all)} on all pairs, which is not between them"
                : null;
        }

        foreach ((string half, double measured, double? recorded) in new[] { ("train", losses.On(split.Train).Loss, Train), ("test", losses.On(split.Test).Loss, Test) })
        {
            if (recorded is double loss && IsOff(measured, loss))
            {
                return $"records a {half} loss of {NumberFormat.Loss(loss)}, but the network read from it has {NumberFormat.Loss(measured)}";
            }
        }

        return null;
    }

    private static double Distance(double measured, double? recorded) => recorded is double loss ? Math.Abs(Math.Log(measured / loss)) : 0;

    private static bool IsOff(double measured, double recorded) =>
        !(Distance(measured, recorded) <= Math.Max(Tolerance, Math.Min(Math.Log(2), Float32Noise / recorded)));

    private static double? Positive(double? loss) => loss is > 0 and < double.PositiveInfinity ? loss : null;
}
