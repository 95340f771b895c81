using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

/// <summary>What a run says it was made with.</summary>
[Category("Fast")]
public class ProvenanceTests : RunFolderTests
{
    [Test]
    public void Provenance_names_the_machine_but_neither_host_nor_user()
    {
        var provenance = Provenance.Collect(ReferenceData.RepositoryRoot(), threads: 2);
        string text = File.ReadAllText(Path.Combine(Train(Folder, 20).Folder, "run.json"));

        provenance.GitCommit.Should().MatchRegex("^[0-9a-f]{40}$");
        provenance.GitDirty.Should().NotBeNull();
        provenance.Threads.Should().Be(2);
        provenance.LogicalCores.Should().BePositive();
        provenance.CpuModel.Should().NotBeNullOrWhiteSpace();
        provenance.InstructionSets.Should().NotBeEmpty();
        text.Should().NotContain($"\"{Environment.MachineName}\"").And.NotContain($"\"{Environment.UserName}\"");
    }

    [Test]
    public void Outside_a_repository_there_is_no_commit()
    {
        var provenance = Provenance.Collect(Folder);

        provenance.GitCommit.Should().BeNull();
        provenance.GitDirty.Should().BeNull();
    }

    [Test]
    public void The_processor_is_called_what_the_system_calls_it()
    {
        string? known = OperatingSystem.IsLinux() ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        Assume.That(known, Is.Not.Null.And.Not.Contains("unknown"), "only Linux on x86 names it in /proc/cpuinfo");

        Processor.ReadModel().Should().Be(known!.Split(':', 2)[1].Trim());
    }

    [TestCase("echo out; echo error >&2", "out\n")]
    [TestCase("echo out; exit 3", null)]
    public void What_a_program_prints_counts_when_it_succeeds(string script, string? expected)
    {
        Assume.That(OperatingSystem.IsWindows(), Is.False, "sh is not there");

        CommandOutput.Read("sh", "-c", script).Should().Be(expected);
    }

    [Test]
    public void A_program_that_is_not_there_prints_nothing() => CommandOutput.Read("no-such-program-of-grokverify").Should().BeNull();
}
