using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>The tier's sweeps: at p = 59 and seed 0; in the nightly tier at p = 113 with a fresh seed. Those at a constant norm are of a known seed in both.</summary>
internal static class SweepRuns
{
    private static readonly IReadOnlyList<SweepClaim> Claims = ClaimCatalog.SweepsAt(TrainingTier.IsNightly ? SweepScale.Paper : SweepScale.Small, TrainingTier.FirstSeed);

    private static readonly Lazy<SweepFamily> OfTierAndSeed = new(() => new SweepFamily(RunTraining.Sweep, Claims));

    public static SweepFamily Family => OfTierAndSeed.Value;

    public static Sweep Of<TClaim>(CancellationToken cancellation)
        where TClaim : SweepClaim => Family.Of(OfTier<TClaim>(), cancellation);

    public static TClaim OfTier<TClaim>()
        where TClaim : SweepClaim => Claims.OfType<TClaim>().Single();
}
