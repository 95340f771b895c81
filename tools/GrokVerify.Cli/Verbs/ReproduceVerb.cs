using System.CommandLine;

namespace GrokVerify.Cli.Verbs;

internal static class ReproduceVerb
{
    public static Command Create(CommandLineSurroundings surroundings) => new("reproduce", surroundings.ToString());
}
