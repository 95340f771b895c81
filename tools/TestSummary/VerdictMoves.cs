namespace TestSummary;

/// <summary>What moved between two verifications, a line each: verdicts, the seeds that show a claim, statistics, rules, claims that came and went. Seeds may differ: values are not compared.</summary>
public static class VerdictMoves
{
    public static IEnumerable<string> Between(IReadOnlyList<ClaimVerdict> before, IReadOnlyList<ClaimVerdict> now)
    {
        var earlier = before.ToDictionary(verdict => verdict.Id);
        foreach (ClaimVerdict verdict in now)
        {
            if (!earlier.Remove(verdict.Id, out ClaimVerdict? was))
            {
                yield return $"{verdict.Id}: is new, and {Word(verdict)}";
                continue;
            }

            if (was.Holds != verdict.Holds)
            {
                yield return $"{verdict.Id}: {Word(was)} before, {Word(verdict)} now";
            }

            if (was.How != verdict.How)
            {
                yield return $"{verdict.Id}: before {was.How}; now {verdict.How}";
            }

            foreach (string statistic in Names(verdict).Except(Names(was)))
            {
                yield return $"{verdict.Id}: {statistic} keeps its rule no longer";
            }

            foreach (string statistic in Names(was).Except(Names(verdict)))
            {
                yield return $"{verdict.Id}: {statistic} keeps its rule again";
            }

            if (was.Rule != verdict.Rule)
            {
                yield return $"{verdict.Id}: is judged by other rules than before";
            }
        }

        foreach (string id in earlier.Keys.Order(StringComparer.Ordinal))
        {
            yield return $"{id}: was not judged this time";
        }
    }

    internal static string Word(ClaimVerdict verdict) => verdict.Holds ? "holds" : "does not hold";

    private static IEnumerable<string> Names(ClaimVerdict verdict) => verdict.Missed.Select(missed => missed.Split(": ")[0]);
}
