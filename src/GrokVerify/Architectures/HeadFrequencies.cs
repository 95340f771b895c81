using GrokVerify.Fourier;

namespace GrokVerify.Architectures;

/// <summary>How well the attention of each head from "=" is described by one frequency (<see cref="AttentionSpectra"/>).</summary>
/// <param name="Frequencies">Of each head.</param>
/// <param name="MeanFve">Mean over heads of the fraction of variance of the attention to a that the head's frequency explains, 0..1.</param>
public sealed record HeadFrequencies(IReadOnlyList<int> Frequencies, double MeanFve)
{
    internal static HeadFrequencies Of(AttentionSpectra spectra) => new(spectra.Frequencies, spectra.Fractions.Average());
}
