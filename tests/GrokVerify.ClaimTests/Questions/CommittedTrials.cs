using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests.Questions;

/// <summary>The committed tables of what the questions had trained: golden/questions.</summary>
internal static class CommittedTrials
{
    /// <summary>Empty where a question was asked, and nothing trained for it yet.</summary>
    public static IReadOnlyList<Trial> Of(QuestionClaim question)
    {
        string path = Path.Combine(GoldenFolder.OfThisRepository.Path, "questions", $"{question.Id}.csv");
        return File.Exists(path) ? TrialTable.Read(question, File.ReadAllText(path)) : [];
    }
}
