using System.CommandLine;
using System.Text;
using GrokVerify.Claims;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Running;
using GrokVerify.Formats;
using GrokVerify.Judging;
using Spectre.Console;

namespace GrokVerify.Cli.Verbs;

/// <summary>question: trains what a question that the paper leaves open asks for, and answers it.</summary>
internal static class QuestionVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "question",
            """
            Answers questions that the paper leaves open, by trainings of a written budget, judged by written rules. Writes a table of what came of each training.

            Every training is a run of the store; after Ctrl-C the same command goes on with them.
            """);
        var name = new Argument<string?>("NAME") { Description = "Which one; see --list [default: all of them]", Arity = ArgumentArity.ZeroOrOne, HelpName = "NAME" };
        command.Arguments.Add(name);
        Option<bool> list = OptionFactory.Switch("--list", "Prints the names, what is asked, and how many trainings it takes; trains nothing");
        command.Options.Add(list);
        var threads = new ThreadsOption(command);
        Option<string?> folder = OptionFactory.Path("--out", "Where the tables go, NAME.csv each [default: artifacts/questions of the repository]");
        command.Options.Add(folder);
        Option<string?> store = OptionFactory.Path("--runs", "The store, a folder of runs [default: GROKVERIFY_RUNS, else artifacts/runs of the repository]");
        command.Options.Add(store);
        command.SetAction(parsed =>
        {
            QuestionClaim[] questions = Chosen(parsed.GetValue(name));
            if (parsed.GetValue(list))
            {
                foreach (QuestionClaim question in questions)
                {
                    context.Output.WriteLine($"{question.Id}: {question.Question} ({NumberFormat.Count(question.Trainings)} trainings)");
                }

                return ExitCode.Done;
            }

            string tables = Path.GetFullPath(parsed.GetValue(folder) ?? ArtifactPaths.Artifacts("questions"));
            string runs = ArtifactPaths.Runs(parsed.GetValue(store), context.Variable);
            ArtifactPaths.RequireWritable(tables, folder.Name);
            ArtifactPaths.RequireWritable(runs, store.Name);
            foreach (QuestionClaim question in questions)
            {
                Answer(context, question, tables, runs, threads.Value(parsed));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static QuestionClaim[] Chosen(string? name)
    {
        QuestionClaim[] chosen = [.. ClaimCatalog.OfQuestions.Where(question => name is null || question.Id == name)];
        return chosen.Length > 0 ? chosen : throw new UsageException($"no question is called {name}; give one of {string.Join(", ", ClaimCatalog.OfQuestions.Select(question => question.Id))}");
    }

    private static void Answer(CommandContext context, QuestionClaim question, string tables, string runs, int atOnce)
    {
        IReadOnlyList<Trial> trials = question.Follow(due => TrialTraining.Run(context, question.Id, due, runs, atOnce, (plan, run) => Trial.Of(question, plan, run)));
        string path = Path.Combine(tables, $"{question.Id}.csv");
        Directory.CreateDirectory(tables);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(TrialTable.Write(question, trials)));
        context.Console.WriteLine($"{question.Question} {question.Answer(trials)}");
        context.Console.WriteLine(question.Judge(trials).ToString());
        context.Console.WriteLine($"table: {path}");
    }
}
