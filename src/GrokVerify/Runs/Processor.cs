using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace GrokVerify.Runs;

/// <summary>What the processor says of itself.</summary>
internal static class Processor
{
    private const int ExtendedLeaves = unchecked((int)0x80000000);
    private const int FirstBrandLeaf = ExtendedLeaves + 2;
    private const int LastBrandLeaf = ExtendedLeaves + 4;

    public static IReadOnlyList<string> InstructionSets { get; } =
    [
        .. new (string Name, bool IsSupported)[]
        {
            ("SSE4.2", Sse42.IsSupported),
            ("AVX", Avx.IsSupported),
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),
            ("AVX512F", Avx512F.IsSupported),
            ("AVX512BW", Avx512BW.IsSupported),
            ("AVX512DQ", Avx512DQ.IsSupported),
            ("AVX512VBMI", Avx512Vbmi.IsSupported),
            ("AVX10v1", Avx10v1.IsSupported),
            ("AdvSimd", AdvSimd.IsSupported),
        }.Where(set => set.IsSupported).Select(set => set.Name),
    ];

    /// <summary>The processor's name; null where neither it nor the system tells.</summary>
    public static string? ReadModel()
    {
        string? name = X86Base.IsSupported ? ReadX86Brand() : OperatingSystem.IsLinux() ? ReadLinuxModel() : ReadMacModel();
        return string.IsNullOrWhiteSpace(name) ? null : name.Trim();
    }

    // Leaves 0x80000002 to 0x80000004 hold 48 characters, padded with NUL (AMD64 Architecture Programmer's Manual, volume 3, appendix E).
    private static string? ReadX86Brand()
    {
        if ((uint)X86Base.CpuId(ExtendedLeaves, 0).Eax < unchecked((uint)LastBrandLeaf))
        {
            return null;
        }

        var name = new StringBuilder();
        for (int leaf = FirstBrandLeaf; leaf <= LastBrandLeaf; leaf++)
        {
            (int a, int b, int c, int d) = X86Base.CpuId(leaf, 0);
            foreach (int register in (int[])[a, b, c, d])
            {
                name.Append(Encoding.ASCII.GetString(BitConverter.GetBytes(register)));
            }
        }

        return name.ToString().TrimEnd('\0');
    }

    private static string? ReadLinuxModel()
    {
        try
        {
            return File.ReadLines("/proc/cpuinfo")
                .Select(line => line.Split(':', 2))
                .FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() is "model name" or "Model" or "Hardware")?[1];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? ReadMacModel() =>
        OperatingSystem.IsMacOS() ? CommandOutput.Read("sysctl", "-n", "machdep.cpu.brand_string") : null;
}
