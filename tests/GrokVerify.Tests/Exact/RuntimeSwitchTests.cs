namespace GrokVerify.Tests.Exact;

/// <summary>
/// The same small runs under each switch that changes what the runtime compiles, each in a process of its own; what the probe says first shows that
/// the switch acted.
/// </summary>
[Category("Exact")]
[Parallelizable(ParallelScope.All)]
public class RuntimeSwitchTests
{
    private static readonly string[] Odd = ["11", "0.5", "12", "3", "20", "2", "0", "1", "20"];
    private static readonly string[] Wide = ["31", "0.5", "64", "2", "96", "3", "0", "1", "10"];
    private static readonly string[] Both = [.. Odd, "and", .. Wide];
    private string[] _hashes = [];

    [OneTimeSetUp]
    public void Run_without_a_switch() => _hashes = [.. ProbeProcess.Run(null, Both).Where(IsHash)];

    [TestCase("DOTNET_TieredCompilation=0")]
    [TestCase("DOTNET_TieredPGO=0")]
    [TestCase("DOTNET_ReadyToRun=0")]
    public void No_switch_changes_a_bit(string runtimeSwitch) =>
        ProbeProcess.Run(runtimeSwitch, Both).Where(IsHash).Should().Equal(_hashes).And.HaveCount(6);

    [Test]
    public void A_machine_without_vectors_gives_the_same_bits()
    {
        string[] scalar = ProbeProcess.Run("DOTNET_EnableHWIntrinsic=0", Odd);

        scalar[0].Should().Be("Scalar");
        scalar.Where(IsHash).Should().Equal(_hashes.Take(3));
    }

    [TestCase("DOTNET_EnableAVX512=0", "Vector512")]
    [TestCase("DOTNET_EnableAVX2=0", "Vector256")]
    public void A_switched_off_instruction_set_is_not_used_and_changes_no_bit(string runtimeSwitch, string forbidden)
    {
        string[] lines = ProbeProcess.Run(runtimeSwitch, Both);

        lines[0].Should().NotBe(forbidden);
        lines.Where(IsHash).Should().Equal(_hashes).And.HaveCount(6);
    }

    [Test]
    public void The_mainline_needs_neither_libtorch_nor_150_MB()
    {
        string[] lines = ProbeProcess.Run(null, "113", "0.3", "128", "4", "512", "2", "2");

        lines.Should().Contain("TorchSharp is not loaded");
        string resident = lines.Single(line => line.StartsWith("MB resident", StringComparison.Ordinal));
        int.Parse(resident.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture).Should().BeInRange(20, 149);
    }

    private static bool IsHash(string line) => char.IsDigit(line[0]);
}
