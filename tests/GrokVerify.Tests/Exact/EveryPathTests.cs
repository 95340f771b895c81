using System.Globalization;
using GrokVerify.Exact;
using GrokVerify.Golden;
using GrokVerify.Training;

namespace GrokVerify.Tests.Exact;

/// <summary>
/// The golden hashes of <see cref="ExactWeightsGolden"/>, reached on every path: threads, vector widths, runtime switches, interruptions.
/// Category Exact: minutes of training. A path that computes slowly goes as far as half a minute takes it; the nightly tier goes on to where the golden mainline ends.
/// </summary>
[Category("Exact")]
[NonParallelizable]
public class EveryPathTests
{
    private const int All = int.MaxValue;
    private static readonly bool IsNightly = TestContext.Parameters.Get("tier", "default") == "nightly";
    private static readonly ILookup<TrainingConfig, GoldenHash> Golden = ((GoldenHash[])
        [.. OfFirstThousandEpochs("Of_the_first_epochs"), .. OfFirstThousandEpochs("Of_a_hundred_epochs"), .. OfFirstThousandEpochs("Of_a_thousand_epochs"), .. IsNightly ? OfMainline() : []])
        .OrderBy(hash => hash.Epoch)
        .ToLookup(hash => new TrainingConfig { Model = new() { Prime = hash.Prime }, TrainFraction = hash.TrainFraction });

    private sealed record GoldenHash(int Prime, double TrainFraction, int Epoch, string Sha256);

    [TestCase(1, VectorWidth.Vector512, All)]
    [TestCase(2, VectorWidth.Vector512, All)]
    [TestCase(3, VectorWidth.Vector512, All)]
    [TestCase(5, VectorWidth.Vector512, All)]
    [TestCase(2, VectorWidth.Vector256, All)]
    [TestCase(2, VectorWidth.Vector128, All)]
    [TestCase(2, VectorWidth.Scalar, 100)]
    public void Threads_and_vectors_give_the_golden_hashes(int threads, VectorWidth width, int lastEpoch)
    {
        foreach (IGrouping<TrainingConfig, GoldenHash> run in Golden)
        {
            using var engine = new ExactEngine(run.Key, TrainingState.Initial(run.Key), new ExactEngineOptions { Threads = threads, Width = width });
            GoldenHash[] expected = [.. run.Where(hash => hash.Epoch <= lastEpoch)];

            expected.Select(hash => hash with { Sha256 = HashAt(engine, hash.Epoch) }).Should().Equal(expected, $"of {width} with {threads} threads");
        }
    }

    [TestCase("DOTNET_TieredCompilation=0", All)]
    [TestCase("DOTNET_TieredPGO=0", All)]
    [TestCase("DOTNET_ReadyToRun=0", All)]
    [TestCase("DOTNET_EnableAVX512=0", 100)]
    [TestCase("DOTNET_EnableAVX2=0", 10)]
    [TestCase("DOTNET_EnableHWIntrinsic=0", 10)]
    public void Runtime_switches_give_the_golden_hashes(string runtimeSwitch, int lastEpoch)
    {
        foreach (IGrouping<TrainingConfig, GoldenHash> run in Golden)
        {
            GoldenHash[] expected = [.. run.Where(hash => hash.Epoch <= lastEpoch)];
            string[] shape = [Text(run.Key.Model.Prime), Text(run.Key.TrainFraction), Text(run.Key.Model.DModel), Text(run.Key.Model.Heads), Text(run.Key.Model.DMlp)];

            string[] lines = ProbeProcess.Run(runtimeSwitch, [.. shape, "2", .. expected.Select(hash => Text(hash.Epoch))]);

            lines.Where(line => char.IsDigit(line[0])).Select(line => line.Split(' ')[1]).Should().Equal(expected.Select(hash => hash.Sha256), $"of {runtimeSwitch}");
        }
    }

    [Test]
    public void Interruptions_give_the_golden_hashes()
    {
        foreach (IGrouping<TrainingConfig, GoldenHash> run in Golden)
        {
            TrainingState state = TrainingState.Initial(run.Key);
            foreach (GoldenHash expected in run)
            {
                // Interrupted half-way and at each golden epoch; every stretch is another engine's, with another number of threads.
                foreach (long epoch in new[] { (state.Epoch + expected.Epoch) / 2, expected.Epoch })
                {
                    using var engine = new ExactEngine(run.Key, state, threads: 1 + (int)(epoch % 2));
                    HashAt(engine, epoch);
                    state = engine.Capture();
                }

                state.Weights.Sha256().Should().Be(expected.Sha256, $"of p = {expected.Prime} at epoch {expected.Epoch}");
            }
        }
    }

    private static string HashAt(ExactEngine engine, long epoch)
    {
        while (engine.Epoch < epoch)
        {
            engine.Step();
        }

        return engine.Capture().Weights.Sha256();
    }

    private static IEnumerable<GoldenHash> OfFirstThousandEpochs(string test) =>
        Read(nameof(ExactWeightsGolden), test).Select(row => new GoldenHash(Integer(row[0]), double.Parse(row[1], CultureInfo.InvariantCulture), Integer(row[3]), row[4]));

    /// <summary>The hashes that tests/GrokVerify.Claims checks on its run of the mainline.</summary>
    private static IEnumerable<GoldenHash> OfMainline() => Read("MainlineRunGolden", "Weights")
        .Select(row => new GoldenHash(113, 0.3, Integer(row[0]), row[1]))
        .Where(hash => hash.Epoch > 1000);

    private static IReadOnlyList<string[]> Read(string fixture, string test) =>
        NumericCsv.Parse(File.ReadAllText(Path.Combine(GoldenFolder.OfThisRepository.Path, fixture, test + ".verified.csv"))).Rows;

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(IConvertible value) => value.ToString(CultureInfo.InvariantCulture);
}
