using System.Text.Json.Serialization;

namespace GrokVerify.Engines;

/// <summary>
/// How the cross-entropy is computed from float32 logits, and of what. It matters: a float32 log-softmax rounds the loss of a fitted
/// network to multiples of 1.2e-7 and its gradient to noise, and training then spikes again and again ("slingshots").
/// </summary>
public enum LossForm
{
    /// <summary>
    /// float32 that keeps full relative precision: with d_j = l_j - l_y and S = sum over j != y of exp(d_j), loss = log1p(S).
    /// The default. In files of runs it is called "exact", as it was when the first of them were written.
    /// </summary>
    [JsonStringEnumMemberName("exact")]
    Log1p,

    /// <summary>log-softmax in float64, as the authors trained.</summary>
    Float64,

    /// <summary>log-softmax in float32, to study how it collapses.</summary>
    Float32,

    /// <summary>
    /// StableMax cross-entropy (Prieto et al., arXiv 2501.04697), in float64 as their code: -ln of s(l_y) / sum over j of s(l_j), s(x) = x + 1 from 0 up and 1 / (1 - x) below, in place of exp(x).
    /// Another loss, whose gradient does not vanish with a large gap.
    /// </summary>
    StableMax,
}
