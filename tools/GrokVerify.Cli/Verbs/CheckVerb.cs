using System.CommandLine;
using GrokVerify.Claims;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
using GrokVerify.Judging;
using GrokVerify.Networks;

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
                return new ExpectedNetworks(expectations, parsed.GetValue(project), context).Check(paths, path => options.Read(path, parsed, context), network => options.GivenSplits(parsed, network, context));
            }

            foreach (NetworkFile network in paths.Select(path => options.Read(path, parsed, context)))
            {
                Show(network, Measuring.Of(network, options.Splits(parsed, network, context), context), parsed.GetValue(json), paths.Count > 1, context);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(NetworkFile file, MeasuredNetwork measured, bool asJson, bool named, CommandContext context)
    {
        var evidence = NetworkEvidence.Measure(measured.Network, measured.Split);
        IReadOnlyList<CheckedClaim> claims = NetworkCheck.Of(evidence);
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
