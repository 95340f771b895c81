namespace GrokVerify.ClaimTests;

/// <summary>Runs of one setting that differ in their seed.</summary>
public sealed record SeedRuns(IReadOnlyList<ExampleRun> Runs)
{
    public SeedRunsAssertions Should() => new(this);
}
