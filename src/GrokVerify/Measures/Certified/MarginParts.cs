namespace GrokVerify.Measures.Certified;

/// <summary>
/// Where the margin of a pair goes, in the mean over all pairs, in logits. The parts are those of the class that comes nearest to the right one; a pair is proved right where <see cref="Kept"/> is more than the rest
/// of them together.
/// </summary>
/// <param name="Kept">The margin of the part that is kept exactly.</param>
/// <param name="NeuronRest">The most that the neurons can do outside their own waves.</param>
/// <param name="SkipRest">The most that the skip connection can do outside the key frequencies.</param>
/// <param name="Order">The most that the order of a and b can do.</param>
/// <param name="Rounding">The most that float64 can do, the same for every pair.</param>
internal sealed record MarginParts(double Kept, double NeuronRest, double SkipRest, double Order, double Rounding);
