using GrokVerify.Claims;
using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.Architectures;

/// <summary>Runs of every architecture, of a size that trains in a fraction of a second.</summary>
[Category("Fast")]
public class ArchitectureRunsTests : RunFolderTests
{
    private static readonly TransformerConfig[] Architectures = [new(), new() { AttentionOnly = true }, new() { Layers = 2 }, new() { Layers = 3, AttentionOnly = true }];
    private static readonly TrainingSchedule Schedule = new() { Epochs = 60, LogEvery = 10, CheckpointEvery = 20 };

    private static TrainingConfig Tiny(TransformerConfig architecture) =>
        new() { Model = architecture with { Prime = 7, DModel = 8, Heads = 2, DMlp = 16 }, TrainFraction = 0.6 };

    private static ITrainingEngineFactory Factory(TrainingConfig config) => config.Model.Layers == 1 ? new ExactEngineFactory(1) : new TorchEngineFactory(threads: 1);

    [TestCaseSource(nameof(Architectures))]
    public void An_interrupted_run_ends_as_one_that_was_not(TransformerConfig architecture)
    {
        TrainingConfig config = Tiny(architecture);
        TrainingRun whole = new RunTrainer().Train(In("whole"), config, Schedule, Factory(config));
        using var source = new CancellationTokenSource();
        Func<TrainingRun> interrupted = () => new RunTrainer().Train(In("parts"), config, Schedule, Factory(config), new AtEpoch(30, source.Cancel), source.Token);
        interrupted.Should().Throw<OperationCanceledException>();

        TrainingRun run = new RunTrainer().Train(In("parts"), config, Schedule, Factory(config));

        run.Sessions.Select(session => session.FromEpoch).Should().Equal(0, 30);
        run.Identity.Key.Should().Be(whole.Identity.Key);
        run.Rows.Should().Equal(whole.Rows);
        run.ReadCheckpoint(60).Weights.Values.Should().Equal(whole.ReadCheckpoint(60).Weights.Values);
        run.Rows[^1].TrainLoss.Should().BeLessThan(run.Rows[0].TrainLoss);
    }

    [Test]
    public void Every_architecture_has_a_key_and_a_name_of_its_own()
    {
        string[] names = [.. Architectures.Select(architecture => Path.GetFileName(new RunStore(Folder).FolderOf(Tiny(architecture), Schedule, Factory(Tiny(architecture)))))];

        names.Should().OnlyHaveUniqueItems();
        names[3].Should().StartWith("p7-layers3-attention-only-f0.6-wd1-seed0-torch-cpu-float32-");
    }

    [Test]
    public void What_came_of_a_run_is_read_off_its_rows_and_its_last_network()
    {
        foreach (TransformerConfig architecture in Architectures)
        {
            var plan = new PlannedRun($"{architecture}", Tiny(architecture), Schedule);

            TrainingRun run = new RunStore(Folder).GetOrTrain(plan.Config, plan.Schedule, Factory(plan.Config));

            var outcome = TrialOutcome.Measure(plan, run);

            outcome.Epoch.Should().Be(60);
            outcome.TrainAccuracy.Should().Be(run.Rows[^1].TrainAccuracy);
            outcome.BestTestAccuracy.Should().Be(run.Rows.Max(row => row.TestAccuracy));
            outcome.SpectralContrast.Should().BeGreaterThanOrEqualTo(1);
            outcome.HeadFrequencies.Should().HaveCount(architecture.Layers == 1 ? 2 : 0);
            (outcome.MeanHeadFve is null).Should().Be(architecture.Layers > 1);
        }
    }

    [Test]
    public void A_run_ends_after_it_has_generalized_and_settled()
    {
        // Of seeds 0 to 6 all but 0 and 2 generalize within the horizon, in the engine's bits: seconds of training.
        var config = new TrainingConfig { Model = new TransformerConfig { Prime = 11, DModel = 64, Heads = 4, DMlp = 256 }, TrainFraction = 0.8, WeightDecay = 2, Seed = 1 };
        TrainingSchedule schedule = ArchitectureBudget.Trials[0].Schedule;
        var plan = new PlannedRun("p = 11", config, schedule);

        TrainingRun run = new RunTrainer().Train(Folder, config, schedule, new ExactEngineFactory(1));

        run.StopReason.Should().Be("generalized");
        var outcome = TrialOutcome.Measure(plan, run);
        outcome.Generalized.Should().NotBeNull().And.BeLessThan(10_000 - 1_500);
        outcome.Epoch.Should().Be(outcome.Generalized + 1_500);
        outcome.BestTestAccuracy.Should().BeGreaterThanOrEqualTo(TrainingSchedule.GeneralizedTestAccuracy);
        new RunTrainer().Train(Folder, config, schedule, new ExactEngineFactory(1)).Sessions.Should().ContainSingle("the run is there already");
    }

    private sealed class AtEpoch(long epoch, Action act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Latest.Epoch == epoch)
            {
                act();
            }
        }
    }
}
