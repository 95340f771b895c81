namespace OfflineVerify.Engine;

/// <summary>The text of a failure, in Verify's machine-readable layout: a list of files, then their contents; every line ends in \n, on every system.</summary>
internal sealed class FailureMessage(string directory)
{
    public string Of(IReadOnlyList<Outcome> outcomes, IEnumerable<string> deleted, bool omitContent)
    {
        List<Outcome> added = Of(outcomes, Verdict.New);
        List<Outcome> differing = Of(outcomes, Verdict.NotEqual);
        List<string> lines =
        [
            $"Directory: {directory}",
            .. Section(["New:"], added.SelectMany(Names)),
            .. Section(["NotEqual:"], differing.SelectMany(Names)),
            .. Section(["Delete:"], deleted.Select(file => $"  - {Path.GetFileName(file)}")),
            .. Section(["Equal:"], Of(outcomes, Verdict.Equal).SelectMany(Names)),
        ];
        if (!omitContent)
        {
            lines.AddRange(Section(
                ["", "FileContent:", ""],
                [
                    .. Section(["New:", ""], added.Where(outcome => outcome.File.IsText).SelectMany(Content)),
                    .. Section(["NotEqual:", ""], differing.Where(outcome => outcome.File.IsText || outcome.Message is not null).SelectMany(Difference)),
                ]));
        }

        return string.Join('\n', lines) + '\n';
    }

    private static List<Outcome> Of(IEnumerable<Outcome> outcomes, Verdict verdict) => [.. outcomes.Where(outcome => outcome.Verdict == verdict)];

    private static string[] Section(string[] heading, IEnumerable<string> lines) => lines.ToArray() is { Length: > 0 } body ? [.. heading, .. body] : [];

    private string[] Names(Outcome outcome) => [$"  - {Received(outcome)}", $"    {Verified(outcome)}"];

    private string[] Content(Outcome outcome) => [Received(outcome), $"{outcome.ReceivedText}", ""];

    private string[] Difference(Outcome outcome) => outcome.Message is null
        ? [Received(outcome), $"{outcome.ReceivedText}", Verified(outcome), $"{outcome.VerifiedText}", ""]
        : [Received(outcome), Verified(outcome), "Compare Result:", outcome.Message, ""];

    private string Received(Outcome outcome) => $"Received: {Path.GetRelativePath(directory, outcome.File.ReceivedPath)}";

    private string Verified(Outcome outcome) => $"Verified: {Path.GetRelativePath(directory, outcome.File.VerifiedPath)}";
}
