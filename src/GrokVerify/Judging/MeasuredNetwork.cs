using System.Globalization;
using GrokVerify.Analysis;
using GrokVerify.Formats;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Judging;

/// <summary>A network read from a file and evaluated on all pairs, with the halves that it was trained on as far as they are known, and what speaks against the reading.</summary>
internal sealed class MeasuredNetwork
{
    private readonly PairLosses _losses;
    private readonly RecordedLosses _recorded;

    /// <param name="file">The network.</param>
    /// <param name="splits">The halves that it may have been trained on, the likeliest first; none where nothing is known.</param>
    /// <exception cref="CheckpointException">A weight is not finite, or too large to be measured.</exception>
    /// <exception cref="LibTorch.LibTorchUnavailableException">The network has several layers, and libtorch does not load.</exception>
    public MeasuredNetwork(NetworkFile file, IReadOnlyList<PairSplit> splits)
    {
        File = file;
        file.RequireMeasurable();
        try
        {
            Network = new NetworkSpectra(file.Weights, file.Task, file.Attention);
        }
        catch (ArgumentException problem)
        {
            throw new CheckpointException(file.Path, problem.Message, "give another checkpoint", problem);
        }

        _losses = CrossEntropy.Of(file.Task, Network.Logits.Values, file.Task.Classes);
        _recorded = new RecordedLosses(file.Facts.TrainLoss, file.Facts.TestLoss);
        var choice = SplitChoice.Of(splits, _losses, _recorded);
        Split = choice.Split;

        // What was trained here is known to have been trained on its halves, however little.
        string? note = file.Facts.Config is null ? choice.Note : null;
        string? contradiction = _recorded.Contradiction(_losses, Split) is string words ? $"{words}; {(file.Facts.Config is null ? "its split, activation or layout may be another than the one assumed" : "its halves are other ones, or one of the two was changed")}" : null;
        Warnings = [.. file.Notes.Append(note).Append(contradiction).OfType<string>().Select(warning => $"{file.Path}: {warning}")];
    }

    public NetworkFile File { get; }

    /// <summary>The halves; null where they are unknown.</summary>
    public PairSplit? Split { get; }

    public NetworkSpectra Network { get; }

    /// <summary>What a reader of any result has to know of the file: one line each, with its name.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Which split fits the losses best, where none is known and one stands out; else null.</summary>
    public string? Hint() => Split is null && SplitHint.Find(File.Weights.Config.Prime, _losses, _recorded) is SplitHint hint
        ? string.Create(CultureInfo.InvariantCulture, $"--split {hint.Shuffle.Word()} --seed {hint.Seed} --fraction {hint.TrainFraction} would fit: {hint.Evidence}")
        : null;
}
