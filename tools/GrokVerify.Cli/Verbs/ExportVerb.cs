using System.CommandLine;
using GrokVerify.Cli.Cards;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Running;
using GrokVerify.Judging;
using GrokVerify.Networks;
using GrokVerify.Tasks;
using Spectre.Console;

namespace GrokVerify.Cli.Verbs;

/// <summary>export: writes a network to a file that others read.</summary>
internal static class ExportVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "export",
            """
            Writes a network, a run's or another file's, to a file that others read: .pth for PyTorch, with optimiser state where there is one, or .safetensors.

            Reading the file again gives the same bits. A file that is there is never replaced.

            With --card a model card goes beside it (adder.pth has adder.md): what it is, how to load it, its measures and claims.
            """);
        var options = new NetworkOptions(command);
        var file = new Argument<string>("FILE") { Description = $"The file to make; its name ends in {string.Join(" or ", NetworkExport.Endings)}" };
        command.Arguments.Add(file);
        var layout = new ChoiceOption<NetworkLayout>("--layout", "Names and shapes: ours, those of the paper's released code, or TransformerLens'", new()
        {
            ["native"] = NetworkLayout.Native,
            ["published"] = NetworkLayout.Published,
            ["transformerlens"] = NetworkLayout.TransformerLens,
        });
        command.Options.Add(layout.Option);
        Option<bool> card = OptionFactory.Switch("--card", "Write a model card, in Markdown, beside the file");
        command.Options.Add(card);
        command.SetAction(parsed =>
        {
            NetworkFile network = options.Read(parsed, context);
            if (network.Attention.Words is string variant)
            {
                throw new UsageException($"{network.Path}: {variant}, which no layout has a place for; give another network");
            }

            string path = parsed.GetRequiredValue(file);
            RequireNew(path);
            if (parsed.GetValue(card))
            {
                RequireNew(ModelCard.PathOf(path));
            }

            // What was trained here needs no second look, unless its card tells what it measures.
            if (network.Facts.Config is not null && options.GivenSplits(parsed, network, context).Any(split => !network.Splits().Any(own => (own.TrainFraction, own.Seed, own.Shuffle) == (split.TrainFraction, split.Seed, split.Shuffle))))
            {
                throw new UsageException($"{network.Path}: its own configuration goes with it, and tells other halves; leave out --fraction, --seed and --split");
            }

            IReadOnlyList<PairSplit> splits = options.Splits(parsed, network, context);
            MeasuredNetwork? measured = parsed.GetValue(card) || network.Facts.Config is null ? Measuring.Of(network, splits, context) : null;
            if ((measured?.Split ?? (splits is [PairSplit own, ..] ? own : null)) is PairSplit { Seed: long seed } split)
            {
                network = network with { Facts = network.Facts with { TrainFraction = split.TrainFraction, Seed = seed, Shuffle = split.Shuffle, Halves = null } };
            }

            Write(network, layout.Value(parsed), path);
            if (network.Moments is not null && !NetworkExport.KeepsMoments(layout.Value(parsed), path))
            {
                context.Warn($"{path}: has no place for the optimiser state in this layout; give a .pth file or --layout native to keep it");
            }

            if (network.Facts.Halves is not null && !NetworkExport.KeepsHalves(path))
            {
                context.Warn($"{path}: has no place for train and test halves that are known pair by pair; give a .pth file to keep them");
            }

            context.Console.WriteLine($"exported: {path}");
            if (parsed.GetValue(card) && measured is not null)
            {
                ModelCard.Write(network, measured, layout.Value(parsed), path, StoredNetwork.RunOf(network));
                context.Console.WriteLine($"card: {ModelCard.PathOf(path)}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void RequireNew(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new UsageException($"FILE is empty; give a name that ends in {string.Join(" or ", NetworkExport.Endings)}");
        }

        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new UsageException($"{path}: is there already; give another name, or delete it");
        }
    }

    private static void Write(NetworkFile network, NetworkLayout layout, string path)
    {
        if (network.Weights.OptionalBiases is not null && layout != NetworkLayout.TransformerLens)
        {
            throw new UsageException($"{network.Path}: has biases that only TransformerLens' layout has a place for; give --layout transformerlens");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is string folder && !Directory.Exists(folder))
        {
            throw new UsageException($"{path}: the folder {folder} does not exist; make it, or give another name");
        }

        try
        {
            NetworkExport.Write(network, layout, path);
        }
        catch (ArgumentException problem)
        {
            throw new UsageException(UsageException.Words(problem), problem);
        }
    }
}
