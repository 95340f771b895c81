using System.CommandLine;

namespace GrokVerify.Cli.Verbs;

internal static class AnalyzeVerb
{
    public static Command Create(CommandLineSurroundings surroundings) => new("analyze", surroundings.ToString());
}
