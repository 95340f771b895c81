using GrokVerify.Model;

namespace GrokVerify.Engines;

/// <summary>
/// Another weight decay for what W_E and W_U hold at some frequencies: their components along cos(w_k a) and sin(w_k a), a the token or the output, w_k = 2 pi k / p. All else, and every other
/// matrix, keeps the configuration's. Asks which part of the weights has to decay for a network to grok.
/// </summary>
/// <remarks>theta += learning rate * (weight decay - this weight decay) * P theta, theta as before the step, P the projection onto these components.</remarks>
public sealed record FrequencyDecay
{
    /// <summary>k, from 1 to (p - 1) / 2, at least one, each once; kept in ascending order.</summary>
    public required IReadOnlyList<int> Frequencies
    {
        get;
        init => field = [.. value.Order()];
    }

    /// <summary>Decoupled weight decay there, as <see cref="TrainingConfig.WeightDecay"/>, from 0 to 1000.</summary>
    public required double WeightDecay { get; init; }

    public bool Equals(FrequencyDecay? other) => other is not null && WeightDecay.Equals(other.WeightDecay) && Frequencies.SequenceEqual(other.Frequencies);

    public override int GetHashCode() => Frequencies.Aggregate(WeightDecay.GetHashCode(), HashCode.Combine);

    /// <summary>As "0 at 14 35 41".</summary>
    public override string ToString() => FormattableString.Invariant($"{WeightDecay} at {string.Join(' ', Frequencies)}");

    /// <summary>P, row by row, [d_vocab, d_vocab]: 2 / p times the sum over k of cos(w_k (a - b)); zero for "=". The same bits on every machine.</summary>
    /// <param name="model">The network.</param>
    internal double[] Projection(TransformerConfig model)
    {
        int p = model.Prime;
        double[] ofDistance = new double[p];
        for (int distance = 0; distance < p; distance++)
        {
            double sum = 0;
            foreach (int k in Frequencies)
            {
                sum += PortableMath.SinCosOfTurn((double)((long)k * distance % p) / p).Cosine;
            }

            ofDistance[distance] = 2 * sum / p;
        }

        int size = model.VocabularySize;
        double[] projection = new double[size * size];
        for (int a = 0; a < p; a++)
        {
            for (int b = 0; b < p; b++)
            {
                projection[(a * size) + b] = ofDistance[Math.Abs(a - b)];
            }
        }

        return projection;
    }

    /// <summary>What P theta is multiplied by in a step.</summary>
    /// <param name="config">The run.</param>
    /// <param name="step">Steps done before this one.</param>
    internal double Factor(TrainingConfig config, long step) => config.LearningRateAt(step) * (config.WeightDecay - WeightDecay);

    /// <exception cref="ArgumentException">Says what is wrong, and what to give instead.</exception>
    internal void Validate(int prime)
    {
        if (Frequencies.Count == 0 || Frequencies[0] < 1 || Frequencies[^1] > (prime - 1) / 2 || Frequencies.Distinct().Count() < Frequencies.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"frequencies with a weight decay of their own = {string.Join(',', Frequencies)}: give one or more from 1 to {(prime - 1) / 2}, each once"));
        }
    }
}
