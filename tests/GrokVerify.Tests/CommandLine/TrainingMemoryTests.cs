using GrokVerify.Cli;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Running;
using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Model;

namespace GrokVerify.Tests.CommandLine;

/// <summary>What is said of memory before a training is what the training takes.</summary>
[Category("Fast")]
[NonParallelizable]
public class TrainingMemoryTests
{
    private static readonly EngineChoice Exact = new(EngineKind.Exact, TrainingDevice.Cpu, 1);

    /// <summary>A large array is aligned to a page of 2 MB, and small ones are not counted.</summary>
    [TestCase(113, 128, 4, 512, false)]
    [TestCase(113, 128, 32, 1024, false, Description = "tables of heads and tokens")]
    [TestCase(257, 64, 2, 1024, false, Description = "activations of pairs")]
    [TestCase(29, 512, 4, 2048, false, Description = "weights")]
    [TestCase(113, 256, 32, 512, true)]
    public void The_exact_engine_takes_what_is_foretold(int prime, int width, int heads, int neurons, bool attentionOnly)
    {
        TrainingConfig config = new() { Model = new TransformerConfig { Prime = prime, DModel = width, Heads = heads, DMlp = neurons, AttentionOnly = attentionOnly } };
        config.Validate();

        double foretold = TrainingMemory.Of(config, EngineKind.Exact).Bytes;

        long before = GC.GetTotalMemory(forceFullCollection: true);
        var start = TrainingState.Initial(config);
        using var engine = new ExactEngine(config, start, threads: 1);
        TrainingState captured = engine.Capture();
        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive((start, captured));

        TestContext.Out.WriteLine($"{foretold / taken:0.000}: {foretold / 1e6:0.0} MB were foretold, {taken / 1e6:0.0} MB were taken");
        (foretold / taken).Should().BeInRange(0.6, 1.1, $"{foretold / 1e6:0.0} MB were foretold, {taken / 1e6:0.0} MB were taken");
    }

    [TestCase("exact")]
    [TestCase("torch")]
    public void A_machine_that_has_less_is_told_in_one_line(string name)
    {
        TrainingConfig config = new();
        EngineChoice engine = Exact with { Kind = Enum.Parse<EngineKind>(name, ignoreCase: true) };
        long need = TrainingMemory.Of(config, engine.Kind).Bytes;

        FluentActions.Invoking(() => TrainingMemory.Require(config, engine, need)).Should().NotThrow();
        FluentActions.Invoking(() => TrainingMemory.Require(config, engine, need - 1)).Should().Throw<UsageException>()
            .WithMessage("--d-model 128 --heads 4 --d-mlp 512: the training needs 0* GB of memory, and this machine has 0* GB; give fewer heads or neurons, or a smaller width");
    }

    /// <summary>However much memory there is.</summary>
    [TestCase("cpu")]
    [TestCase("cuda")]
    public void A_table_larger_than_any_array_is_refused(string device)
    {
        TrainingConfig config = new() { Model = new TransformerConfig { Prime = 257, DModel = 1024, Heads = 1024, DMlp = 4096 } };

        FluentActions.Invoking(() => TrainingMemory.Require(config, Exact with { Device = Enum.Parse<TrainingDevice>(device, ignoreCase: true) }, long.MaxValue)).Should().Throw<UsageException>().WithMessage("*more than its tables can hold; *");
    }
}
