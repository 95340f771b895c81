namespace GrokVerify.Engines;

/// <summary>
/// The magnitude below which an entry of the loss's gradient with respect to the logits is set to zero: 2^-116, a thousand times float32's smallest normal number.
/// </summary>
/// <remarks>
/// A network that has memorized is so sure of its train pairs that 14% of these entries are subnormal (the mainline's at epoch 4,000, on all of them), and
/// arithmetic on such numbers is slow: a step took 400 ms instead of 47 (one thread, AVX-512). Nothing is lost: in AdamW a gradient counts beside
/// epsilon = 1e-8 and beside the other pairs' entries, and 1e-35 is below the last bit of both.
/// </remarks>
internal static class GradientFloor
{
    /// <summary>2^-116.</summary>
    public const float Least = 1.2037062152420224e-35f;
}
