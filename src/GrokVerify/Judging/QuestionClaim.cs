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

    /// <summary>What has to be trained, or be trained first; names tell the runs apart and have no commas.</summary>
    public abstract IReadOnlyList<PlannedRun> Plan { get; }

    /// <summary>How many trainings it takes in all.</summary>
    public virtual int Trainings => Plan.Count;

    /// <summary>What has to be trained after that, by what came of it; none at the end.</summary>
    /// <param name="trials">What came of all before.</param>
    public virtual IReadOnlyList<PlannedRun> Next(IReadOnlyList<Trial> trials) => trials.Count == 0 ? Plan : [];

    /// <summary>Names of what this claim alone measures of each run's last network; lower case with underscores.</summary>
    public virtual IReadOnlyList<string> Columns => [];

    /// <summary>What this claim alone measures of a run, in the order of <see cref="Columns"/>; null where it does not exist.</summary>
    public virtual IReadOnlyList<double?> Measure(PlannedRun plan, TrainingRun run) => [];

    /// <summary>What <see cref="Measure"/> gave for a column.</summary>
    protected double? Measured(Trial trial, string column) => trial.Measures[Columns.Index().Single(one => one.Item == column).Index];

    /// <summary>Judges what came of the trainings.</summary>
    /// <param name="trials">Those of the plan, in its order.</param>
    /// <exception cref="ArgumentException">They are others, or in another order.</exception>
    public ClaimResult Judge(IReadOnlyList<Trial> trials)
    {
        int judged = 0;
        Follow(due =>
        {
            Trial[] next = [.. trials.Skip(judged).Take(due.Count)];
            judged += next.Length;
            return next.Select(trial => trial.Plan).SequenceEqual(due) ? next : throw Others();
        });
        return judged == trials.Count ? new ClaimResult(this, [.. Find(trials)]) : throw Others();

        ArgumentException Others() => new($"{Id} is judged on the {Trainings} runs of its plan, in its order", nameof(trials));
    }

    /// <summary>Has the plan trained, and what follows from what came of it.</summary>
    /// <param name="train">Gives what came of runs that are due, in their order.</param>
    public IReadOnlyList<Trial> Follow(Func<IReadOnlyList<PlannedRun>, IReadOnlyList<Trial>> train)
    {
        List<Trial> trials = [];
        for (IReadOnlyList<PlannedRun> due = Next(trials); due.Count > 0; due = Next(trials))
        {
            trials.AddRange(train(due));
        }

        return trials;
    }

    protected abstract IEnumerable<Finding> Find(IReadOnlyList<Trial> trials);
}
