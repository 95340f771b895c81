using System.CommandLine;
using GrokVerify.Claims;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
using GrokVerify.Judging;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Verbs;

/// <summary>check: which claims hold on a network, or whether it still has the verdicts that were recorded.</summary>
internal static class CheckVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "check",
            """
            Judges the paper's claims on one network, or on several, trained here or by others, as far as a network alone can tell.

            On a run folder the claims about the run's curve are judged too, up to its newest checkpoint; with --epoch that network alone.

            A claim that does not hold is a finding, not a failure: the exit code is 0. With --expect it is 1 when a verdict is not the one that expect recorded; each such claim is one line on the error stream.
            """);
        var options = new NetworkOptions(command, several: true);
        Option<bool> json = OptionFactory.Switch("--json", "Print JSON, numbers with all their digits");
        command.Options.Add(json);
        Option<string?> expect = OptionFactory.Path("--expect", "Compare with the verdicts that expect wrote to this file", "file");
        command.Options.Add(expect);
        Option<string?> project = OptionFactory.Path("--msbuild", "With --expect: write errors as MSBuild reads them, at the GrokModel item of this project file", "file");
        command.Options.Add(project);
        command.SetAction(parsed =>
        {
            IReadOnlyList<string> paths = options.Paths(parsed);
            if (parsed.GetValue(json) && (paths.Count > 1 || parsed.GetValue(expect) is not null))
            {
                throw new UsageException("--json: prints the verdicts on one network; give one PATH with it, without --expect");
            }

            if (parsed.GetValue(project) is string file && parsed.GetValue(expect) is null)
            {
                throw new UsageException($"--msbuild {file}: says where to tell of changed verdicts; give --expect with it");
            }

            if (parsed.GetValue(expect) is string expectations)
            {
                return new ExpectedNetworks(expectations, parsed.GetValue(project), context).Check(paths, (path, recorded) => options.Read(path, parsed, context, recorded), network => options.GivenSplits(parsed, network, context));
            }

            foreach (NetworkFile network in paths.Select(path => options.Read(path, parsed, context)))
            {
                MeasuredNetwork measured = Measuring.Of(network, options.Splits(parsed, network, context), context);
                RunEvidence? curve = WholeRun(measured, options.Epoch(parsed), context) is TrainingRun run ? MeasuredRun.Of(run, context, network.Facts.Epoch, isSilent: parsed.GetValue(json)) : null;
                Show(measured, curve, parsed.GetValue(json), paths.Count > 1, context);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The run whose curve is judged with the network; null where there is none, or not all of it, or where another network or other halves are asked for: which is said.</summary>
    private static TrainingRun? WholeRun(MeasuredNetwork measured, long? epoch, CommandContext context)
    {
        if (StoredNetwork.RunOf(measured.File) is not TrainingRun run)
        {
            return null;
        }

        string? obstacle = epoch is not null ? $"--epoch {epoch} is one network; leave it out"
            : run.Rows[0].Epoch > 0 ? $"its curve begins at epoch {run.Rows[0].Epoch}, where it goes on from another network; give a run from initial weights"
            : measured.Split is not PairSplit split || !split.Train.SequenceEqual(run.Config.CreateSplit().Train) ? "they are about the halves that it was trained on; leave out --fraction, --seed and --split"
            : null;
        if (obstacle is not null)
        {
            context.Warn($"{run.Folder}: claims about the run's curve are not judged: {obstacle}");
        }

        return obstacle is null ? run : null;
    }

    private static void Show(MeasuredNetwork measured, RunEvidence? curve, bool asJson, bool named, CommandContext context)
    {
        NetworkFile file = measured.File;
        NetworkEvidence evidence = curve?.Network ?? NetworkEvidence.Measure(measured.Network, measured.Split);
        IReadOnlyList<CheckedClaim> claims = curve is null ? NetworkCheck.Of(evidence) : NetworkCheck.Of(curve);
        if (asJson)
        {
            context.Output.WriteLine(ClaimJson.Of(claims, measured, evidence.NotGrokked is null));
            return;
        }

        if (named)
        {
            context.Output.WriteLine($"{Environment.NewLine}{file.Path}");
        }

        if (evidence.NotGrokked is string notGrokked)
        {
            context.Output.WriteLine(notGrokked);
        }

        ConsoleTables.Show(context.Console, ClaimTables.Statistics(claims.Select(claim => claim.Result).OfType<ClaimResult>(), isComparable: file.Weights.Config == new Model.TransformerConfig()));
        ConsoleTables.Show(context.Console, ClaimTables.Verdicts(claims));
    }
}
