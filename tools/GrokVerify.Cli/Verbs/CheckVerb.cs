using System.CommandLine;
using GrokVerify.Claims;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
using GrokVerify.Judging;
using GrokVerify.Networks;

namespace GrokVerify.Cli.Verbs;

/// <summary>check: which claims hold on one network.</summary>
internal static class CheckVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "check",
            """
            Judges the paper's claims on one network, trained here or by others, as far as a network alone can tell.

            A claim that does not hold is a finding, not a failure: the exit code is 0.
            """);
        var options = new NetworkOptions(command);
        Option<bool> json = OptionFactory.Switch("--json", "Print JSON, numbers with all their digits");
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            NetworkFile file = options.Read(parsed, context);
            MeasuredNetwork measured = MeasuredNetwork.Evaluate(file, options.Split(parsed, file), context);
            IReadOnlyList<CheckedClaim> claims = NetworkCheck.Of(NetworkEvidence.Measure(measured.Network, measured.Split));
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(ClaimJson.Of(claims, file, measured.Split));
            }
            else
            {
                ConsoleTables.Show(context.Console, ClaimTables.Statistics(claims.Select(claim => claim.Result).OfType<ClaimResult>(), isComparable: file.Weights.Config == new Model.TransformerConfig()));
                ConsoleTables.Show(context.Console, ClaimTables.Verdicts(claims));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
