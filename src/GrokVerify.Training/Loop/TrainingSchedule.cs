namespace GrokVerify.Loop;

/// <summary>How long a run goes on, and when it logs and keeps checkpoints. None of it changes the weights at a given epoch.</summary>
public sealed record TrainingSchedule
{
    /// <summary>The last epoch; with <see cref="UntilGrokked"/>, the last one at which grokking is waited for.</summary>
    public long Epochs { get; init; } = 40_000;

    /// <summary>
    /// Stop as soon as the network has grokked and cleaned up: test loss below 1e-2 and the sum of squared weights
    /// falling by less than 1% in 250 epochs (the end of cleanup).
    /// </summary>
    public bool UntilGrokked { get; init; }

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
        int cleaned = UntilGrokked ? Enumerable.Range(0, rows.Count).FirstOrDefault(index => CleanupRule.HasEndedAt(rows, index), -1) : -1;
        return cleaned < 0 ? Epochs : Math.Min(Epochs, rows[cleaned].Epoch);
    }

    /// <exception cref="ArgumentException">Says which number is wrong, and what to give instead.</exception>
    public void Validate()
    {
        Require(Epochs is >= 0 and <= 100_000_000, "epochs", Epochs, "a number from 0 to 100,000,000");
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
