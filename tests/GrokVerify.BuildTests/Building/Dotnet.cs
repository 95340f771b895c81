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

    /// <summary>dotnet TOOL ARGUMENTS: a tool of the repository's manifest, restored. Analyzers are left out of what it builds, and a warning is no error there.</summary>
    public static async Task<ProcessOutput> RunToolAsync(string folder, string tool, string[] arguments, CancellationToken token)
    {
        ProcessOutput restored = await StartAsync(folder, Host, ["tool", "restore"], token);
        return restored.ExitCode == 0
            ? await StartAsync(folder, Host, [tool, .. arguments], token, ("RunAnalyzers", "false"), ("TreatWarningsAsErrors", "false"))
            : restored;
    }

    /// <summary>A program that was built.</summary>
    public static Task<ProcessOutput> ExecuteAsync(string program, string[] arguments, CancellationToken token) =>
        program.EndsWith(".dll", StringComparison.Ordinal)
            ? StartAsync(Path.GetDirectoryName(program)!, Host, ["exec", program, .. arguments], token)
            : StartAsync(Path.GetDirectoryName(program)!, program, arguments, token);

    private static async Task<ProcessOutput> StartAsync(string folder, string program, string[] arguments, CancellationToken token, params (string Name, string Value)[] properties)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        RemoveWhatTheTestRunSet(start);
        Array.ForEach(properties, property => start.Environment[property.Name] = property.Value);
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
