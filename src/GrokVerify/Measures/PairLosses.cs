using GrokVerify.Engines;

namespace GrokVerify.Measures;

/// <summary>Loss and correctness of every pair, to be averaged over all of them or over a half of a split.</summary>
internal sealed class PairLosses
{
    private readonly double[] _losses;
    private readonly bool[] _correct;

    internal PairLosses(double[] losses, bool[] correct)
    {
        _losses = losses;
        _correct = correct;
    }

    /// <summary>Cross-entropy in nats of each pair: [p * p].</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Mean loss and accuracy on all pairs.</summary>
    public LossAndAccuracy OnAll()
    {
        double loss = 0;
        int right = 0;
        for (int pair = 0; pair < _losses.Length; pair++)
        {
            loss += _losses[pair];
            right += _correct[pair] ? 1 : 0;
        }

        return new LossAndAccuracy(loss / _losses.Length, (double)right / _losses.Length);
    }

    /// <summary>Mean loss and accuracy on some pairs, at least one.</summary>
    public LossAndAccuracy On(ReadOnlySpan<int> pairs)
    {
        double loss = 0;
        int right = 0;
        foreach (int pair in pairs)
        {
            loss += _losses[pair];
            right += _correct[pair] ? 1 : 0;
        }

        return new LossAndAccuracy(loss / pairs.Length, (double)right / pairs.Length);
    }
}
