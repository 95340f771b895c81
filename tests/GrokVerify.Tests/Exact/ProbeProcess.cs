using System.Diagnostics;

namespace GrokVerify.Tests.Exact;

/// <summary>Runs tests/ExactProbe in a process of its own: runtime switches are read once, when a process starts.</summary>
internal static class ProbeProcess
{
    /// <summary>The lines that the probe printed.</summary>
    public static string[] Run(string? runtimeSwitch, params string[] arguments)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        string probe = Path.Combine(AppContext.BaseDirectory, "ExactProbe.dll");
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(probe);
        Array.ForEach(arguments, start.ArgumentList.Add);
        if (runtimeSwitch is not null)
        {
            string[] parts = runtimeSwitch.Split('=');
            start.Environment[parts[0]] = parts[1];
        }

        return Finish(start);
    }

    /// <summary>The lines that a program printed; throws, with what it said, when it failed.</summary>
    public static string[] Finish(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {errors.Result}");
    }
}
