using System.Globalization;
using GrokVerify.Measures;
using GrokVerify.Tasks;

namespace GrokVerify.Analysis;

/// <summary>Which of a few splits a network was trained on, by its losses: a seed and a fraction do not say how the pairs were shuffled.</summary>
/// <remarks>Over the 38 runs of the default claim tests the true halves have a <see cref="SplitHint.Gain(PairLosses, PairSplit)"/> of 50 nats or more, those of torch's shuffle with the same seed 5.2 or less.</remarks>
/// <param name="Split">The one taken; null where there was none to take.</param>
/// <param name="Note">What was decided that nobody said, or that speaks against it; null for nothing.</param>
internal sealed record SplitChoice(PairSplit? Split, string? Note)
{
    /// <summary>Two splits at random have distances that differ by so much in one of ten cases.</summary>
    private const double LeastFactor = 10;

    /// <param name="candidates">The splits, the likeliest first; none where nothing is known.</param>
    /// <param name="losses">The network's own loss of every pair.</param>
    /// <param name="recorded">The losses that the file records.</param>
    public static SplitChoice Of(IReadOnlyList<PairSplit> candidates, PairLosses losses, RecordedLosses recorded)
    {
        if (candidates.Count == 0)
        {
            return new SplitChoice(null, null);
        }

        (PairSplit Split, double? Gain)[] ranked = [.. candidates.Select(split => (split, SplitHint.Gain(losses, split))).OrderByDescending(candidate => candidate.Item2)];
        bool isAhead = ranked.Length > 1 && ranked[0].Gain - Math.Max(ranked[1].Gain ?? 0, 0) >= SplitHint.LeastLead;
        PairSplit chosen = ByRecorded(candidates, losses, recorded) ?? (isAhead ? ranked[0].Split : candidates[0]);
        return new SplitChoice(
            chosen,
            ranked.Single(candidate => candidate.Split == chosen).Gain < SplitHint.LeastLead
                ? $"the losses of the train pairs are not lower, or more alike, than those of the test pairs beyond chance, with the halves of {Words(chosen)}: it was hardly trained on these, or not at all"
                : chosen != candidates[0] ? $"its halves are taken as those of {Words(chosen)}, because its losses fit these; --split says otherwise" : null);
    }

    /// <summary>The one that has the recorded losses, where no other is nearly as near.</summary>
    private static PairSplit? ByRecorded(IReadOnlyList<PairSplit> candidates, PairLosses losses, RecordedLosses recorded)
    {
        (PairSplit Split, double Distance)[] ranked =
            [.. candidates.Select(split => (split, recorded.Distance(losses.On(split.Train).Loss, losses.On(split.Test).Loss))).OrderBy(candidate => candidate.Item2)];
        return recorded.Any && recorded.Fit(losses, ranked[0].Split) && ranked.Skip(1).All(other => other.Distance > LeastFactor * ranked[0].Distance) ? ranked[0].Split : null;
    }

    /// <summary>A split as the command line has it.</summary>
    public static string Words(PairSplit split) => split is { Seed: long seed, Shuffle: PairShuffle shuffle }
        ? string.Create(CultureInfo.InvariantCulture, $"--split {shuffle.Word()} --seed {seed} --fraction {split.TrainFraction}")
        : "the pairs in its file";
}
