using System.Text.Json.Serialization;

namespace GrokVerify.Loop;

/// <summary>How long a run goes on, and when it logs and keeps checkpoints. None of it changes the weights at a given epoch.</summary>
public sealed record TrainingSchedule
{
    /// <summary>The test accuracy from which on a network is said to have generalized, where networks are compared by accuracy.</summary>
    public const double GeneralizedTestAccuracy = 0.99;

    /// <summary>The last epoch; with <see cref="UntilGrokked"/>, <see cref="EpochsAfterGeneralization"/> or <see cref="EpochsHeld"/>, the last one at which that is waited for.</summary>
    public long Epochs { get; init; } = 40_000;

    /// <summary>
    /// Stop as soon as the network has grokked and cleaned up: test loss below 1e-2 and the sum of squared weights
    /// falling by less than 1% in 250 epochs (the end of cleanup).
    /// </summary>
    public bool UntilGrokked { get; init; }

    /// <summary>Stop so many epochs after the first logged test accuracy of 0.99: what the network generalizes by stands out then. Null for never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? EpochsAfterGeneralization { get; init; }

    /// <summary>Stop as soon as every logged test accuracy has been 0.99 or more for so many epochs on end. Null for never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? EpochsHeld { get; init; }

    /// <summary>Epochs between two logged rows; epoch 0 and the last one are always logged.</summary>
    public int LogEvery { get; init; } = 50;

    /// <summary>Epochs between two checkpoints; epoch 0 and the last one are always kept.</summary>
    public int CheckpointEvery { get; init; } = 250;

    /// <summary>
    /// The epoch at which this schedule ends on rows that may go on further: a run that somebody asked for more of holds more than this schedule gives.
    /// </summary>
    /// <param name="rows">Logged rows of a finished run, epochs ascending.</param>
    public long EndIn(IReadOnlyList<MetricsRow> rows)
    {
        int end = Enumerable.Range(0, rows.Count).FirstOrDefault(index => EndsAt(rows, index), -1);
        return end < 0 ? Epochs : Math.Min(Epochs, rows[end].Epoch);
    }

    /// <summary>True when this schedule has ended at row <paramref name="index"/>, judged from it and the rows before it.</summary>
    public bool EndsAt(IReadOnlyList<MetricsRow> rows, int index) =>
        rows[index].Epoch >= Epochs
        || (UntilGrokked && CleanupRule.HasEndedAt(rows, index))
        || (EpochsAfterGeneralization is long more && rows.Take(index + 1).Any(row => row.TestAccuracy >= GeneralizedTestAccuracy && row.Epoch + more <= rows[index].Epoch))
        || (EpochsHeld is long held && HeldFrom([.. rows.Take(index + 1)], held) is not null);

    /// <summary>The first logged epoch from which on test accuracy is 0.99 or more for so many epochs, at every logged one; null where there is none.</summary>
    internal static long? HeldFrom(IReadOnlyList<MetricsRow> rows, long epochs)
    {
        long? since = null;
        foreach (MetricsRow row in rows)
        {
            since = row.TestAccuracy < GeneralizedTestAccuracy ? null : since ?? row.Epoch;
            if (row.Epoch - since >= epochs)
            {
                return since;
            }
        }

        return null;
    }

    /// <exception cref="ArgumentException">Says which number is wrong, and what to give instead.</exception>
    public void Validate()
    {
        Require(Epochs is >= 0 and <= 100_000_000, "epochs", Epochs, "a number from 0 to 100,000,000");
        Require(EpochsHeld is null or >= 0, "epochs held", EpochsHeld ?? 0, "a number from 0 up");
        Require(EpochsAfterGeneralization is null or >= 0, "epochs after generalization", EpochsAfterGeneralization ?? 0, "a number from 0 up");
        Require(LogEvery >= 1, "log-every", LogEvery, "a number from 1 up");
        Require(CheckpointEvery >= 1, "checkpoint-every", CheckpointEvery, "a number from 1 up");
        if (CheckpointEvery % LogEvery != 0)
        {
            throw new ArgumentException(
                $"checkpoint-every = {CheckpointEvery} is not a multiple of log-every = {LogEvery}: every checkpoint needs its row of losses");
        }
    }

    private static void Require(bool holds, string name, long value, string instead)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} = {value} is out of range: give {instead}");
        }
    }
}
