using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests.Questions;

/// <summary>The committed tables of what the questions had trained: golden/questions.</summary>
internal static class CommittedTrials
{
    public static IReadOnlyList<Trial> Of(QuestionClaim question) =>
        TrialTable.Read(question, File.ReadAllText(Path.Combine(GoldenFolder.OfThisRepository.Path, "questions", $"{question.Id}.csv")));
}
