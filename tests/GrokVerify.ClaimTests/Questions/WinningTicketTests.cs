using GrokVerify.Claims.Questions;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="WinningTicket"/>
internal sealed class WinningTicketTests : QuestionTests<WinningTicket>
{
    private const string Half = "epochs that the ticket takes over those of the soonest control, half of the weights kept";

    protected override IReadOnlyList<string> Again => ["ticket-kept0.5-seed0"];

    [TestCase("random")]
    [TestCase("memorized")]
    [TestCase("dense")]
    [Category("Control")]
    public void A_ticket_that_takes_as_long_as_another_choice_of_weights_refutes_it(string other) => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Name.StartsWith("ticket", StringComparison.Ordinal) ? Named(trial.Plan.Name.Replace("ticket", other, StringComparison.Ordinal)) : trial), Half);

    [Test]
    [Category("Control")]
    public void One_other_choice_that_is_as_soon_refutes_it() => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Name.StartsWith("dense", StringComparison.Ordinal) ? Named(trial.Plan.Name.Replace("dense", "ticket", StringComparison.Ordinal)) : trial), Half);
}
