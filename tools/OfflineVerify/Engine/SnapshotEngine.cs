using OfflineVerify.Naming;
using VerifyTests;

namespace OfflineVerify.Engine;

/// <summary>One verification: compares every target, then passes, accepts, or fails with all that is wrong.</summary>
internal static class SnapshotEngine
{
    public static async Task<VerifyResult> Run(
        SnapshotIdentity test, VerifySettings settings, IReadOnlyList<Target> targets, string? root, Action<string> attach)
    {
        SharedSettings shared = VerifierSettings.Shared;
        shared.HasRun = true;
        shared.Before?.Invoke();
        settings.Before?.Invoke();
        try
        {
            SnapshotFiles files = SnapshotFiles.Prepare(test, settings);
            List<Outcome> outcomes = await CompareAll(files, targets, settings, test);
            HashSet<string> dangling = new(files.ExistingVerified, StringComparer.InvariantCultureIgnoreCase);
            dangling.ExceptWith(outcomes.Select(outcome => outcome.File.VerifiedPath));

            var followUp = new FollowUp(settings, test, attach);
            bool accepted = await followUp.Handle(outcomes, dangling);
            if (!accepted)
            {
                throw new VerifyException(new FailureMessage(files.Directory).Of(outcomes, dangling, shared.OmitContent));
            }

            return new VerifyResult([.. outcomes.Select(outcome => outcome.File)], root);
        }
        finally
        {
            settings.After?.Invoke();
            shared.After?.Invoke();
        }
    }

    private static async Task<List<Outcome>> CompareAll(
        SnapshotFiles files, IReadOnlyList<Target> targets, VerifySettings settings, SnapshotIdentity test)
    {
        foreach (Target text in targets.Where(target => target.IsString))
        {
            ReceivedText.ThrowIfItNamesThisMachine(text.Text.ToString(), test.TestAssembly);
        }

        var outcomes = new List<Outcome>();
        bool textFailed = false;
        bool bypass = false;
        foreach (IGrouping<(string, string), Target> group in targets.GroupBy(target => (target.Name ?? "", target.Extension)))
        {
            Target[] same = [.. group];
            for (int i = 0; i < same.Length; i++)
            {
                FilePair file = files.For(same[i], same.Length == 1 ? null : i);
                Outcome outcome = await Compare(file, same[i], settings, textFailed, bypass);
                outcomes.Add(outcome);
                if (outcome.Verdict != Verdict.Equal)
                {
                    textFailed |= file.IsText;
                    bypass |= same[i].BypassComparersForSubsequentOnDifference;
                }
            }
        }

        return outcomes;
    }

    private static async Task<Outcome> Compare(
        FilePair file, Target target, VerifySettings settings, bool textFailed, bool bypass)
    {
        try
        {
            if (target.IsString)
            {
                return await TextComparison.Compare(file, ReceivedText.Normalize(target.Text), settings, bypass);
            }

            await using Stream stream = target.StreamData;
            return await StreamComparison.Compare(file, stream, settings, textFailed || bypass);
        }
        catch (Exception exception) when (exception is not VerifiedLineEndingException)
        {
            throw new InvalidOperationException(
                $"Failed to compare files:\nReceivedPath: {file.ReceivedPath}\nVerifiedPath: {file.VerifiedPath}", exception);
        }
    }
}
