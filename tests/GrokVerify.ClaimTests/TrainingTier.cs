namespace GrokVerify.ClaimTests;

/// <summary>How much is trained: the test run parameter "tier", "default" or "nightly".</summary>
internal static class TrainingTier
{
    private const int SeedCount = 5;

    public static bool IsNightly { get; } = TestContext.Parameters.Get("tier", "default") == "nightly";

    /// <summary>0 to 4; in the nightly tier five fresh ones each day, from five times the number of days since 1 January of the year 1.</summary>
    public static IReadOnlyList<long> Seeds { get; } =
        [.. Enumerable.Range(0, SeedCount).Select(i => i + (IsNightly ? SeedCount * (long)DateOnly.FromDateTime(DateTime.UtcNow).DayNumber : 0))];
}
