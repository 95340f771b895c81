using GrokVerify.Judging;

namespace GrokVerify.Claims.Accelerations;

/// <summary>Tuning: every setting is trained on one seed, the better half on a second, the better quarter on a third; the best of those is chosen (Jamieson and Talwalkar, arXiv 1502.07943).</summary>
internal static class SuccessiveHalving
{
    /// <summary>Seeds of the rounds; of no use afterwards.</summary>
    public static IReadOnlyList<long> Seeds { get; } = [100, 101, 102];

    /// <summary>The settings that reach a round, the best first; those of the first in their order.</summary>
    /// <param name="way">What is tuned.</param>
    /// <param name="round">From 0; as many as there are seeds for the one that is chosen.</param>
    /// <param name="cost">What a training of the rounds before cost.</param>
    public static IReadOnlyList<int> Settings(Acceleration way, int round, Func<PlannedRun, double> cost)
    {
        if (round == 0)
        {
            return [.. Enumerable.Range(0, AdamWSettings.Count)];
        }

        IReadOnlyList<int> before = Settings(way, round - 1, cost);
        int kept = round == Seeds.Count ? 1 : before.Count / 2;
        return [.. before.OrderBy(setting => Seeds.Take(round).Sum(seed => Math.Log(cost(way.Of(setting, seed))))).Take(kept)];
    }
}
