using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>
/// An answer to a question that the paper leaves open, as a decision: what is trained for it, and the rules, fixed before it was trained. It is judged on what came of the trainings, whether they
/// were just done or stand in the committed table.
/// </summary>
internal abstract class QuestionClaim : Claim
{
    /// <summary>What is asked, as a sentence.</summary>
    public abstract string Question { get; }

    /// <summary>The answer in a sentence, with the numbers that were measured, whether the rules are met or not.</summary>
    public abstract string Answer(IReadOnlyList<Trial> trials);

    /// <summary>What has to be trained; names tell the runs apart and have no commas.</summary>
    public abstract IReadOnlyList<PlannedRun> Plan { get; }

    /// <summary>Names of what this claim alone measures of each run's last network; lower case with underscores.</summary>
    public virtual IReadOnlyList<string> Columns => [];

    /// <summary>What this claim alone measures of a run, in the order of <see cref="Columns"/>; null where it does not exist.</summary>
    public virtual IReadOnlyList<double?> Measure(PlannedRun plan, TrainingRun run) => [];

    /// <summary>What <see cref="Measure"/> gave for a column.</summary>
    protected double? Measured(Trial trial, string column) => trial.Measures[Columns.Index().Single(one => one.Item == column).Index];

    /// <summary>Judges what came of the trainings.</summary>
    /// <param name="trials">Those of the plan, in its order.</param>
    /// <exception cref="ArgumentException">They are others, or in another order.</exception>
    public ClaimResult Judge(IReadOnlyList<Trial> trials) => trials.Select(trial => trial.Plan).SequenceEqual(Plan)
        ? new ClaimResult(this, [.. Find(trials)])
        : throw new ArgumentException($"{Id} is judged on the {Plan.Count} runs of its plan, in its order", nameof(trials));

    protected abstract IEnumerable<Finding> Find(IReadOnlyList<Trial> trials);
}
