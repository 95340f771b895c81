using GrokVerify.Exact;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;

namespace GrokVerify.Tests.Exact;

/// <summary>
/// The golden hashes of <see cref="ExactWeightsGolden"/> (itself on all threads at the widest vectors), reached with other numbers of threads, at every other vector width and with
/// interruptions; with one thread and under runtime switches by <see cref="EverySwitchTests"/>. A case has a number of threads and a width that no other has, so that a long run
/// tries both. The small run goes to epoch 1,000 with AVX2, to 100 with fewer or no vectors; the mainline to 100, without vectors to 10; in the nightly tier all go to the last golden epoch, 1,000 and 7,750.
/// </summary>
[Category("Exact")]
public class EveryPathTests
{
    [TestCase(3, nameof(VectorWidth.Vector256), 100, GoldenRuns.All)]
    [TestCase(5, nameof(VectorWidth.Vector128), 100, 100)]
    [TestCase(2, nameof(VectorWidth.Scalar), 10, 100)]
    public void Threads_and_vectors_give_the_golden_hashes(int threads, string width, int lastOfMainline, int lastOfSmall)
    {
        foreach ((int prime, int lastEpoch) in new[] { (GoldenRuns.Mainline, lastOfMainline), (GoldenRuns.Small, lastOfSmall) })
        {
            TrainingConfig config = GoldenRuns.Config(prime);
            IReadOnlyList<GoldenHash> expected = GoldenRuns.Hashes(prime, GoldenRuns.IsNightly ? GoldenRuns.All : lastEpoch);
            using var engine = new ExactEngine(config, TrainingState.Initial(config), new ExactEngineOptions { Threads = threads, Width = Enum.Parse<VectorWidth>(width) });

            expected.Select(hash => GoldenRuns.HashAt(engine, hash.Epoch)).Should().Equal(expected, $"of p = {prime}, {width} with {threads} threads");
        }
    }

    [TestCase(GoldenRuns.Mainline, 100)]
    [TestCase(GoldenRuns.Small, GoldenRuns.All)]
    public void Interruptions_give_the_golden_hashes(int prime, int lastEpoch)
    {
        TrainingConfig config = GoldenRuns.Config(prime);
        TrainingState state = TrainingState.Initial(config);
        foreach (GoldenHash expected in GoldenRuns.Hashes(prime, GoldenRuns.IsNightly ? GoldenRuns.All : lastEpoch))
        {
            // Interrupted half-way and at each golden epoch; every stretch is another engine's, with another number of threads.
            foreach (int epoch in new[] { ((int)state.Epoch + expected.Epoch) / 2, expected.Epoch })
            {
                using var engine = new ExactEngine(config, state, threads: 1 + (epoch % 2));
                GoldenRuns.HashAt(engine, epoch);
                state = engine.Capture();
            }

            state.Weights.Sha256().Should().Be(expected.Sha256, $"of p = {prime} at epoch {expected.Epoch}");
        }
    }
}
