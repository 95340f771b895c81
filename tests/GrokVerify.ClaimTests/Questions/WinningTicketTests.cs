using GrokVerify.Claims.Questions;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="WinningTicket"/>
internal sealed class WinningTicketTests : QuestionTests<WinningTicket>
{
    protected override IReadOnlyList<string> Again => ["ticket-kept0.5-seed0"];

    [Test]
    [Category("Control")]
    public void A_ticket_that_takes_as_long_as_random_weights_refutes_it() => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Name.StartsWith("ticket", StringComparison.Ordinal) ? Named(trial.Plan.Name.Replace("ticket", "random", StringComparison.Ordinal)) : trial),
        "epochs that the ticket takes over those of the soonest control, half of the weights kept");
}
