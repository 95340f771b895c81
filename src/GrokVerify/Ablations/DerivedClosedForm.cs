using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Tasks;

namespace GrokVerify.Ablations;

/// <summary>
/// The network in closed form, derived from its weights: logits = sum over key frequencies of alpha_k cos(w_k(a+b-c)) with the alpha_k of <see cref="DerivedWaves"/> and the key frequencies of W_L. No coefficient
/// is fitted to what the network says of any pair, as in <see cref="ClosedForm"/>.
/// </summary>
/// <remarks>
/// Beside it stand other sets of as many frequencies drawn at random, twenty, always the same ones: with the coefficients that the same derivation gives there, which is what a network that used no frequencies in particular
/// would show; and with the derived coefficients moved there, equally large, which has the right answers by construction and can only be further from this network.
/// </remarks>
internal sealed record DerivedClosedForm
{
    private const int Draws = 20;

    /// <summary>K, found in the norms of W_L; empty where there is none.</summary>
    public IReadOnlyList<int> Frequencies { get; private init; } = [];

    /// <summary>Why there is no closed form; null where there is one.</summary>
    public string? AbsenceReason { get; private init; }

    /// <summary>alpha_k as derived, and as measured on all pairs: for each of K.</summary>
    public IReadOnlyList<(double Derived, double Measured)> Alphas { get; private init; } = [];

    /// <summary>The closed form beside the network; null where there is none.</summary>
    public CosineFit? Fit { get; private init; }

    /// <summary>The derived coefficients of random sets of as many frequencies; empty where there is no closed form.</summary>
    public IReadOnlyList<CosineFit> RandomSets { get; private init; } = [];

    /// <summary>The coefficients of the closed form moved to the same random sets.</summary>
    public IReadOnlyList<CosineFit> MovedToRandomSets { get; private init; } = [];

    /// <summary>Over all neurons, whether there is a closed form or not; null where no neuron reads and writes a wave.</summary>
    public PhaseLaw? Phases { get; private init; }

    /// <summary>How many numbers the closed form has.</summary>
    public int CoefficientCount => Frequencies.Count;

    /// <param name="network">Any network.</param>
    public static DerivedClosedForm Of(NetworkSpectra network)
    {
        if ((network.NeuronAbsence ?? network.AttentionAbsence) is string reason)
        {
            return new DerivedClosedForm { AbsenceReason = reason };
        }

        var waves = new DerivedWaves(network);
        PhaseLaw? phases = PhaseLaw.Of(waves.Neurons);
        KeyFrequencies keys = KeyFrequencies.In(network.NeuronLogitMap.FrequencyNorms);
        return keys.Exist ? Of(network, waves, keys.Frequencies) with { Phases = phases } : new DerivedClosedForm { AbsenceReason = $"in W_L, {keys.AbsenceReason}", Phases = phases };
    }

    private static DerivedClosedForm Of(NetworkSpectra network, DerivedWaves waves, IReadOnlyList<int> keys)
    {
        var fits = new CosineFits(network.Logits);
        double Derived(int k) => waves.Alpha[k - 1];
        var random = new PythonRandom(0);
        int[] all = [.. Enumerable.Range(1, network.Basis.FrequencyCount)];
        var sets = new CosineFit[Draws];
        var moved = new CosineFit[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            int[] drawn;
            do
            {
                random.Shuffle(all.AsSpan());
                drawn = all[..keys.Count];
            }
            while (!keys.Except(drawn).Any());

            sets[draw] = fits.Of(drawn, Derived);
            moved[draw] = fits.Of(drawn, k => Derived(keys[Array.IndexOf(drawn, k)]));
        }

        return new DerivedClosedForm
        {
            Frequencies = keys,
            Alphas = [.. keys.Select(k => (Derived(k), network.Alpha[k]))],
            Fit = fits.Of(keys, Derived),
            RandomSets = sets,
            MovedToRandomSets = moved,
        };
    }
}
