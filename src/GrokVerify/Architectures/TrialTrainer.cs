using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Loop;
using GrokVerify.Tasks;

namespace GrokVerify.Architectures;

/// <summary>Trains one trial and says what came of it.</summary>
/// <remarks>
/// A trial ends at its horizon, or <see cref="SettlingEpochs"/> after it has generalized, so that what it computes with stands out. A divergence ends it with an error.
/// </remarks>
public static class TrialTrainer
{
    /// <summary>Epochs between two looks at the accuracies: the resolution of every epoch that is reported.</summary>
    public const int LogEvery = 100;

    /// <summary>How long training goes on after generalization, in epochs.</summary>
    public const int SettlingEpochs = 1_500;

    /// <param name="trial">What to train.</param>
    /// <param name="factory">Makes the engine of one layer; two layers are trained through libtorch.</param>
    /// <param name="progress">Told each logged row; its sum of squared weights is not measured and 0.</param>
    /// <param name="cancellation">Ends the trial after the step in hand; nothing of it is kept.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="TrainingDivergedException">A loss is not finite.</exception>
    public static TrialOutcome Train(
        ArchitectureTrial trial, ITrainingEngineFactory factory, IProgress<MetricsRow>? progress = null, CancellationToken cancellation = default)
    {
        PairSplit split = trial.Config.CreateSplit();
        using ITrialTraining training = Begin(trial, factory);
        long? memorized = null;
        long? generalized = null;
        double best = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (training.Epoch % LogEvery == 0 || training.Epoch >= trial.Epochs)
            {
                MetricsRow row = Measure(training, split);
                progress?.Report(row);
                best = Math.Max(best, row.TestAccuracy);
                memorized ??= row.TrainAccuracy >= TrialOutcome.High ? row.Epoch : null;
                generalized ??= row.TestAccuracy >= TrialOutcome.High ? row.Epoch : null;
                if (row.Epoch >= trial.Epochs || row.Epoch >= generalized + SettlingEpochs)
                {
                    return Outcome(trial, training, row, memorized, generalized, best);
                }
            }

            training.Step();
        }
    }

    private static ITrialTraining Begin(ArchitectureTrial trial, ITrainingEngineFactory factory) => trial.Architecture switch
    {
        Architecture.TwoLayers => new StackedTraining(trial.Config, new StackShape(trial.Config.Model, 2, HasMlp: true)),
        Architecture.TwoLayersAttentionOnly => new StackedTraining(trial.Config, new StackShape(trial.Config.Model, 2, HasMlp: false)),
        _ => new OneLayerTraining(trial, factory),
    };

    private static MetricsRow Measure(ITrialTraining training, PairSplit split)
    {
        LossAndAccuracy train = training.Evaluate(split.Train);
        LossAndAccuracy test = training.Evaluate(split.Test);
        return double.IsFinite(train.Loss + test.Loss)
            ? new MetricsRow(training.Epoch, train.Loss, test.Loss, train.Accuracy, test.Accuracy, 0)
            : throw new TrainingDivergedException(training.Epoch);
    }

    private static TrialOutcome Outcome(ArchitectureTrial trial, ITrialTraining training, MetricsRow last, long? memorized, long? generalized, double best)
    {
        PairLogits logits = training.Logits();
        KeyFrequencies keys = logits.KeyFrequencies;
        return new TrialOutcome(
            trial,
            last.Epoch,
            memorized,
            generalized,
            last.TrainAccuracy,
            best,
            last.TestAccuracy,
            last.TestLoss,
            keys.Frequencies,
            keys.Contrast,
            keys.Exist ? logits.Alpha.FractionOfVarianceExplained(keys.Frequencies) : null,
            training.Heads());
    }
}
