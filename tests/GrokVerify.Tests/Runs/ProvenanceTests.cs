using System.Reflection;
using GrokVerify.Cli;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

/// <summary>What a run says it was made with.</summary>
[Category("Fast")]
public class ProvenanceTests : RunFolderTests
{
    [Test]
    public void Provenance_names_the_machine_but_neither_host_nor_user()
    {
        var provenance = Provenance.Collect(threads: 2);
        string text = File.ReadAllText(Path.Combine(Train(Folder, 20).Folder, "run.json"));

        provenance.Threads.Should().Be(2);
        provenance.LogicalCores.Should().BePositive();
        provenance.CpuModel.Should().NotBeNullOrWhiteSpace();
        provenance.InstructionSets.Should().NotBeEmpty();
        text.Should().NotContain($"\"{Environment.MachineName}\"").And.NotContain($"\"{Environment.UserName}\"");
    }

    /// <summary>Wherever the program is started, and whatever lies there: the SDK gives the command line's assembly the commit, too.</summary>
    [Test]
    public void The_commit_is_the_one_that_the_library_was_built_from()
    {
        string[] built = typeof(CommandLineProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
        bool isRepository = Path.Exists(Path.Combine(ReferenceData.RepositoryRoot(), ".git"));

        var provenance = Provenance.Collect();

        provenance.GitCommit.Should().Be(isRepository ? built[1] : null);
        provenance.GitDirty.HasValue.Should().Be(isRepository, "git was asked when the library was built");
    }

    [TestCase("0.1.0+a6714a7af16af78fa6397fe9b85db59fefcba057", "true", "a6714a7af16af78fa6397fe9b85db59fefcba057", true)]
    [TestCase("0.1.0+a6714a7af16af78fa6397fe9b85db59fefcba057", null, "a6714a7af16af78fa6397fe9b85db59fefcba057", null, Description = "git did not answer the build")]
    [TestCase("0.1.0", "true", null, null, Description = "built outside a repository")]
    [TestCase("0.1.0+nightly", "false", null, null)]
    [TestCase(null, null, null, null)]
    public void A_commit_that_the_build_did_not_know_is_unknown(string? version, string? localChanges, string? commit, bool? dirty) =>
        Provenance.Source(version, localChanges).Should().Be((commit, dirty));

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
