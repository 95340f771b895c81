using System.CommandLine;

namespace GrokVerify.Cli.Verbs;

internal static class BenchVerb
{
    public static Command Create(CommandLineSurroundings surroundings) => new("bench", surroundings.ToString());
}
