using System.Diagnostics;
using System.Runtime.Intrinsics;
using GrokVerify.Exact.Backward;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Forward;
using GrokVerify.Exact.Loss;
using GrokVerify.Exact.Optimizer;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact;

/// <summary>What an engine runs, as phases of jobs, compiled for one vector width.</summary>
/// <param name="Step">Tables, forward and backward, update of the weights.</param>
/// <param name="Gradient">Tables, forward and backward.</param>
/// <param name="Tables">What depends on the weights alone.</param>
/// <param name="Evaluation">Losses and hits of a batch, after <paramref name="Tables"/>.</param>
internal sealed record StepPhases(Action[][] Step, Action[][] Gradient, Action[][] Tables, Action[][] Evaluation)
{
    public static StepPhases At(VectorWidth width, StepContext context, Evaluation evaluation) => width switch
    {
        VectorWidth.Vector512 => Create<Lanes512, Vector512<float>>(context, evaluation),
        VectorWidth.Vector256 => Create<Lanes256, Vector256<float>>(context, evaluation),
        VectorWidth.Vector128 => Create<Lanes128, Vector128<float>>(context, evaluation),
        VectorWidth.Scalar => Create<Lanes32, float>(context, evaluation),
        _ => throw new UnreachableException(),
    };

    private static StepPhases Create<TLanes, TVector>(StepContext context, Evaluation evaluation)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var matrices = new MatrixJobs<TLanes, TVector>(context.Timer, context.PanelsPerJob);
        var tables = new TokenTables<TLanes, TVector>(context, matrices);
        var forward = new ForwardPass<TLanes, TVector>(context);
        var backward = new BackwardPass<TLanes, TVector>(context, matrices, forward);
        var update = new WeightUpdate<TLanes, TVector>(context, matrices, backward.FinishEmbedding);
        return new StepPhases(
            [.. tables.Phases, .. backward.Phases, .. update.Phases],
            [.. tables.Phases, .. backward.Phases, [backward.FinishEmbedding]],
            tables.Phases,
            [evaluation.Jobs(forward)]);
    }
}
