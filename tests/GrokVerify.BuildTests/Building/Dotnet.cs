using System.Diagnostics;
using System.Text;

namespace GrokVerify.BuildTests.Building;

/// <summary>What a finished process left.</summary>
internal sealed record ProcessOutput(int ExitCode, string Text)
{
    public string[] Lines => Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs the real dotnet, and what it built, as a person at a terminal would.</summary>
internal static class Dotnet
{
    /// <summary>The configuration that these tests themselves were built in.</summary>
    public static string Configuration { get; } =
        typeof(Dotnet).Assembly.GetCustomAttributes(false).OfType<System.Reflection.AssemblyConfigurationAttribute>().Single().Configuration;

    private static string Host { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>dotnet VERB ARGUMENTS, without build servers that would outlive the test, and without the analyzers' time.</summary>
    public static Task<ProcessOutput> RunAsync(string folder, string verb, string[] arguments, CancellationToken token) =>
        StartAsync(folder, Host, [verb, .. arguments, "--disable-build-servers", "-c", Configuration, "-p:RunAnalyzers=false"], token);

    /// <summary>dotnet ARGUMENTS, with nothing added, and variables of its own.</summary>
    public static Task<ProcessOutput> CommandAsync(string folder, string[] arguments, CancellationToken token, params (string Name, string Value)[] variables) =>
        StartAsync(folder, Host, arguments, token, variables);

    /// <summary>dotnet TOOL ARGUMENTS: a tool of the repository's manifest, restored. Analyzers are left out of what it builds, and a warning is no error there.</summary>
    public static async Task<ProcessOutput> RunToolAsync(string folder, string tool, string[] arguments, CancellationToken token)
    {
        ProcessOutput restored = await StartAsync(folder, Host, ["tool", "restore"], token);
        return restored.ExitCode == 0
            ? await StartAsync(folder, Host, [tool, .. arguments], token, ("RunAnalyzers", "false"), ("TreatWarningsAsErrors", "false"))
            : restored;
    }

    /// <summary>A program that was built, in its own folder.</summary>
    public static Task<ProcessOutput> ExecuteAsync(string program, string[] arguments, CancellationToken token) =>
        ExecuteAsync(Path.GetDirectoryName(program)!, program, arguments, token);

    /// <summary>A program, in a folder and with variables of its own.</summary>
    public static Task<ProcessOutput> ExecuteAsync(string folder, string program, string[] arguments, CancellationToken token, params (string Name, string Value)[] variables) =>
        program.EndsWith(".dll", StringComparison.Ordinal)
            ? StartAsync(folder, Host, ["exec", program, .. arguments], token, variables)
            : StartAsync(folder, program, arguments, token, variables);

    private static async Task<ProcessOutput> StartAsync(string folder, string program, string[] arguments, CancellationToken token, params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        RemoveWhatTheTestRunSet(start);
        Array.ForEach(variables, variable => start.Environment[variable.Name] = variable.Value);
        using Process process = new() { StartInfo = start };
        StringBuilder text = new();
        process.OutputDataReceived += (_, line) => Append(text, line.Data);
        process.ErrorDataReceived += (_, line) => Append(text, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (text)
        {
            return new ProcessOutput(process.ExitCode, text.ToString());
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    // Variables are properties to MSBuild, and `dotnet test` sets some that a build inside it must not see.
    private static void RemoveWhatTheTestRunSet(ProcessStartInfo start)
    {
        string[] prefixes = ["MSBUILD", "VSTEST", "DOTNET_CLI_CONTEXT", "GROKVERIFY_", "LibTorch", "TorchBackend", "TESTINGPLATFORM"];
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().ToArray())
        {
            if (Array.Exists(prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                start.Environment.Remove(name);
            }
        }
    }
}
