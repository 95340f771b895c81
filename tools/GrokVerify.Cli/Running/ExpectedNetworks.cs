using GrokVerify.Expectations;
using GrokVerify.Formats;
using GrokVerify.LibTorch;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Running;

/// <summary>Networks held against recorded verdicts: one line for each that still has them, one for each claim that has not.</summary>
/// <param name="expectations">The file of recorded verdicts.</param>
/// <param name="project">The project file whose GrokModel item an error is told at; null for errors without a place.</param>
/// <param name="context">Told of both.</param>
internal sealed class ExpectedNetworks(string expectations, string? project, CommandContext context)
{
    private const string Changed = "GROKV0101";
    private const string BadNetwork = "GROKV0102";
    private const string BadExpectations = "GROKV0103";
    private const string MissingNetwork = "GROKV0104";

    private int _exitCode = ExitCode.Done;

    /// <summary>Goes on after a network that cannot be judged: one call tells of all.</summary>
    /// <param name="paths">The networks.</param>
    /// <param name="read">Reads one of them, as was recorded unless the command line says otherwise.</param>
    /// <param name="splits">The halves that the command line names; none for those that the file tells, or that were recorded.</param>
    /// <returns>0 when every verdict is the recorded one, 1 when one is another, 2 when something could not be read.</returns>
    public int Check(IReadOnlyList<string> paths, Func<string, NetworkReading?, NetworkFile> read, Func<NetworkFile, IReadOnlyList<PairSplit>> splits)
    {
        ExpectationsFile recorded;
        try
        {
            recorded = ExpectationsFile.Read(expectations);
        }
        catch (ExpectationsException problem)
        {
            Tell(BadExpectations, problem.Message, paths[0], ExitCode.BadUsage);
            return _exitCode;
        }

        foreach (string path in paths)
        {
            try
            {
                NetworkFile file = ReadFile(path, given => read(given, recorded.Find(given)?.Reading(given)));
                Compare(recorded, file, splits(file));
            }
            catch (ExpectationsException problem)
            {
                Tell(BadExpectations, problem.Message, path, ExitCode.BadUsage);
            }
            catch (Exception problem) when (problem is UsageException or CheckpointException)
            {
                Tell(BadNetwork, problem.Message, path, ExitCode.BadUsage);
            }
            catch (LibTorchUnavailableException problem)
            {
                Tell(LibTorchUnavailableException.Code, problem.Message[(LibTorchUnavailableException.Code.Length + 2)..], path, ExitCode.Failed);
            }
        }

        foreach (string missing in recorded.Missing().Except(paths.Select(recorded.NameOf)))
        {
            Tell(MissingNetwork, $"{expectations}: {missing} is recorded there, but there is no such file; bring it back, or take its entry out", paths[0], ExitCode.Failed);
        }

        return _exitCode;
    }

    /// <summary>Expectations are of files, which have a hash: a run folder moves on.</summary>
    /// <exception cref="UsageException">It is a folder.</exception>
    public static NetworkFile ReadFile(string path, Func<string, NetworkFile> read) =>
        Directory.Exists(path) ? throw new UsageException($"{path}: is a folder; give the file of one network, of a run one of its checkpoints") : read(path);

    private void Compare(ExpectationsFile recorded, NetworkFile file, IReadOnlyList<PairSplit> splits)
    {
        NetworkExpectation expected = recorded.Of(file.Path);
        JudgedNetwork judged = JudgedNetwork.Of(Measuring.Of(file, splits.Count > 0 ? splits : expected.Splits(file), context));
        IReadOnlyList<ClaimChange> changes = ExpectationComparison.Changes(recorded, expected, judged);
        foreach (ClaimChange change in changes)
        {
            Tell(Changed, change.ToString(), file.Path, ExitCode.Failed);
        }

        if (changes.Count == 0)
        {
            context.Output.WriteLine($"{file.Path}: as expected: {judged.Sums}");
        }
    }

    private void Tell(string code, string message, string network, int exitCode)
    {
        string line = message.ReplaceLineEndings(" ");
        context.Error.WriteLine(project is null ? code == LibTorchUnavailableException.Code ? $"{code}: {line}" : line : $"{GrokModelItem.PlaceOf(network, project)}: error {code}: {line}");
        _exitCode = Math.Max(_exitCode, exitCode);
    }
}
