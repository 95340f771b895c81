using GrokVerify.Exact;
using GrokVerify.Model;
using GrokVerify.Engines;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Engines;

[TestFixture(1)]
[TestFixture(2)]
[Category("Fast")]
public class ExactConformance(int threads) : ResumableEngineConformance
{
    /// <summary>Several panels, tiles of every height, and many blocks of pairs.</summary>
    [TestCaseSource(nameof(LargeNetworks))]
    public void Every_tensor_of_the_gradient_of_a_large_network_is_that_of_autograd(TransformerConfig shape, LossForm precision, int steps) =>
        ShouldHaveTheGradientOfAutograd(shape, precision, steps);

    protected override ITrainingEngine Create(TrainingConfig config, TrainingState start) => new ExactEngine(config, start, threads);

    private static IEnumerable<TestCaseData> LargeNetworks() => Networks(
        new() { Prime = 37, DModel = 70, Heads = 2, DMlp = 65 },
        new() { Prime = 41, DModel = 128, Heads = 4, DMlp = 300 });
}

[Category("Fast")]
public class TorchConformance : ResumableEngineConformance
{
    protected override ITrainingEngine Create(TrainingConfig config, TrainingState start) => new TorchEngine(config, start);
}

/// <summary>Its captured states are rounded to float32, so going on from one is another run.</summary>
[Category("Fast")]
public class TorchFloat64Conformance : EngineConformance
{
    protected override ScalarType Type => ScalarType.Float64;

    protected override ITrainingEngine Create(TrainingConfig config, TrainingState start) => new TorchEngine(config, start, ScalarType.Float64);
}

/// <summary>Its captured states hold no optimiser state.</summary>
[Category("Fast")]
public class ReferenceConformance : EngineConformance
{
    /// <summary>It resumes, but not in the same bits: libtorch adds up the embedding's gradient in an order that depends on its threads.</summary>
    protected override ITrainingEngine Create(TrainingConfig config, TrainingState start) => new ReferenceEngine(config, start);
}

/// <summary>Inconclusive where there is no GPU, unless GROKVERIFY_REQUIRE_GPU=1 turns that into a failure.</summary>
[Category("Gpu")]
public class CudaConformance : ResumableEngineConformance
{
    [SetUp]
    public void RequireCuda() => RequiredGpu.Check();

    protected override ITrainingEngine Create(TrainingConfig config, TrainingState start) => new TorchEngine(config, start, device: CUDA);
}

/// <inheritdoc cref="CudaConformance"/>
[Category("Gpu")]
public class CudaFloat64Conformance : EngineConformance
{
    protected override ScalarType Type => ScalarType.Float64;

    [SetUp]
    public void RequireCuda() => RequiredGpu.Check();

    protected override ITrainingEngine Create(TrainingConfig config, TrainingState start) => new TorchEngine(config, start, ScalarType.Float64, CUDA);
}
