using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>How much is trained: the test run parameter "tier", "default" or "nightly".</summary>
internal static class TrainingTier
{
    /// <summary>Seeds, from 0, that the authors' code was run with.</summary>
    public const int AuthorsSeeds = 6;

    public static bool IsNightly { get; } = TestContext.Parameters.Get("tier", "default") == "nightly";

    /// <summary>0; in the nightly tier a fresh one each day, five times the number of days since 1 January of the year 1.</summary>
    public static long FirstSeed { get; } = IsNightly ? SeedRule.Default.Seeds * (long)DateOnly.FromDateTime(DateTime.UtcNow).DayNumber : 0;

    /// <summary>
    /// Five, in the order in which they are judged. In the default tier the paper's seed, another of the authors', and of the other calibrated ones those that show most claims, the shortest first, so that as
    /// little as possible has to be trained until every claim is decided: what they show is known, and a verdict that changes is a change of the code.
    /// </summary>
    public static IReadOnlyList<long> Seeds { get; } = IsNightly
        ? [.. Enumerable.Range(0, SeedRule.Default.Seeds).Select(i => FirstSeed + i)]
        : [.. Known.Concat(Calibration.OfThisRepository.Seeds.Except(Known).OrderByDescending(Calibration.OfThisRepository.ClaimsShownBy).ThenBy(Calibration.OfThisRepository.Length)).Take(SeedRule.Default.Seeds)];

    /// <summary>The paper's seed, and the soonest of the others that the authors' code was run with.</summary>
    private static long[] Known => [0, 2];
}
