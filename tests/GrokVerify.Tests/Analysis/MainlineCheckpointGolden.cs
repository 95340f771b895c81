using GrokVerify.Analysis;
using GrokVerify.Fourier;
using GrokVerify.Golden;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Analysis;

/// <summary>
/// The analysis of two committed checkpoints of the mainline, one that has memorized and one that has grokked: guards the analysis
/// without training.
/// </summary>
[Category("Fast")]
[Category("Golden")]
public class MainlineCheckpointGolden
{
    private static readonly string[] Checkpoints = ["mainline-memorized", "mainline-grokked"];
    private static readonly Dictionary<string, (NetworkSpectra Network, ModelAnalysis Analysis)> Loaded = [];

    [TestCaseSource(nameof(Checkpoints))]
    public Task Spectra(string checkpoint) => Verify(AnalysisTables.Spectra(Load(checkpoint).Network), "csv");

    [TestCaseSource(nameof(Checkpoints))]
    public Task Measures(string checkpoint) => Verify(AnalysisTables.Measures(Load(checkpoint).Analysis), "csv");

    [TestCaseSource(nameof(Checkpoints))]
    public Task Ablations(string checkpoint) => Verify(AnalysisTables.Ablations(Load(checkpoint).Analysis), "csv");

    private static (NetworkSpectra Network, ModelAnalysis Analysis) Load(string checkpoint)
    {
        if (!Loaded.TryGetValue(checkpoint, out (NetworkSpectra Network, ModelAnalysis Analysis) loaded))
        {
            Checkpoint file = Checkpoint.Read(Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints", checkpoint + ".safetensors"));
            var network = new NetworkSpectra(file.Weights, file.Config.CreateTask());
            Loaded[checkpoint] = loaded = (network, ModelAnalysis.Analyze(network, file.Config.CreateSplit(), file.State.Epoch));
        }

        return loaded;
    }
}
