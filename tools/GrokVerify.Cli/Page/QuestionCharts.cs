using GrokVerify.Claims.Questions;
using GrokVerify.Judging;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Page;

/// <summary>A picture of the answer to each question.</summary>
internal static class QuestionCharts
{
    private static readonly Axis Accuracy = new("test accuracy");

    /// <param name="question">The question.</param>
    /// <param name="trials">What came of its trainings.</param>
    public static Chart Of(QuestionClaim question, IReadOnlyList<Trial> trials)
    {
        (Axis x, Axis y, IEnumerable<Trace> traces) = question switch
        {
            PairsToForget => (new Axis("pairs trained on", IsLogarithmic: true, CanSwitch: true), Accuracy, Pairs(trials)),
            DipInWidth => (new Axis("d_model", IsLogarithmic: true, CanSwitch: true), new Axis("accuracy, mean over seeds"), Widths(trials)),
            WidthToGrok => (new Axis("size", IsLogarithmic: true, CanSwitch: true), new Axis("share of seeds that generalize"), Sizes(trials)),
            WinningTicket => (new Axis("share of the weights kept", IsLogarithmic: true, CanSwitch: true), new Axis("epochs to a test accuracy of 0.99 (10,000: none)", IsLogarithmic: true, CanSwitch: true), Tickets(trials)),
            SoonerThanTunedAdamW sooner => (new Axis("way"), new Axis("steps over those of tuned AdamW", IsLogarithmic: true, CanSwitch: true), Ways(sooner, trials)),
            FormFromWeights form => (new Axis("network"), new Axis("divergence from the network, nats", IsLogarithmic: true, CanSwitch: true), Forms(form, trials)),
            StudentOfLogits => (new Axis("neurons of the student", IsLogarithmic: true, CanSwitch: true), new Axis("share of students that succeed"), Students(trials)),
            ProvenAccuracy => (new Axis("network"), new Axis("proven accuracy over the true one"), [Trace.Of("networks that have grokked, from the least to the most", TraceKind.Points, Colour.Vermilion, ProvenAccuracy.Shares(trials).Order().Select((share, i) => (i + 1.0, (double?)share)))]),
            _ => throw new ArgumentException($"{question.Id} has no picture", nameof(question)),
        };
        return new Chart(question.Id, question.Question, question.Answer(trials), x, y, [.. traces]);
    }

    private static IEnumerable<Trace> Pairs(IReadOnlyList<Trial> trials)
    {
        foreach ((string name, bool trainedOn, double decay, Colour colour) in new[]
        {
            ("grokked, trained on, weight decay 2", true, 2.0, Colour.Vermilion), ("grokked, trained on, weight decay 5", true, 5.0, Colour.Orange),
            ("from scratch, weight decay 2", false, 2.0, Colour.Blue), ("from scratch, weight decay 5", false, 5.0, Colour.Sky),
        })
        {
            IReadOnlyList<(double Pairs, double Accuracy)> points = PairsToForget.Accuracies(trials, decay, trainedOn);
            yield return Trace.Of(name, TraceKind.Points, colour, points.Select(point => (point.Pairs, (double?)point.Accuracy)));
            yield return Trace.Line($"{name}: mean", colour, Means(points));
        }

        if (PairsToForget.Predicted(trials) is double predicted)
        {
            yield return Trace.Line("number that norms predict", Colour.Grey, [(predicted, 0), (predicted, 1)]) with { IsDashed = true };
        }
    }

    private static IEnumerable<Trace> Widths(IReadOnlyList<Trial> trials) =>
        from line in new[]
        {
            (Name: "23 pairs for each answer, test accuracy", Pairs: DipInWidth.FewPerAnswer, Labels: LabelRule.Sum, Colour: Colour.Vermilion),
            (Name: "44 pairs for each answer, test accuracy", Pairs: DipInWidth.ManyPerAnswer, Labels: LabelRule.Sum, Colour: Colour.Blue),
            (Name: "23 pairs for each answer, without a rule: train accuracy", Pairs: DipInWidth.FewPerAnswer, Labels: LabelRule.Shuffled, Colour: Colour.Grey),
        }
        select Trace.Line(line.Name, line.Colour, DipInWidth.Means(trials, line.Pairs, line.Labels).Select(mean => (mean.Width, (double?)mean.Accuracy))) with { IsDashed = line.Labels == LabelRule.Shuffled };

