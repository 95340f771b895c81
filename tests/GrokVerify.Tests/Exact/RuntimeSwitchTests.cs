namespace GrokVerify.Tests.Exact;

/// <summary>
/// The same small runs under each switch that changes what the runtime compiles, each in a process of its own; what the probe says first shows that
/// the switch acted.
/// </summary>
[Category("Fast")]
public class RuntimeSwitchTests
{
    private static readonly string[] Odd = ["11", "0.5", "12", "3", "20", "2", "0", "1", "20"];
    private static readonly string[] Wide = ["31", "0.5", "64", "2", "96", "3", "0", "1", "10"];
    private string[] _odd = [];
    private string[] _wide = [];

    [OneTimeSetUp]
    public async Task Run_without_a_switch() => (_odd, _wide) = await RunBoth(null);

    [TestCase("DOTNET_EnableAVX512=0")]
    [TestCase("DOTNET_EnableAVX2=0")]
    [TestCase("DOTNET_TieredCompilation=0")]
    [TestCase("DOTNET_TieredPGO=0")]
    [TestCase("DOTNET_ReadyToRun=0")]
    public async Task No_switch_changes_a_bit(string runtimeSwitch)
    {
        (string[] odd, string[] wide) = await RunBoth(runtimeSwitch);

        odd.Where(IsHash).Should().Equal(_odd.Where(IsHash)).And.HaveCount(3);
        wide.Where(IsHash).Should().Equal(_wide.Where(IsHash)).And.HaveCount(3);
    }

    [Test]
    public void A_machine_without_vectors_gives_the_same_bits()
    {
        string[] scalar = ProbeProcess.Run("DOTNET_EnableHWIntrinsic=0", Odd);

        scalar[0].Should().Be("Scalar");
        scalar.Where(IsHash).Should().Equal(_odd.Where(IsHash));
    }

    [TestCase("DOTNET_EnableAVX512=0", "Vector512")]
    [TestCase("DOTNET_EnableAVX2=0", "Vector256")]
    public void A_switched_off_instruction_set_is_not_used(string runtimeSwitch, string forbidden) =>
        ProbeProcess.Run(runtimeSwitch, "5", "0.5", "2", "1", "1", "1", "1")[0].Should().NotBe(forbidden);

    [Test]
    public void The_mainline_needs_neither_libtorch_nor_150_MB()
    {
        string[] lines = ProbeProcess.Run(null, "113", "0.3", "128", "4", "512", "2", "2");

        lines.Should().Contain("TorchSharp is not loaded");
        string resident = lines.Single(line => line.StartsWith("MB resident", StringComparison.Ordinal));
        int.Parse(resident.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture).Should().BeInRange(20, 149);
    }

    /// <summary>Side by side: a probe's time is mostly that of a process to start.</summary>
    private static async Task<(string[] Odd, string[] Wide)> RunBoth(string? runtimeSwitch)
    {
        Task<string[]> odd = Task.Run(() => ProbeProcess.Run(runtimeSwitch, Odd));
        Task<string[]> wide = Task.Run(() => ProbeProcess.Run(runtimeSwitch, Wide));
        return (await odd, await wide);
    }

    private static bool IsHash(string line) => char.IsDigit(line[0]);
}
