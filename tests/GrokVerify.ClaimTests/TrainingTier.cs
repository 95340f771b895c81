using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>How much is trained: the test run parameter "tier", "default" or "nightly".</summary>
internal static class TrainingTier
{
    /// <summary>Seeds, from 0, that the authors' code was run with.</summary>
    public const int AuthorsSeeds = 6;

    /// <summary>Networks trained at once where the test run parameter "device" is "cuda".</summary>
    public const int NetworksOnGpu = 64;

    /// <summary>Whether a GPU trains: to the same bits as a processor, many networks at once. In the nightly tier it trains more of them.</summary>
    public static bool IsOnGpu { get; } = TestContext.Parameters.Get("device", "cpu") == "cuda";

    public static bool IsNightly { get; } = TestContext.Parameters.Get("tier", "default") == "nightly";

    /// <summary>0; in the nightly tier a fresh one each day, so many times the number of days since 1 January of the year 1 as are judged in a night.</summary>
    public static long FirstSeed { get; } = IsNightly ? JudgedInANight * (long)DateOnly.FromDateTime(DateTime.UtcNow).DayNumber : 0;

    /// <summary>Fresh seeds of the night: as many as the rule over seeds has, or as a GPU trains at once.</summary>
    public static IReadOnlyList<long> FreshSeeds { get; } = [.. Enumerable.Range(0, JudgedInANight).Select(i => FirstSeed + i)];

    /// <summary>
    /// Five, in the order in which they are judged. In the default tier the paper's seed, another of the authors', and of the other calibrated ones those that show most claims, the shortest first, so that as
    /// little as possible has to be trained until every claim is decided: what they show is known, and a verdict that changes is a change of the code.
    /// </summary>
    public static IReadOnlyList<long> Seeds { get; } = IsNightly
        ? [.. FreshSeeds.Take(SeedRule.Default.Seeds)]
        : [.. Known.Concat(Calibration.OfThisRepository.Seeds.Except(Known).OrderByDescending(Calibration.OfThisRepository.ClaimsShownBy).ThenBy(Calibration.OfThisRepository.Length)).Take(SeedRule.Default.Seeds)];

    private static int JudgedInANight => IsOnGpu ? NetworksOnGpu : SeedRule.Default.Seeds;

    /// <summary>The paper's seed, and the soonest of the others that the authors' code was run with.</summary>
    private static long[] Known => [0, 2];
}