    private static IEnumerable<Trace> Sizes(IReadOnlyList<Trial> trials) =>
    [
        Trace.Line("neurons", Colour.Vermilion, Means(WidthToGrok.Successes(trials, model => model.DMlp))),
        Trace.Line("d_model", Colour.Blue, Means(WidthToGrok.Successes(trials, model => model.DModel))),
        Trace.Line("heads", Colour.Green, Means(WidthToGrok.Successes(trials, model => model.Heads))),
    ];

    /// <summary>A point for each seed, those of a kind a little beside those of another, as many lie in the same place.</summary>
    private static IEnumerable<Trace> Tickets(IReadOnlyList<Trial> trials) =>
        from line in new[]
        {
            (Name: "what the grokked network kept", Ticket: new Ticket(TicketKind.Largest, 1), Colour: Colour.Vermilion, Beside: 0.97),
            (Name: "as many random weights", Ticket: new Ticket(TicketKind.Random, 1), Colour: Colour.Blue, Beside: 0.99),
            (Name: "what the memorized network has", Ticket: new Ticket(TicketKind.Largest, 1, WinningTicket.Memorized), Colour: Colour.Green, Beside: 1.01),
            (Name: "all weights, of equal norm", Ticket: new Ticket(TicketKind.DenseOfEqualNorm, 1), Colour: Colour.Grey, Beside: 1.03),
        }
        select Trace.Of(line.Name, TraceKind.Points, line.Colour, WinningTicket.Shares.SelectMany(share => WinningTicket.Times(trials, share, line.Ticket).Select(time => (share * line.Beside, (double?)time))));

    private static IEnumerable<Trace> Ways(SoonerThanTunedAdamW question, IReadOnlyList<Trial> trials)
    {
        Colour[] colours = [Colour.Vermilion, Colour.Blue, Colour.Green, Colour.Purple, Colour.Orange, Colour.Sky, Colour.Grey];
        IReadOnlyList<double> adamW = question.StepsOf(trials, SoonerThanTunedAdamW.AdamW);
        foreach (((SoonerThanTunedAdamW.Comparison one, Colour colour), int i) in question.Compared(trials).Zip(colours).Select((pair, i) => (pair, i)))
        {
            IEnumerable<double> ratios = question.StepsOf(trials, one.Way).Zip(adamW, (steps, others) => steps / others);
            yield return Trace.Of($"{one.Way.Name}: ten seeds", TraceKind.Points, colour, ratios.Select(ratio => (i + 1.0, (double?)ratio)));
            yield return Trace.Line($"{one.Way.Name}: interval of the mean", colour, [(i + 1.2, one.OverAdamW.Low), (i + 1.2, one.OverAdamW.High)]);
        }

        yield return Trace.Line("tuned AdamW", Colour.Grey, [(1, 1), (SoonerThanTunedAdamW.Ways.Count + 0.2, 1)]) with { IsDashed = true };
    }

    private static IEnumerable<Trace> Forms(FormFromWeights form, IReadOnlyList<Trial> trials) =>
        from line in new[]
        {
            (Name: "from the weights", Column: "divergence", Colour: Colour.Vermilion),
            (Name: "best of twenty random sets of frequencies", Column: "best_random_divergence", Colour: Colour.Grey),
            (Name: "its coefficients at the best of twenty random sets", Column: "best_moved_divergence", Colour: Colour.Blue),
        }
        select Trace.Of(line.Name, TraceKind.Points, line.Colour, (form.Values(trials, line.Column) ?? []).Select((value, i) => (i + 1.0, (double?)value)));

    private static IEnumerable<Trace> Students(IReadOnlyList<Trial> trials) =>
    [
        Trace.Line("from a grokked network's logits", Colour.Vermilion, Means(StudentOfLogits.Successes(trials, LabelRule.Sum))),
        Trace.Line("from labels", Colour.Blue, Means(StudentOfLogits.Successes(trials, null))),
        Trace.Line("from logits of a network without a rule", Colour.Grey, Means(StudentOfLogits.Successes(trials, LabelRule.Shuffled))) with { IsDashed = true },
    ];

    private static IEnumerable<(double X, double? Y)> Means(IReadOnlyList<(double Size, double Share)> points) =>
        points.GroupBy(point => point.Size, (size, alike) => (size, (double?)alike.Average(point => point.Share))).OrderBy(mean => mean.size);
}
