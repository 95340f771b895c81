using System.Text;
using VerifyTests;

namespace OfflineVerify.Engine;

/// <summary>The text of a failure, in Verify's machine-readable layout: a list of files, then their contents.</summary>
internal static class FailureMessage
{
    public static string Build(string directory, IReadOnlyList<Outcome> outcomes, IReadOnlyCollection<string> deleted, bool omitContent)
    {
        List<Outcome> added = Of(outcomes, Verdict.New);
        List<Outcome> differing = Of(outcomes, Verdict.NotEqual);
        var text = new StringBuilder();
        text.AppendLine($"Directory: {directory}");
        AppendFiles(text, "New:", added);
        AppendFiles(text, "NotEqual:", differing);
        if (deleted.Count > 0)
        {
            text.AppendLine("Delete:");
            foreach (string file in deleted)
            {
                text.AppendLine($"  - {Path.GetFileName(file)}");
            }
        }

        AppendFiles(text, "Equal:", Of(outcomes, Verdict.Equal));
        if (!omitContent)
        {
            AppendContents(text, [.. added.Where(outcome => outcome.File.IsText)], [.. differing.Where(HasContent)]);
        }

        return text.ToString();
    }

    private static List<Outcome> Of(IEnumerable<Outcome> outcomes, Verdict verdict) => [.. outcomes.Where(outcome => outcome.Verdict == verdict)];

    private static bool HasContent(Outcome outcome) => outcome.File.IsText || outcome.Message is not null;

    private static void AppendFiles(StringBuilder text, string heading, List<Outcome> outcomes)
    {
        if (outcomes.Count == 0)
        {
            return;
        }

        text.AppendLine(heading);
        foreach (FilePair file in outcomes.Select(outcome => outcome.File))
        {
            text.AppendLine($"  - Received: {file.ReceivedName}");
            text.AppendLine($"    Verified: {file.VerifiedName}");
        }
    }

    private static void AppendContents(StringBuilder text, List<Outcome> added, List<Outcome> differing)
    {
        if (added.Count == 0 && differing.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine("FileContent:").AppendLine();
        if (added.Count > 0)
        {
            text.AppendLine("New:").AppendLine();
            foreach (Outcome outcome in added)
            {
                text.AppendLine($"Received: {outcome.File.ReceivedName}").AppendLine(outcome.ReceivedText).AppendLine();
            }
        }

        if (differing.Count > 0)
        {
            text.AppendLine("NotEqual:").AppendLine();
            foreach (Outcome outcome in differing)
            {
                AppendDifference(text, outcome);
                text.AppendLine();
            }
        }
    }

    private static void AppendDifference(StringBuilder text, Outcome outcome)
    {
        text.AppendLine($"Received: {outcome.File.ReceivedName}");
        if (outcome.Message is null)
        {
            text.AppendLine(outcome.ReceivedText);
            text.AppendLine($"Verified: {outcome.File.VerifiedName}");
            text.AppendLine(outcome.VerifiedText);
        }
        else
        {
            text.AppendLine($"Verified: {outcome.File.VerifiedName}");
            text.AppendLine("Compare Result:").AppendLine(outcome.Message);
        }
    }
}
