using System.Runtime.CompilerServices;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;

namespace GrokVerify.Exact.Optimizer;

/// <summary>One step of AdamW: decoupled decay, then the bias-corrected step, as PyTorch orders it. Holds what is the same for all parameters.</summary>
/// <remarks>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; theta = theta (1 - lr wd) - lr / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + eps).</remarks>
internal readonly record struct AdamWStep(
    float Beta1, float OneMinusBeta1, float Beta2, float OneMinusBeta2, float Decay, float MinusRate, float InverseRoot, float Epsilon)
{
    /// <param name="config">The run.</param>
    /// <param name="step">Steps done before this one; nothing else of the past enters.</param>
    public static AdamWStep At(TrainingConfig config, long step)
    {
        double rate = config.LearningRateAt(step);
        double correction1 = 1 - DoubleMath.Power(config.Beta1, step + 1);
        double correction2 = 1 - DoubleMath.Power(config.Beta2, step + 1);
        return new AdamWStep(
            (float)config.Beta1,
            (float)(1 - config.Beta1),
            (float)config.Beta2,
            (float)(1 - config.Beta2),
            (float)(1 - (rate * config.WeightDecay)),
            (float)(-rate / correction1),
            (float)(1 / Math.Sqrt(correction2)),
            (float)config.Epsilon);
    }

    /// <summary>Updates a stretch of parameters and their moments.</summary>
    /// <param name="theta">Parameters.</param>
    /// <param name="gradient">Gradient.</param>
    /// <param name="first">m.</param>
    /// <param name="second">v.</param>
    /// <param name="count">A multiple of 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Update<TLanes, TVector>(float* theta, float* gradient, float* first, float* second, nint count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TVector g = TLanes.Load(gradient + i);
            TVector m = FirstMoment<TLanes, TVector>(TLanes.Load(first + i), g);
            TVector v = SecondMoment<TLanes, TVector>(TLanes.Load(second + i), g);
            TLanes.Store(first + i, m);
            TLanes.Store(second + i, v);
            TLanes.Store(theta + i, Parameter<TLanes, TVector>(TLanes.Load(theta + i), m, v));
        }
    }

    /// <summary>The new m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector FirstMoment<TLanes, TVector>(TVector m, TVector g)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        TLanes.MultiplyAdd(TLanes.Broadcast(OneMinusBeta1), g, TLanes.Multiply(TLanes.Broadcast(Beta1), m));

    /// <summary>The new v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector SecondMoment<TLanes, TVector>(TVector v, TVector g)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Broadcast(OneMinusBeta2), g), g, TLanes.Multiply(TLanes.Broadcast(Beta2), v));

    /// <summary>The new parameter, after its moments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Parameter<TLanes, TVector>(TVector theta, TVector m, TVector v)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector denominator = TLanes.MultiplyAdd(TLanes.SquareRoot(v), TLanes.Broadcast(InverseRoot), TLanes.Broadcast(Epsilon));
        TVector kept = TLanes.Multiply(TLanes.Broadcast(Decay), theta);
        return TLanes.MultiplyAdd(TLanes.Broadcast(MinusRate), TLanes.Divide(m, denominator), kept);
    }
}
