using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Runs;

namespace GrokVerify.Claims.Questions;

/// <summary>
/// The lottery ticket: the initial weights that a grokked network's largest weights began as, and no others, grok sooner than as many random ones, than those of the network that had only memorized, and than
/// a dense network of the same norm.
/// </summary>
/// <remarks>
/// p = 59, 40% of the pairs, weight decay 1, seeds 0 to 4, up to 10,000 epochs; half, 30% and 10% of each matrix's weights kept (<see cref="Ticket"/>), the others zero for good (<see cref="TrainingConfig.KeepZeros"/>).
/// The grokked network is that of 1,000 epochs after a test accuracy of 0.99, or of 10,000; the memorized one that of epoch 500.
/// Statistic, for each share: the ticket's epochs to a test accuracy of 0.99 over those of the soonest control of the same seed, the median of the seeds; a control that never comes there counts with the horizon, a
/// ticket that does not makes the ratio absent where it is the median.
/// Rule: at most 0.5 with half of the weights, which is near the share that the authors keep; the other two only measure.
/// </remarks>
internal sealed class WinningTicket : QuestionClaim
{
    private const int Prime = 59;
    private const long Horizon = 10_000;
    internal const long Memorized = 500;
    private static readonly long[] Seeds = [0, 1, 2, 3, 4];
    internal static readonly double[] Shares = [0.5, 0.3, 0.1];
    private static readonly Ticket[] Controls = [new(TicketKind.Random, 1), new(TicketKind.Largest, 1, Memorized), new(TicketKind.DenseOfEqualNorm, 1)];

    private static readonly Statistic Half = new("epochs that the ticket takes over those of the soonest control, half of the weights kept", AtMost: 0.5, Published: "below 1 (figures)");
    private static readonly Statistic Third = new("the same, 30% kept");
    private static readonly Statistic Tenth = new("the same, 10% kept");

    public override string Id => "winning-ticket";

    public override string Question => "Are most parameters needed only to find the circuit?";

    public override string Sentence => "The weights that a grokked network kept, rewound to where they began, grok in half of the time of every control";

    public override string Source => "Minegishi et al. 2023 (arXiv 2310.19470); the paper's discussion";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Half, Third, Tenth];

    public override IReadOnlyList<PlannedRun> Plan { get; } =
    [
        .. Seeds.Select(Dense),
        .. from share in Shares from seed in Seeds from ticket in Controls.Prepend(new Ticket(TicketKind.Largest, 1)) select Of(ticket with { Kept = share }, seed),
    ];

    public override string Answer(IReadOnlyList<Trial> trials)
    {
        IEnumerable<string> parts = Shares.Select(share => FormattableString.Invariant($"{share:0%} kept: {Words(trials, share, new Ticket(TicketKind.Largest, share))} (random {Words(trials, share, Controls[0])}, memorized {Words(trials, share, Controls[1])}, dense {Words(trials, share, Controls[2])})"));
        return FormattableString.Invariant($"The whole network groks at epoch {Median.Of(trials.Where(trial => trial.Plan.Transfer is null).Select(Time)):0} (median of five seeds); {string.Join("; ", parts)}.");
    }

    /// <summary>The epochs of the tickets of a kind and share, a number for each seed; the horizon where test accuracy 0.99 never comes.</summary>
    internal static IReadOnlyList<double> Times(IReadOnlyList<Trial> trials, double share, Ticket ticket) => [.. trials.Where(trial => trial.Plan.Transfer == ticket with { Kept = share }).Select(Time)];

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials) => Shares.Zip(Statistics, (share, statistic) =>
    {
        IReadOnlyList<double> tickets = Times(trials, share, new Ticket(TicketKind.Largest, share));
        double ratio = Median.Of(tickets.Select((ticket, seed) => ticket < Horizon ? ticket / Controls.Min(control => Times(trials, share, control)[seed]) : double.PositiveInfinity));
        return statistic.Of(double.IsFinite(ratio) ? ratio : null, "most tickets do not generalize");
    });

    private static double Time(Trial trial) => trial.Generalized ?? Horizon;

    private static string Words(IReadOnlyList<Trial> trials, double share, Ticket ticket)
    {
        double median = Median.Of(Times(trials, share, ticket));
        return median < Horizon ? FormattableString.Invariant($"{median:0}") : "never";
    }

    private static PlannedRun Dense(long seed) => new(
        FormattableString.Invariant($"whole-seed{seed}"), Config(seed), new TrainingSchedule { Epochs = Horizon, EpochsAfterGeneralization = 1_000, LogEvery = 50, CheckpointEvery = (int)Memorized });

    private static PlannedRun Of(Ticket ticket, long seed) => new(
        FormattableString.Invariant($"{Name(ticket)}-kept{ticket.Kept}-seed{seed}"),
        Config(seed) with { KeepZeros = ticket.Kind != TicketKind.DenseOfEqualNorm },
        new TrainingSchedule { Epochs = Horizon, EpochsAfterGeneralization = 0, LogEvery = 50, CheckpointEvery = 5_000 },
        Dense(seed)) { Transfer = ticket };

    private static string Name(Ticket ticket) => ticket.Kind switch
    {
        TicketKind.Random => "random",
        TicketKind.DenseOfEqualNorm => "dense",
        _ => ticket.At is null ? "ticket" : "memorized",
    };

    private static TrainingConfig Config(long seed) => new() { Model = new TransformerConfig { Prime = Prime }, TrainFraction = 0.4, Seed = seed };
}
