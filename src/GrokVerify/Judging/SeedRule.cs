namespace GrokVerify.Judging;

/// <summary>Over n seeds a claim is reproduced when k of them or more show it.</summary>
/// <remarks>
/// With seeds fixed and the exact engine the outcome is the same on every machine. The rates say what another draw of seeds, or a change of the rounding, would risk.
/// </remarks>
/// <param name="Seeds">n, at least 1.</param>
/// <param name="Needed">k, 1..n.</param>
public sealed record SeedRule(int Seeds, int Needed)
{
    /// <summary>The rule of the default tier: 3 of 5.</summary>
    public static SeedRule Default { get; } = new(5, 3);

    /// <summary>
    /// The probability that the claim is called not reproduced: the false-alarm rate at the rate at which seeds show a true claim, the detection rate at one to which it has fallen.
    /// </summary>
    /// <param name="perSeed">The probability that one seed shows the claim, 0..1.</param>
    public double Alarm(double perSeed) => BinomialTail.Below(Seeds, Needed, perSeed);

    /// <summary>True when enough seeds show the claim.</summary>
    public bool IsReproducedBy(int showing) => showing >= Needed;

    /// <summary>True when the seeds that were not judged yet can no longer change the verdict.</summary>
    /// <param name="judged">Seeds judged so far.</param>
    /// <param name="showing">How many of these show the claim.</param>
    public bool IsDecidedBy(int judged, int showing) => IsReproducedBy(showing) || !IsReproducedBy(showing + Seeds - judged);
}
