using System.Diagnostics;

namespace GrokVerify.Tests.Exact;

/// <summary>The bits of another processor family, emulated. Category Exact: publishing for it and emulating it take a minute.</summary>
[Category("Exact")]
public class Arm64Tests
{
    [Test]
    public void An_Arm64_processor_gives_the_bits_of_this_one()
    {
        string root = ReferenceData.RepositoryRoot();
        if (!OperatingSystem.IsLinux() || !IsOnPath("qemu-aarch64-static"))
        {
            Assert.Ignore("qemu-aarch64-static is not installed (Debian: qemu-user-static)");
        }

        if (!File.Exists(Path.Combine(root, "artifacts", "arm64", "root", "lib", "ld-linux-aarch64.so.1")))
        {
            Assert.Ignore("no Arm64 libraries: run tools/arm64/run-probe.sh --prepare once, as root");
        }

        string[] arguments = ["11", "0.5", "12", "3", "20", "2", "0", "1", "20"];
        var start = new ProcessStartInfo(Path.Combine(root, "tools", "arm64", "run-probe.sh")) { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);

        string[] emulated = ProbeProcess.Finish(start);
        string[] here = ProbeProcess.Run(null, arguments);

        emulated[0].Should().Be("Vector128", "Advanced SIMD has 128 bits");
        emulated[1..4].Should().Equal(here[1..4]);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
