using System.CommandLine;
using GrokVerify.Analysis;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
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
            Measures one network: losses, key frequencies, progress measures, ablations.

            A measure that needs the train and test halves is absent when neither the file nor the options tell them.
            """);
        var path = new Argument<string>("PATH") { Description = "A run folder, a folder that holds one run, or a .safetensors file" };
        command.Arguments.Add(path);
        Option<long?> epoch = OptionFactory.OptionalNumber<long>("--epoch", "The checkpoint of a run folder [default: the newest]");
        Option<double?> fraction = OptionFactory.OptionalNumber<double>("--fraction", "Share of the pairs that was trained on, for a file that does not say it");
        Option<long?> seed = OptionFactory.OptionalNumber<long>("--seed", "The seed of the split, for a file that does not say it");
        Option<bool> json = OptionFactory.Switch("--json", "Print JSON, numbers with all their digits");
        command.Options.Add(epoch);
        command.Options.Add(fraction);
        command.Options.Add(seed);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var network = StoredNetwork.Read(parsed.GetRequiredValue(path), parsed.GetValue(epoch), surroundings.Warn);
            PairSplit? split = network.Split(parsed.GetValue(fraction), parsed.GetValue(seed));
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

    private static ModelAnalysis Analyze(StoredNetwork network, PairSplit? split)
    {
        try
        {
            return ModelAnalysis.Of(network.Weights, network.Task, split, network.Epoch);
        }
        catch (ArgumentException problem)
        {
            throw new UsageException($"{network.Source}: {problem.Message}", problem);
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
