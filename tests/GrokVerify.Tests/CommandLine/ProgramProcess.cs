using System.Diagnostics;

namespace GrokVerify.Tests.CommandLine;

/// <summary>The program as users start it: a process of its own.</summary>
internal static class ProgramProcess
{
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "GrokVerify.Cli.dll");
        return Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
