using System.Globalization;
using GrokVerify.Engines;
using GrokVerify.Exact;

namespace GrokVerify.Tests.Exact;

/// <summary>
/// The golden hashes of <see cref="ExactWeightsGolden"/>, reached with one thread, and so with several runs side by side: in this process, and under
/// each runtime switch in a process of its own. The default tier takes the small run to epoch 1,000, under switches of the compiler to 100, and the mainline to 100 (with one thread, MainlineRunGolden of the claims takes it
/// to 7,750). Without AVX2 there is no fused multiply-add either and a step of the mainline takes seconds: there the small run alone goes to 10 (the first step has learning rate 0, so that epoch 1 would
/// show nothing). The nightly tier takes it to 1,000 and the mainline to 100 there, and everywhere else as far as there are hashes.
/// </summary>
[Category("Exact")]
[Parallelizable(ParallelScope.All)]
public class EverySwitchTests
{
    [TestCase(GoldenRuns.Mainline, 100)]
    [TestCase(GoldenRuns.Small, GoldenRuns.All)]
    public void One_thread_gives_the_golden_hashes(int prime, int lastEpoch)
    {
        TrainingConfig config = GoldenRuns.Config(prime);
        IReadOnlyList<GoldenHash> expected = GoldenRuns.Hashes(prime, GoldenRuns.IsNightly ? GoldenRuns.All : lastEpoch);
        using var engine = new ExactEngine(config, TrainingState.Initial(config), threads: 1);

        expected.Select(hash => GoldenRuns.HashAt(engine, hash.Epoch)).Should().Equal(expected, $"of p = {prime} with one thread");
    }

    [TestCase("DOTNET_EnableAVX2=0", GoldenRuns.Small, 10, 1000)]
    [TestCase("DOTNET_EnableAVX2=0", GoldenRuns.Mainline, GoldenRuns.None, 100)]
    [TestCase("DOTNET_EnableHWIntrinsic=0", GoldenRuns.Mainline, GoldenRuns.None, 100)]
    [TestCase("DOTNET_EnableHWIntrinsic=0", GoldenRuns.Small, 10, 1000)]
    [TestCase("DOTNET_EnableAVX512=0", GoldenRuns.Mainline, 100, GoldenRuns.All)]
    [TestCase("DOTNET_EnableAVX512=0", GoldenRuns.Small, GoldenRuns.All, GoldenRuns.All)]
    [TestCase("DOTNET_TieredCompilation=0", GoldenRuns.Mainline, 100, GoldenRuns.All)]
    [TestCase("DOTNET_TieredCompilation=0", GoldenRuns.Small, 100, GoldenRuns.All)]
    [TestCase("DOTNET_TieredPGO=0", GoldenRuns.Mainline, 100, GoldenRuns.All)]
    [TestCase("DOTNET_TieredPGO=0", GoldenRuns.Small, 100, GoldenRuns.All)]
    [TestCase("DOTNET_ReadyToRun=0", GoldenRuns.Mainline, 100, GoldenRuns.All)]
    [TestCase("DOTNET_ReadyToRun=0", GoldenRuns.Small, 100, GoldenRuns.All)]
    public void Runtime_switches_give_the_golden_hashes(string runtimeSwitch, int prime, int lastEpoch, int lastEpochNightly)
    {
        TrainingConfig config = GoldenRuns.Config(prime);
        IReadOnlyList<GoldenHash> expected = GoldenRuns.Hashes(prime, GoldenRuns.IsNightly ? lastEpochNightly : lastEpoch);
        Assume.That(expected, Is.Not.Empty, "a step of the mainline takes seconds there: the nightly tier");
        string[] shape = [Text(prime), Text(config.TrainFraction), Text(config.Model.DModel), Text(config.Model.Heads), Text(config.Model.DMlp)];

        string[] lines = ProbeProcess.Run(runtimeSwitch, [.. shape, "1", .. expected.Select(hash => Text(hash.Epoch))]);

        lines.Where(line => char.IsDigit(line[0])).Select(line => line.Split(' ')[1]).Should().Equal(expected.Select(hash => hash.Sha256), $"of p = {prime} under {runtimeSwitch}");
    }

    private static string Text(IConvertible value) => value.ToString(CultureInfo.InvariantCulture);
}
