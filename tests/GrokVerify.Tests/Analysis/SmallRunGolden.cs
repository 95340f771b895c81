using GrokVerify.Analysis;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Analysis;

/// <summary>
/// The analysis of a small network along its training: memorized (250), forming the circuit (4,250), grokking (5,000), cleaned up (6,875).
/// Its p, head width and MLP width differ from the mainline's, so that what holds only for the mainline's numbers shows.
/// </summary>
[Category("Fast")]
[Category("Golden")]
public class SmallRunGolden
{
    private static readonly long[] Epochs = [250, 4250, 5000, 6875];
    private static readonly Dictionary<long, (NetworkSpectra Network, ModelAnalysis Analysis)> Loaded = [];

    [TestCaseSource(nameof(Epochs))]
    public Task Spectra(long epoch) => Verify(AnalysisTables.Spectra(Load(epoch).Network), "csv");

    [TestCaseSource(nameof(Epochs))]
    public Task Measures(long epoch) => Verify(AnalysisTables.Measures(Load(epoch).Analysis), "csv");

    [TestCaseSource(nameof(Epochs))]
    public Task Ablations(long epoch) => Verify(AnalysisTables.Ablations(Load(epoch).Analysis), "csv");

    [Test]
    public Task Curves()
    {
        TrainingRun run = SmallRun.Open();
        var curve = MeasureCurve.Measure(run.CheckpointEpochs, epoch => run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask(), run.Config.CreateSplit());
        return Verify(AnalysisTables.Curves(curve), "csv");
    }

    private static (NetworkSpectra Network, ModelAnalysis Analysis) Load(long epoch)
    {
        if (!Loaded.TryGetValue(epoch, out (NetworkSpectra Network, ModelAnalysis Analysis) loaded))
        {
            TrainingRun run = SmallRun.Open();
            var network = new NetworkSpectra(run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask());
            Loaded[epoch] = loaded = (network, ModelAnalysis.Analyze(network, run.Config.CreateSplit(), epoch));
        }

        return loaded;
    }
}
