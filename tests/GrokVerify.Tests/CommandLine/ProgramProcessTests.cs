using System.Diagnostics;
using System.Globalization;
using GrokVerify.Runs;

namespace GrokVerify.Tests.CommandLine;

/// <summary>The program as users start it: a process of its own, as slow as the machine is busy. What it does is tested in process among the fast tests.</summary>
[Category("Slow")]
[NonParallelizable]
public class ProgramProcessTests : CommandLineTests
{
    [Test]
    public void Bad_usage_ends_with_code_2_and_one_line_on_the_error_stream()
    {
        using Process program = ProgramProcess.Start("train", "--p", "10");

        string error = program.StandardError.ReadToEnd();
        program.WaitForExit(ProgramProcess.Patience).Should().BeTrue();
        program.ExitCode.Should().Be(2);
        error.TrimEnd().Should().Be("p = 10 is even: the Fourier basis here needs an odd prime");
        program.StandardOutput.ReadToEnd().Should().BeEmpty();
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "sends a POSIX signal")]
    public void Ctrl_C_leaves_a_run_that_the_same_command_resumes()
    {
        Assume.That(IsInterruptIgnored(), Is.False, "whoever started the tests made their processes ignore Ctrl-C");
        string[] command = ["train", .. TinyNetwork, "--out", Store, "--epochs"];
        using Process program = ProgramProcess.Start([.. command, "100000000"]);
        string? line;
        do
        {
            line = program.StandardOutput.ReadLine();
        }
        while (line is not null && !line.StartsWith("epoch ", StringComparison.Ordinal));
        Thread.Sleep(50);
        using Process kill = Process.Start("kill", ["-INT", program.Id.ToString(CultureInfo.InvariantCulture)]);

        program.WaitForExit(ProgramProcess.Patience).Should().BeTrue();
        program.ExitCode.Should().Be(130);
        TrainingRun run = new RunStore(Store).List().Single();
        long reached = run.CheckpointEpochs[^1];
        program.StandardError.ReadToEnd().TrimEnd().Should().Be(string.Create(
            CultureInfo.InvariantCulture, $"interrupted, saved at epoch {reached:N0}; repeat the command to resume (run: {run.Folder})"));
        run.Status.Should().Be(RunStatus.Interrupted);
        reached.Should().BePositive();
        string end = ((reached / 10 * 10) + 20).ToString(CultureInfo.InvariantCulture);
        Run([.. command, end]).ExitCode.Should().Be(0);
        var resumed = TrainingRun.Open(run.Folder);
        resumed.Status.Should().Be(RunStatus.Complete);
        resumed.Sessions.Select(session => session.FromEpoch).Should().Equal(0, reached);
    }

    [Test]
    [Platform("Linux", Reason = "reads /proc")]
    public void Training_with_the_exact_engine_loads_nothing_of_torch()
    {
        using Process program = ProgramProcess.Start(["train", .. TinyNetwork, "--out", Store, "--epochs", "100000000"]);
        while (program.StandardOutput.ReadLine() is string line && !line.StartsWith("epoch ", StringComparison.Ordinal))
        {
        }

        string maps = File.ReadAllText($"/proc/{program.Id}/maps");
        program.Kill();
        program.WaitForExit();

        maps.Should().Contain("GrokVerify.Exact.dll").And.NotContain("TorchSharp.dll").And.NotContain("libtorch").And.NotContain("Skia");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "a folder that is somebody's current one cannot be deleted there")]
    public void A_current_folder_that_was_deleted_is_one_line()
    {
        Directory.CreateDirectory(In("gone"));
        using Process program = Process.Start(new ProcessStartInfo("sh", ["-c", "cd \"$0\" && rmdir \"$0\" && exec dotnet exec \"$1\" train", In("gone"), Path.Combine(AppContext.BaseDirectory, "GrokVerify.Cli.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        string error = program.StandardError.ReadToEnd();
        program.WaitForExit(ProgramProcess.Patience).Should().BeTrue();
        error.TrimEnd().Should().Be("the current folder does not exist any more; change to another one");
        program.ExitCode.Should().Be(2);
    }

    private static bool IsInterruptIgnored()
    {
        const ulong interrupt = 1UL << 1;
        const string field = "SigIgn:";
        string? ignored = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) : null;
        return ignored is not null && (ulong.Parse(ignored[field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & interrupt) != 0;
    }
}
