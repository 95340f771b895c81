using GrokVerify.Training;

namespace GrokVerify.Exact;

/// <summary>What the matrix products of a training step take.</summary>
/// <param name="GigaflopsPerSecond">Billions of needed operations a second while inside products, all threads together; padding does not count.</param>
/// <param name="FlopsPerStep">Needed operations of a step; a fused multiply-add is two.</param>
/// <param name="SecondsPerStep">Time inside products in the best step, the mean of the threads.</param>
public sealed record ProductRate(double GigaflopsPerSecond, double FlopsPerStep, double SecondsPerStep);

/// <summary>Times the matrix products of training steps: to hold beside <see cref="MultiplyAddPeak"/>.</summary>
public static class ProductThroughput
{
    private const int WarmUpSteps = 3;

    /// <summary>Trains from the initial weights, and takes the best step.</summary>
    /// <param name="config">The run.</param>
    /// <param name="threads">Threads of the engine, from 1 up.</param>
    /// <param name="steps">Steps to choose the best from.</param>
    public static ProductRate Measure(TrainingConfig config, int threads, int steps = 30)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        using var engine = new ExactEngine(config, TrainingState.Initial(config), new ExactEngineOptions { Threads = threads, MeasureProducts = true });
        double best = double.PositiveInfinity;
        double flops = 0;
        for (int step = 0; step < WarmUpSteps + steps; step++)
        {
            (double secondsBefore, double flopsBefore) = engine.Products;
            engine.Step();
            (double seconds, double flopsAfter) = engine.Products;
            flops = flopsAfter - flopsBefore;
            best = step < WarmUpSteps ? best : Math.Min(best, (seconds - secondsBefore) / threads);
        }

        return new ProductRate(flops / best * 1e-9, flops, best);
    }
}
