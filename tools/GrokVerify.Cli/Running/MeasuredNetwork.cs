using System.Globalization;
using GrokVerify.Analysis;
using GrokVerify.Claims;
using GrokVerify.Engines;
using GrokVerify.Expectations;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Measures;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Running;

/// <summary>A network read from a file and evaluated, with what its own records say of the reading.</summary>
internal sealed class MeasuredNetwork
{
    /// <summary>A recorded loss is of the step before, or of a few steps before; another layout, activation or split is off by much more.</summary>
    private const double SuspiciousFactor = 2;

    private readonly PairLosses _losses;

    private MeasuredNetwork(NetworkFile file, PairSplit? split)
    {
        File = file;
        Split = split;
        file.RequireMeasurable();
        try
        {
            Network = new NetworkSpectra(file.Weights, file.Task);
        }
        catch (ArgumentException problem)
        {
            throw new UsageException($"{file.Path}: {UsageException.Words(problem)}", problem);
        }

        _losses = CrossEntropy.Of(file.Task, Network.Logits.Values, file.Task.Classes);
    }

    /// <param name="file">The network.</param>
    /// <param name="split">The halves; null when unknown.</param>
    /// <param name="context">Warned when the network as it was read does not have the losses that its file records.</param>
    /// <exception cref="UsageException">A weight is not finite.</exception>
    /// <exception cref="LibTorch.LibTorchUnavailableException">The network has several layers, and libtorch does not load.</exception>
    public static MeasuredNetwork Evaluate(NetworkFile file, PairSplit? split, CommandContext context)
    {
        if (file.Weights.Config.Layers > 1)
        {
            EngineFactories.RequireLibTorch(context);
        }

        var measured = new MeasuredNetwork(file, split);
        if (measured.Doubt() is string doubt)
        {
            context.Warn(doubt);
        }

        return measured;
    }

    public NetworkFile File { get; }

    public PairSplit? Split { get; }

    public NetworkSpectra Network { get; }

    /// <summary>Every claim on it.</summary>
    public JudgedNetwork Judge() => new(File.Path, Split, NetworkCheck.Of(NetworkEvidence.Measure(Network, Split)));

    /// <summary>Which split fits the losses best, where none is known and one stands out; else null.</summary>
    public string? Hint() => Split is null && SplitHint.Find(File.Weights.Config.Prime, _losses, File.Facts.TrainLoss, File.Facts.TestLoss) is SplitHint hint
        ? string.Create(CultureInfo.InvariantCulture, $"--seed {hint.Seed} --fraction {hint.TrainFraction} would fit: {hint.Evidence}")
        : null;

    private string? Doubt()
    {
        if (Split is null)
        {
            return null;
        }

        foreach ((string half, LossAndAccuracy measured, double? recorded) in new[]
        {
            ("train", _losses.On(Split.Train), File.Facts.TrainLoss),
            ("test", _losses.On(Split.Test), File.Facts.TestLoss),
        })
        {
            if (recorded is double loss and > 0 && !(measured.Loss / loss is > 1 / SuspiciousFactor and < SuspiciousFactor))
            {
                return $"{File.Path}: records a {half} loss of {NumberFormat.Loss(loss)}, but the network read from it has {NumberFormat.Loss(measured.Loss)}; "
                    + "its split, activation or layout may be another than the one assumed";
            }
        }

        return null;
    }
}
