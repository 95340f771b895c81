using DiffEngine;
using OfflineVerify.Naming;
using VerifyTests;

namespace OfflineVerify.Engine;

/// <summary>What follows a comparison: callbacks, acceptance, attachments on a build server, and a diff tool where a person is there to use it.</summary>
internal sealed class FollowUp(VerifySettings settings, SnapshotIdentity test, Action<string> attach)
{
    private readonly SharedSettings _shared = VerifierSettings.Shared;

    private readonly bool _attach = !VerifierSettings.Shared.AttachmentsDisabled && BuildServerDetector.Detected;

    private readonly bool _diff = !DiffRunner.Disabled && settings.DiffEnabled && !BuildServerDetector.Detected;

    /// <returns>True where nothing is wrong, or all of it was accepted.</returns>
    public async Task<bool> Handle(IReadOnlyList<Outcome> outcomes, IReadOnlyCollection<string> dangling)
    {
        CloseDiffTools(outcomes);
        List<Outcome> added = [.. outcomes.Where(outcome => outcome.Verdict == Verdict.New)];
        List<Outcome> differing = [.. outcomes.Where(outcome => outcome.Verdict == Verdict.NotEqual)];
        if (added.Count + differing.Count + dangling.Count == 0)
        {
            return true;
        }

        bool accepted = true;
        foreach (string file in dangling)
        {
            accepted &= await Deleted(file);
        }

        foreach (Outcome outcome in added)
        {
            accepted &= await Failed(outcome);
        }

        foreach (Outcome outcome in differing)
        {
            accepted &= await Failed(outcome);
        }

        return accepted && !_shared.ThrowException && !settings.ThrowException;
    }

    private async Task<bool> Deleted(string file)
    {
        bool accept = IsAccepted(file);
        await Tell(settings.Delete, handler => handler(file, accept));
        await Tell(_shared.Delete, handler => handler(file, accept));
        if (accept)
        {
            File.Delete(file);
        }
        else if (_diff)
        {
            await DiffRunner.AddDeleteAsync(file);
        }

        return accept;
    }

    private async Task<bool> Failed(Outcome outcome)
    {
        FilePair file = outcome.File;
        if (_attach)
        {
            attach(file.ReceivedPath);
        }

        bool accept = IsAccepted(file.VerifiedPath);
        if (outcome.Verdict == Verdict.New)
        {
            await Tell(settings.FirstVerify, handler => handler(file, outcome.ReceivedText, accept));
            await Tell(_shared.FirstVerify, handler => handler(file, outcome.ReceivedText, accept));
        }
        else
        {
            await Tell(settings.Mismatch, handler => handler(file, outcome.Message, accept));
            await Tell(_shared.Mismatch, handler => handler(file, outcome.Message, accept));
        }

        if (accept)
        {
            File.Move(file.ReceivedPath, file.VerifiedPath, overwrite: true);
        }
        else if (_diff)
        {
            await (file.IsText
                ? DiffRunner.LaunchForTextAsync(file.ReceivedPath, file.VerifiedPath, _shared.Encoding)
                : DiffRunner.LaunchAsync(file.ReceivedPath, file.VerifiedPath, _shared.Encoding));
        }

        return accept;
    }

    /// <summary>The process-wide rule, where there is one, decides alone.</summary>
    private bool IsAccepted(string verifiedFile) =>
        _shared.AutoVerify is { } rule
            ? rule(test.TypeName, test.MethodName, verifiedFile)
            : settings.AutoVerifyRule?.Invoke(verifiedFile) ?? false;

    private void CloseDiffTools(IEnumerable<Outcome> outcomes)
    {
        if (_diff)
        {
            foreach (FilePair file in outcomes.Where(outcome => outcome.Verdict == Verdict.Equal).Select(outcome => outcome.File))
            {
                DiffRunner.Kill(file.ReceivedPath, file.VerifiedPath);
            }
        }
    }

    private static async Task Tell<THandler>(THandler? handlers, Func<THandler, Task> call)
        where THandler : Delegate
    {
        foreach (THandler handler in handlers?.GetInvocationList().Cast<THandler>() ?? [])
        {
            await call(handler);
        }
    }
}
