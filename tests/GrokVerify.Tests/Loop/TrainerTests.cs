using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Loop;

[Category("Fast")]
public class TrainerTests
{
    private static readonly TrainingConfig Config = new() { Model = new() { Prime = 5, DModel = 2, Heads = 1, DMlp = 1 }, TrainFraction = 0.5 };
    private static readonly TrainingSchedule Schedule = new() { Epochs = 1000, LogEvery = 50, CheckpointEvery = 250 };

    [Test]
    public void Rows_and_checkpoints_come_when_the_schedule_says()
    {
        var log = new MemoryLog();

        Trainer.Train(new ScriptedEngine(_ => 1), Schedule with { Epochs = 610 }, log);

        log.Rows.Select(row => row.Epoch).Should().Equal([.. Enumerable.Range(0, 13).Select(i => 50L * i), 610]);
        log.Saved.Select(state => state.Epoch).Should().Equal(0, 250, 500, 610);
    }

    [Test]
    public void A_row_holds_the_losses_and_accuracies_of_the_train_pairs_and_of_the_test_pairs()
    {
        var log = new MemoryLog();
        PairSplit split = Config.CreateSplit();

        Trainer.Train(new ScriptedEngine(_ => 1) { TellsPairs = true }, Schedule with { Epochs = 0 }, log);

        log.Rows.Single().Should().Be(new MetricsRow(
            0, split.Train.ToArray().Sum(), split.Test.ToArray().Sum(), split.Train[0], split.Test[0], new ParameterLayout(Config.Model).Count));
    }

    [Test]
    public void Training_stops_when_the_network_has_grokked_and_its_weights_have_settled()
    {
        var log = new MemoryLog();

        Trainer.Train(new ScriptedEngine(epoch => epoch < 600 ? 1 : 1e-3), Schedule with { UntilGrokked = true }, log);

        log.Rows[^1].Epoch.Should().Be(850, "250 epochs have to pass after the test loss fell");
        log.Saved[^1].Epoch.Should().Be(850);
    }

    [Test]
    public void Training_goes_on_while_the_weights_still_shrink()
    {
        var log = new MemoryLog();
        var engine = new ScriptedEngine(_ => 1e-3) { ShrinkPerEpoch = 1e-3 };

        Trainer.Train(engine, Schedule with { UntilGrokked = true }, log);

        log.Rows[^1].Epoch.Should().Be(1000);
    }

    [TestCase(true, 1000, 850)]
    [TestCase(true, 800, 800)]
    [TestCase(false, 1000, 1000)]
    public void A_schedule_knows_its_end_in_rows_that_go_on_further(bool untilGrokked, long epochs, long end)
    {
        MetricsRow[] rows = [.. Enumerable.Range(0, 60).Select(i => 50L * i).Select(epoch => new MetricsRow(epoch, 1e-3, epoch < 600 ? 1 : 1e-3, 1, 1, 100))];

        (Schedule with { UntilGrokked = untilGrokked, Epochs = epochs }).EndIn(rows).Should().Be(end);
    }

    [Test]
    public void A_schedule_that_waits_for_a_cleanup_that_does_not_come_ends_with_its_epochs() =>
        (Schedule with { UntilGrokked = true }).EndIn([new MetricsRow(0, 1, 1, 0, 0, 1), new MetricsRow(2000, 1, 1, 0, 0, 1)]).Should().Be(1000);

    [Test]
    public void A_cancelled_run_leaves_a_checkpoint_of_its_last_step()
    {
        var log = new MemoryLog();
        using var cancellation = new CancellationTokenSource();
        var engine = new ScriptedEngine(_ => 1) { OnStep = epoch => { if (epoch == 333) { cancellation.Cancel(); } } };

        FluentActions.Invoking(() => Trainer.Train(engine, Schedule, log, null, cancellation.Token))
            .Should().Throw<OperationCanceledException>();

        log.Saved[^1].Epoch.Should().Be(333);
    }

    [Test]
    public void A_loss_that_is_not_finite_ends_the_run_and_names_the_epoch()
    {
        Action train = () => Trainer.Train(new ScriptedEngine(epoch => epoch >= 150 ? double.NaN : 1), Schedule, new MemoryLog());

        train.Should().Throw<TrainingDivergedException>().WithMessage("*epoch 150; lower the learning rate (--lr) or *").Which.Epoch.Should().Be(150);
    }

    [Test]
    public void Progress_tells_epoch_rate_and_remaining_time()
    {
        var reports = new List<TrainingProgress>();

        Trainer.Train(new ScriptedEngine(_ => 1), Schedule, new MemoryLog(), new Collector(reports));

        reports.Should().HaveCount(21);
        reports[0].Remaining.Should().BeNull("nothing is known before the first step");
        reports[10].Latest.Epoch.Should().Be(500);
        reports[10].EpochsPerSecond.Should().BePositive();
        reports[10].Remaining!.Value.TotalSeconds.Should().BeApproximately(500 / reports[10].EpochsPerSecond, 1e-6);
    }

    [Test]
    public void A_checkpoint_between_two_rows_is_refused() =>
        FluentActions.Invoking(() => new TrainingSchedule { LogEvery = 100, CheckpointEvery = 250 }.Validate())
            .Should().Throw<ArgumentException>().WithMessage("*not a multiple of log-every*");

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    private sealed class MemoryLog : ITrainingLog
    {
        private readonly List<MetricsRow> _rows = [];

        public IReadOnlyList<MetricsRow> Rows => _rows;

        public List<TrainingState> Saved { get; } = [];

        public void Append(MetricsRow row) => _rows.Add(row);

        public void Save(TrainingState state) => Saved.Add(state);
    }

    private sealed class ScriptedEngine(Func<long, double> loss) : ITrainingEngine
    {
        private readonly float[] _values = [.. Enumerable.Repeat(1f, new ParameterLayout(Config.Model).Count)];

        public string Name => "scripted";

        public PairSplit Split { get; } = Config.CreateSplit();

        public long Epoch { get; private set; }

        public double ShrinkPerEpoch { get; init; }

        /// <summary>Which pairs were evaluated: the sum of their numbers stands for the loss, the first one for the accuracy.</summary>
        public bool TellsPairs { get; init; }

        public Action<long> OnStep { get; init; } = _ => { };

        public void Step()
        {
            Epoch++;
            for (int i = 0; i < _values.Length; i++)
            {
                _values[i] *= (float)(1 - ShrinkPerEpoch);
            }

            OnStep(Epoch);
        }

        public LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs) =>
            TellsPairs ? new LossAndAccuracy(pairs.ToArray().Sum(), pairs[0]) : new LossAndAccuracy(loss(Epoch), 0);

        public TrainingState Capture() => new(Epoch, new TransformerWeights(Config.Model, [.. _values]), null, null);

        public void Dispose()
        {
        }
    }
}
