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
        TVector beta1 = TLanes.Broadcast(Beta1);
        TVector oneMinusBeta1 = TLanes.Broadcast(OneMinusBeta1);
        TVector beta2 = TLanes.Broadcast(Beta2);
        TVector oneMinusBeta2 = TLanes.Broadcast(OneMinusBeta2);
        TVector decay = TLanes.Broadcast(Decay);
        TVector minusRate = TLanes.Broadcast(MinusRate);
        TVector inverseRoot = TLanes.Broadcast(InverseRoot);
        TVector epsilon = TLanes.Broadcast(Epsilon);
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TVector g = TLanes.Load(gradient + i);
            TVector m = TLanes.MultiplyAdd(oneMinusBeta1, g, TLanes.Multiply(beta1, TLanes.Load(first + i)));
            TVector v = TLanes.MultiplyAdd(TLanes.Multiply(oneMinusBeta2, g), g, TLanes.Multiply(beta2, TLanes.Load(second + i)));
            TLanes.Store(first + i, m);
            TLanes.Store(second + i, v);
            TVector denominator = TLanes.MultiplyAdd(TLanes.SquareRoot(v), inverseRoot, epsilon);
            TVector kept = TLanes.Multiply(decay, TLanes.Load(theta + i));
            TLanes.Store(theta + i, TLanes.MultiplyAdd(minusRate, TLanes.Divide(m, denominator), kept));
        }
    }
}
