using GrokVerify.Claims;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Runs;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>What every claim measures on the small run: the same statistics that take hours of training on the paper's network. That they hold there is not asked; p = 31 is another task.</summary>
[Category("Fast")]
[Category("Golden")]
public class FindingsGolden
{
    private const long Memorized = 1_000;
    private static readonly TrainingRun Run = SmallRun.Open();
    private static readonly Lazy<RunEvidence> Whole = new(() => RunEvidence.Measure(Run));
    private static readonly Lazy<RunEvidence> WithoutKeys = new(() => RunEvidence.Measure(Run, Run.CheckpointEpochs, keys: network => KeyFrequencies.In(new double[network.Alpha.Values.Count])));

    [Test]
    public Task Of_one_run() => Verify(OfOneRun(Whole.Value), "csv");

    [Test]
    public Task Of_a_run_that_ends_before_it_generalizes() => Verify(OfOneRun(RunEvidence.Measure(Run, [.. Run.CheckpointEpochs.Where(epoch => epoch <= Memorized)])), "csv");

    [Test]
    public Task Of_a_run_without_key_frequencies() => Verify(OfOneRun(WithoutKeys.Value), "csv");

    /// <summary>One of its own three and two others: of the neurons that have a frequency some have one of these.</summary>
    [Test]
    public Task Of_one_run_by_other_key_frequencies() => Verify(OfOneRun(By(1, 2, 5)), "csv");

    [Test]
    public Task Of_runs_by_other_key_frequencies() => Verify(OfSeveral(Whole.Value, By(2, 9), By(1, 2, 5, 8, 11)), "csv");

    [Test]
    public Task Of_runs_that_share_their_key_frequencies() => Verify(OfSeveral(By(1, 2, 5, 8, 11), By(1, 2, 5, 8, 11)), "csv");

    [Test]
    public Task Of_runs_one_of_which_has_a_single_key_frequency() => Verify(OfSeveral(Whole.Value, By(2)), "csv");

    [Test]
    public Task Of_runs_one_of_which_has_no_key_frequencies() => Verify(OfSeveral(Whole.Value, WithoutKeys.Value), "csv");

    private static string OfOneRun(RunEvidence run) => FindingsTable.Of(ClaimCatalog.OfOneRun.Select(claim => claim.Judge(run))).ToString();

    private static string OfSeveral(params RunEvidence[] runs) => FindingsTable.Of(ClaimCatalog.OfSeeds.Select(claim => claim.Judge(runs))).ToString();

    private static RunEvidence By(params int[] frequencies) =>
        RunEvidence.Measure(Run, [Run.CheckpointEpochs[^1]], keys: network => KeyFrequencies.Given(network.Alpha.Values, frequencies));
}
