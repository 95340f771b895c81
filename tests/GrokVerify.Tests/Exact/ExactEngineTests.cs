using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Loop;
using GrokVerify.Model;

namespace GrokVerify.Tests.Exact;

/// <summary>What the exact engine does besides what every engine does (Engines/EngineConformance.cs).</summary>
[Category("Fast")]
[NonParallelizable]
public class ExactEngineTests
{
    private static readonly TrainingConfig Small = new()
    {
        Model = new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 },
        TrainFraction = 0.5,
    };

    [Test]
    public void More_pairs_than_fit_at_once_are_evaluated_in_pieces()
    {
        using var engine = new ExactEngine(Small, TrainingState.Initial(Small), threads: 2);
        int[] once = [.. Enumerable.Range(0, 121)];
        int[] often = [.. Enumerable.Repeat(once, 40).SelectMany(pairs => pairs)];

        // The same 121 losses forty times over: float64 sums differ by 4,840 roundings of 1.1e-16 at most.
        engine.Evaluate(often).Loss.Should().BeApproximately(engine.Evaluate(once).Loss, 1e-12);
        engine.Evaluate(often).Accuracy.Should().Be(engine.Evaluate(once).Accuracy);
    }

    [TestCase(1)]
    [TestCase(2)]
    public void A_step_allocates_nothing(int threads)
    {
        using var engine = new ExactEngine(Small, TrainingState.Initial(Small), threads);
        for (int step = 0; step < 50; step++)
        {
            engine.Step();
        }

        // An object a step would show in every round; what the runtime's own threads (tiering, the test host) allocate meanwhile does not.
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int step = 0; step < 50; step++)
            {
                engine.Step();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // The smallest object has 24 bytes.
        least.Should().BeLessThan(24 * 50);
    }

    [TestCase(float.NaN, 3)]
    [TestCase(float.PositiveInfinity, 1)]
    [TestCase(float.NegativeInfinity, 2)]
    [CancelAfter(20_000)]
    public void A_weight_that_is_not_finite_ends_the_run_and_names_the_epoch(float value, int threads)
    {
        foreach (ParameterTensor tensor in new ParameterLayout(Small.Model).Tensors)
        {
            TrainingState state = TrainingState.Initial(Small);
            state.Weights[tensor.Name][^1] = value;
            using var engine = new ExactEngine(Small, state with { Epoch = 7 }, threads);
            var schedule = new TrainingSchedule { Epochs = 12, LogEvery = 5, CheckpointEvery = 5 };

            Action train = () => Trainer.Train(engine, schedule, new NoLog());

            train.Should().Throw<TrainingDivergedException>(tensor.Name).WithMessage("*epoch 10*");
        }
    }

    [Test]
    public void A_number_of_threads_out_of_range_is_refused()
    {
        FluentActions.Invoking(() => new ExactEngine(Small, TrainingState.Initial(Small), threads: 0)).Should().Throw<ArgumentException>().WithMessage("threads = 0*");
        FluentActions.Invoking(() => new ExactEngineFactory(-1)).Should().Throw<ArgumentException>().WithMessage("threads = -1*");
    }

    [Test]
    public void The_factory_names_what_decides_the_weights()
    {
        var factory = new ExactEngineFactory(threads: 2);
        using ITrainingEngine engine = factory.Create(Small, TrainingState.Initial(Small));

        engine.Name.Should().Be(factory.EngineName).And.Be("exact", "neither threads nor vectors are part of a run's identity");
        factory.LibraryVersions.Should().BeEmpty();
        factory.TrainingAssemblies.Select(assembly => assembly.GetName().Name).Should().Equal("GrokVerify.Training", "GrokVerify.Exact");
        factory.TrainingAssemblies.SelectMany(assembly => assembly.GetReferencedAssemblies()).Select(name => name.Name!)
            .Where(name => name.StartsWith("GrokVerify", StringComparison.Ordinal)).Distinct()
            .Should().Equal(["GrokVerify.Training"], "what trains knows nothing of runs, measures and claims, so that these can change and the runs stay");
    }

    private sealed class NoLog : ITrainingLog
    {
        public IReadOnlyList<MetricsRow> Rows => [];

        public void Append(MetricsRow row)
        {
        }

        public void Save(TrainingState state)
        {
        }
    }
}
