using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace GrokVerify.Exact.Gpu.Arithmetic;

/// <summary>Makes every operation on floats round once, as IEEE 754 and C# say, on an NVIDIA GPU too.</summary>
/// <remarks>
/// An assembler for such a GPU may fuse a plain <c>mul</c> and <c>add</c> of PTX into one operation that rounds once instead of twice (PTX ISA, "add": no rounding modifier may be
/// optimised aggressively). With <c>.rn</c> it may not. So the forms with <c>.rn</c> replace the plain ones wherever a kernel adds, subtracts, multiplies, divides or takes a root.
/// </remarks>
internal static class RoundedArithmetic
{
    private static readonly BasicValueType[] Floats = [BasicValueType.Float32, BasicValueType.Float64];

    /// <summary>a * b + c, rounded once.</summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    /// <summary>Sets the operations of all kernels of a context.</summary>
    public static Context.Builder RoundOnce(this Context.Builder builder)
    {
        IntrinsicImplementationManager intrinsics = builder.GetIntrinsicManager();
        foreach (BasicValueType type in Floats)
        {
            intrinsics.RegisterBinaryArithmetic(BinaryArithmeticKind.Add, type, Emitted(nameof(Add)));
            intrinsics.RegisterBinaryArithmetic(BinaryArithmeticKind.Sub, type, Emitted(nameof(Subtract)));
            intrinsics.RegisterBinaryArithmetic(BinaryArithmeticKind.Mul, type, Emitted(nameof(Multiply)));
            intrinsics.RegisterBinaryArithmetic(BinaryArithmeticKind.Div, type, Emitted(nameof(Divide)));
            intrinsics.RegisterUnaryArithmetic(UnaryArithmeticKind.SqrtF, type, Emitted(nameof(SquareRoot)));
        }

        intrinsics.RegisterMethod(typeof(RoundedArithmetic).GetMethod(nameof(MultiplyAdd))!, Emitted(nameof(Fused)));
        return builder;
    }

    private static PTXIntrinsic Emitted(string generator) => new(typeof(RoundedArithmetic), generator, IntrinsicImplementationMode.GenerateCode);

#pragma warning disable IDE0060 // found by name, with the signature of PTXIntrinsic.Handler
    private static void Add(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("add.rn", generator, value);

    private static void Subtract(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("sub.rn", generator, value);

    private static void Multiply(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("mul.rn", generator, value);

    private static void Divide(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("div.rn", generator, value);

    private static void SquareRoot(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("sqrt.rn", generator, value);

    private static void Fused(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("fma.rn", generator, value);

#pragma warning restore IDE0060

    private static void Emit(string operation, PTXCodeGenerator generator, Value value)
    {
        var target = generator.AllocateHardware(value);
        using var command = generator.BeginCommand(operation + (value.BasicValueType == BasicValueType.Float32 ? ".f32" : ".f64"));
        command.AppendArgument(target);
        for (int i = 0; i < value.Count; i++)
        {
            command.AppendArgument(generator.LoadPrimitive(value[i]));
        }
    }
}
