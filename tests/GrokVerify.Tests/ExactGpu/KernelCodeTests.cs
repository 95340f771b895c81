using System.Text.RegularExpressions;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Exact.Gpu.Kernels;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace GrokVerify.Tests.ExactGpu;

/// <summary>What the kernels become for an NVIDIA GPU (PTX of sm_90), read without one.</summary>
public partial class KernelCodeTests
{
    private static readonly Dictionary<string, string> Code = Compile();

    private static IEnumerable<string> Kernels => Code.Keys;

    [TestCaseSource(nameof(Kernels))]
    public void Every_operation_on_floats_rounds_once_to_the_nearest(string kernel)
    {
        Inexact(Code[kernel]).Should().BeEmpty("an operation without .rn may be fused with another, one that is .approx or .ftz gives other bits than a processor");
    }

    [TestCaseSource(nameof(Kernels))]
    public void Nothing_lies_in_memory_that_could_lie_in_registers(string kernel) =>
        Code[kernel].Should().NotContain(".local", "an array or a number whose address is taken is kept in memory").And.NotMatchRegex(@"\bcall\b", "a call passes numbers through memory");

    [Test]
    public void Products_use_fused_multiply_add_alone_and_move_four_numbers_at_a_time()
    {
        foreach (string product in Kernels.Where(kernel => kernel.StartsWith(nameof(ProductKernel), StringComparison.Ordinal)))
        {
            Code[product].Should().NotMatchRegex(@"\b(add|mul|sub)\.(rn\.)?f32").And.Contain("fma.rn.f32").And.Contain("ld.global.v4.f32").And.Contain("ld.shared.v4.f32");
            Regex.Matches(Code[product], @"ld\.shared\.f32").Should().BeEmpty("what is read most is read by four");
        }
    }

    [Test]
    public void The_rules_see_an_operation_that_breaks_them()
    {
        foreach (string broken in new[] { "add.f32", "mul.f64", "fma.rn.ftz.f32", "sqrt.approx.f32", "div.full.f32", "mad.f32", "ex2.approx.ftz.f32", "rsqrt.approx.f64", "cvt.rz.f32.f64", "sin.approx.f32", "add.rn.ftz.f32" })
        {
            Inexact($"\tld.global.f32\t%f1, [%rd1];\n\t@%p1 {broken} \t%f1, %f2;\n\tfma.rn.f32\t%f1, %f1, %f2, %f3;").Should().Equal([broken]);
        }
    }

    /// <summary>Instructions on floats that are not known to round once, or not at all.</summary>
    private static string[] Inexact(string code) =>
        [.. Instruction().Matches(code).Select(match => match.Groups["name"].Value).Where(name => OfFloats().IsMatch(name) && !Exact().IsMatch(name)).Distinct()];

    [GeneratedRegex(@"^\s*(@!?%p\d+\s+)?(?<name>[a-z][a-z0-9_.]*)\s", RegexOptions.Multiline)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"\.f(16|32|64)\b")]
    private static partial Regex OfFloats();

    /// <summary>What moves, compares or chooses; what rounds to nearest; conversions to nearest or to an integer.</summary>
    [GeneratedRegex(@"^((ld|st|mov|setp|selp|testp|shfl|copysign|abs|neg)\..*|(add|sub|mul|div|fma|sqrt|rcp)\.rn\.f(32|64)|cvt\.f64\.f32|cvt\.rn\.f(32|64)\.[fsu](32|64)|cvt\.rzi\.s(32|64)\.f64)$")]
    private static partial Regex Exact();

    private static Dictionary<string, string> Compile()
    {
        using ILGPU.Context context = GpuDevice.Builder().ToContext();
        using var backend = new PTXBackend(context, CudaArchitecture.SM_90, CudaInstructionSet.ISA_80, null!);
        return KernelMethods.All.ToDictionary(
            kernel => kernel.Key, kernel => ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Value), default)).PTXAssembly);
    }
}
