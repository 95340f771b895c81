using GrokVerify.Claims;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class QuestionVerbTests : CommandLineTests
{
    [Test]
    public void Lists_the_questions_with_what_they_ask_and_how_many_trainings_they_take()
    {
        CommandLineResult result = Run("question", "--list");

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        result.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n').Should().Equal(ClaimCatalog.OfQuestions.Select(question => $"{question.Id}: {question.Question} ({question.Trainings} trainings)"));
    }

    [Test]
    public void Refuses_a_name_that_no_question_has() =>
        Run("question", "meaning-of-life").Should().BeEquivalentTo(
            new { ExitCode = 2, Output = "", Error = $"no question is called meaning-of-life; give one of {string.Join(", ", ClaimCatalog.OfQuestions.Select(question => question.Id))}{Environment.NewLine}" });
}
