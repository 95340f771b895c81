using GrokVerify.Engines;

namespace GrokVerify.Claims.Accelerations;

/// <summary>Grokfast: the slow part of the gradient amplified (<see cref="Grokfast"/>). Where a gradient is constant it is a learning rate of 1 + lambda times as much, which is what it has to beat.</summary>
internal sealed class SlowGradients : Acceleration
{
    private static readonly double[] Alphas = AdamWSettings.Spread(4, 0.8, 0.9, 0.95, 0.98);
    private static readonly double[] Lambdas = AdamWSettings.Spread(5, 0.5, 1, 2, 5);

    public override string Name => "Grokfast";

    public override string Source => "Lee et al. 2024 (arXiv 2405.20233)";

    protected override string Symbol => "grokfast";

    protected override string OwnSetting(int setting) => FormattableString.Invariant($"-alpha{Alphas[setting]}-lambda{Lambdas[setting]}");

    protected override TrainingConfig With(TrainingConfig adamW, int setting) => adamW with { Grokfast = new Grokfast { Alpha = Alphas[setting], Lambda = Lambdas[setting] } };

    protected override TrainingConfig WithoutIt(TrainingConfig adamW, int setting) => adamW with { LearningRate = Math.Round(adamW.LearningRate * (1 + Lambdas[setting]), 6) };
}
