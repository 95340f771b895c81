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
    /// Five, in the order in which they are judged: those that show most claims in the calibration come first, so that as few as possible have to be trained until every claim is decided. In the default tier five
    /// of the six that the authors' code was run with: whether they show a claim is known, and a verdict that changes is a change of the code.
    /// </summary>
    public static IReadOnlyList<long> Seeds { get; } =
    [
        .. Enumerable.Range(0, IsNightly ? SeedRule.Default.Seeds : AuthorsSeeds).Select(i => FirstSeed + i).OrderByDescending(Calibration.OfThisRepository.ClaimsShownBy).Take(SeedRule.Default.Seeds),
    ];
}
