using System.Text.Json.Serialization;

namespace GrokVerify.Cli.Benchmark;

/// <summary>What a training step costs on this machine, measured in one run.</summary>
/// <param name="Threads">Threads given to every engine, and to the peak.</param>
/// <param name="P">The modulus.</param>
/// <param name="TrainFraction">Share of the pairs in a step.</param>
/// <param name="PeakGflops">The machine's multiply-add peak with that many threads, from a loop on registers alone.</param>
/// <param name="Engines">Those of the processor, slowest first; then those of a GPU, where there is one.</param>
/// <param name="Ratios">Of step times, each the median over the rounds of the measurement.</param>
internal sealed record BenchReport(int Threads, int P, double TrainFraction, double PeakGflops, IReadOnlyList<EngineSpeed> Engines, StepRatios Ratios);

/// <summary>One engine's speed.</summary>
/// <param name="Name">The engine.</param>
/// <param name="MsPerStepMedian">Milliseconds of a training step, the median of those timed.</param>
/// <param name="MsPerStepMin">The shortest.</param>
/// <param name="ProductGflops">Rate inside its large matrix products, in billions of operations a second; null where it cannot be told apart.</param>
/// <param name="TimesReference">How many times faster its step is than the reference's, the median over the rounds; not part of the JSON, which has the ratios.</param>
internal sealed record EngineSpeed(string Name, double MsPerStepMedian, double MsPerStepMin, double? ProductGflops, [property: JsonIgnore] double TimesReference)
{
    /// <summary>The multiply-add peak of what it runs on, where that is a GPU.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GpuPeakGflops { get; init; }
}

/// <summary>How many times faster the first engine's step is than the second's.</summary>
internal sealed record StepRatios(double ExactVsReference, double ExactVsTorch, double TorchVsReference);
