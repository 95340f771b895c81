using System.CommandLine;
using GrokVerify.Analysis;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Interchange;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Verbs;

/// <summary>analyze: every measure and ablation of one network.</summary>
internal static class AnalyzeVerb
{
    public static Command Create(CommandLineSurroundings surroundings)
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
            NetworkFile network = options.Read(parsed, surroundings);
            PairSplit? split = options.Split(parsed, network);
            ModelAnalysis analysis = Analyze(network, split);
            if (parsed.GetValue(json))
            {
                surroundings.Output.WriteLine(AnalysisJson.Write(analysis));
            }
            else
            {
                Show(surroundings, analysis);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static ModelAnalysis Analyze(NetworkFile network, PairSplit? split)
    {
        try
        {
            return ModelAnalysis.Of(network.Weights, network.Task, split, network.Facts.Epoch);
        }
        catch (ArgumentException problem)
        {
            throw new UsageException($"{network.Path}: {problem.Message}", problem);
        }
    }

    private static void Show(CommandLineSurroundings surroundings, ModelAnalysis analysis)
    {
        ConsoleTables.Show(surroundings.Console, AnalysisTables.Measures(analysis));
        if (AnalysisTables.KeyFrequencies(analysis) is ReportTable keys)
        {
            ConsoleTables.Show(surroundings.Console, keys);
        }

        ConsoleTables.Show(surroundings.Console, AnalysisTables.Ablations(analysis));
    }
}
