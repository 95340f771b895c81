using GrokVerify.Ablations;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Training;

namespace GrokVerify.Claims;

/// <summary>What claims are judged on: a run's logged rows, the progress measures of its checkpoints, and its last network.</summary>
public sealed class RunEvidence
{
    private readonly Lazy<IReadOnlyDictionary<string, LossAndAccuracy>> _ablations;

    /// <param name="rows">Logged rows, epochs ascending, at least one.</param>
    /// <param name="curve">The progress measures of the checkpoints.</param>
    /// <param name="final">The network of the last checkpoint.</param>
    public RunEvidence(IReadOnlyList<MetricsRow> rows, MeasureCurve curve, NetworkSpectra final)
    {
        Rows = rows;
        Curve = curve;
        Final = final;
        _ablations = new(() => AblationTable.Of(final, curve.KeyFrequencies));
    }

    public IReadOnlyList<MetricsRow> Rows { get; }

    public MeasureCurve Curve { get; }

    public NetworkSpectra Final { get; }

    /// <summary>K: those of the last checkpoint, unless the evidence was made with another key set to see whether claims notice.</summary>
    public KeyFrequencies KeyFrequencies => Curve.KeyFrequencies;

    /// <summary>The measures of the last checkpoint.</summary>
    public ProgressMeasures FinalMeasures => Curve.Points[^1].Measures;

    /// <summary>Every intervention on the last network, by name; computed when first asked for.</summary>
    public IReadOnlyDictionary<string, LossAndAccuracy> Ablations => _ablations.Value;

    /// <summary>ln p: the loss of a network that knows nothing.</summary>
    public double UniformLoss => Math.Log(Final.Task.Prime);
}
