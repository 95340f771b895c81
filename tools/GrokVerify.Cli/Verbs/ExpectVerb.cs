using System.CommandLine;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Running;
using GrokVerify.Expectations;
using GrokVerify.Networks;

namespace GrokVerify.Cli.Verbs;

/// <summary>expect: records the verdict of every claim on a network.</summary>
internal static class ExpectVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "expect",
            """
            Records the verdict of every claim on one network, or on several, in a file that check --expect and the MSBuild target VerifyModels compare with.

            A file that is there keeps what it has and gets the networks that it does not have; --force replaces those that are given. Read it before you commit it: what it says is what is expected from now on.
            """);
        Argument<string[]> networks = NetworkOptions.Several("FILE", "A .pth or a .safetensors file");
        command.Arguments.Add(networks);
        Option<string?> output = OptionFactory.Path("--out", "The file to write [default: claims.json]", "file");
        command.Options.Add(output);
        var reading = new ReadingOptions(command);
        var split = new SplitOptions(command);
        Option<bool> force = OptionFactory.Switch("--force", "Replace what is recorded of these networks");
        command.Options.Add(force);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output) ?? "claims.json";
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                throw new UsageException($"{path}: its folder does not exist; make it, or give another name with --out");
            }

            var file = ExpectationsFile.ReadOrNew(path);
            int recorded = 0;
            foreach (string network in parsed.GetRequiredValue(networks))
            {
                NetworkExpectation? before = file.Find(network);
                if (before is not null && !parsed.GetValue(force))
                {
                    context.Output.WriteLine($"{network}: is recorded already and kept; --force replaces it");
                    continue;
                }

                JudgedNetwork judged = Judge(network, reading.Of(parsed, before?.Reading(network)), read => split.Given(parsed, read, context.Warn) is { Count: > 0 } given ? given : before?.Splits(read) ?? read.Splits(), context);
                file.Record(network, judged.ToExpectation());
                context.Output.WriteLine($"{network}: {judged.Sums}");
                recorded++;
            }

            if (recorded == 0)
            {
                throw new UsageException($"{path}: has all of these networks already; give --force to replace what it says of them");
            }

            file.Write();
            context.Output.WriteLine($"written: {path}");
            return ExitCode.Done;
        });
        return command;
    }

    private static JudgedNetwork Judge(string path, NetworkReading reading, Func<NetworkFile, IReadOnlyList<Tasks.PairSplit>> splits, CommandContext context)
    {
        NetworkFile file = ExpectedNetworks.ReadFile(path, given => StoredNetwork.Read(given, null, reading, context.Warn));
        return JudgedNetwork.Of(Measuring.Of(file, splits(file), context));
    }
}
