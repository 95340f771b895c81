using System.CommandLine;
using GrokVerify.Analysis;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
using GrokVerify.Judging;
using GrokVerify.Networks;

namespace GrokVerify.Cli.Verbs;

/// <summary>analyze: every measure and ablation of one network.</summary>
internal static class AnalyzeVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "analyze",
            """
            Measures one network, trained here or by others: losses, key frequencies, progress measures, ablations.

            A measure that needs the train and test halves is absent when neither the file nor the options tell them.
            """);
        var options = new NetworkOptions(command);
        Option<bool> json = OptionFactory.Switch("--json", "Print JSON, numbers with all their digits");
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            NetworkFile file = options.Read(parsed, context);
            MeasuredNetwork measured = Measuring.Of(file, options.Splits(parsed, file, context), context);
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(AnalysisJson.Write(ModelAnalysis.Analyze(measured.Network, measured.Split, file.Facts.Epoch, measured.Hint()) with { Warnings = measured.Warnings }));
            }
            else
            {
                Show(context, ModelAnalysis.Analyze(measured.Network, measured.Split, file.Facts.Epoch), measured.Hint());
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(CommandContext context, ModelAnalysis analysis, string? hint)
    {
        if (analysis.NotGrokked is string notGrokked)
        {
            context.Output.WriteLine(notGrokked);
        }

        ConsoleTables.Show(context.Console, AnalysisTables.Measures(analysis) with { Note = hint });
        if (AnalysisTables.KeyFrequencies(analysis) is ReportTable keys)
        {
            ConsoleTables.Show(context.Console, keys);
        }

        ConsoleTables.Show(context.Console, AnalysisTables.Ablations(analysis));
    }
}
