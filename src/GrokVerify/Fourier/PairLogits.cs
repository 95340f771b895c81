using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Fourier;

/// <summary>The logits of any network on all pairs, with the spectra read from them; each computed once, when first asked for.</summary>
public sealed class PairLogits
{
    private readonly Lazy<PairGridSums> _sums;
    private readonly Lazy<AlphaSpectrum> _alpha;
    private readonly Lazy<KeyFrequencies> _keys;

    /// <param name="task">The labels.</param>
    /// <param name="values">float64 [p * p, p or more]; columns from p on (the "=" class) take no part in the spectra.</param>
    internal PairLogits(ModularTask task, Matrix values)
    {
        Task = task;
        Basis = new FourierBasis(task.Prime);
        Values = values;
        _sums = new(() => new PairGridSums(task.Prime, values, task.Prime));
        _alpha = new(() => AlphaSpectrum.Of(Basis, values, Sums));
        _keys = new(() => KeyFrequencies.In(Alpha));
    }

    internal ModularTask Task { get; }

    internal FourierBasis Basis { get; }

    /// <summary>float64 [p * p, p or more].</summary>
    internal Matrix Values { get; }

    /// <summary>Line sums of the logits 0..p-1.</summary>
    internal PairGridSums Sums => _sums.Value;

    internal AlphaSpectrum Alpha => _alpha.Value;

    internal KeyFrequencies KeyFrequencies => _keys.Value;
}
