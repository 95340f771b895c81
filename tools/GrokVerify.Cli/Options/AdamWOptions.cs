using System.CommandLine;
using GrokVerify.Engines;

namespace GrokVerify.Cli.Options;

/// <summary>The options of AdamW beside its weight decay. Where one is not given, a network that is trained on keeps what its file tells.</summary>
internal sealed class AdamWOptions
{
    private static readonly TrainingConfig Paper = new();

    private readonly Option<double> _rate = OptionFactory.Number<double>("--lr", "AdamW's learning rate after warm-up, above 0 and at most 1", Paper.LearningRate);
    private readonly Option<double> _beta1 = OptionFactory.Number<double>("--beta1", "How much of the mean gradient a step keeps, from 0 to below 1", Paper.Beta1);
    private readonly Option<double> _beta2 = OptionFactory.Number<double>("--beta2", "How much of the mean squared gradient a step keeps, from 0 to below 1", Paper.Beta2);
    private readonly Option<double> _epsilon = OptionFactory.Number<double>("--eps", "What AdamW adds to the root of the mean squared gradient, above 0 and at most 1", Paper.Epsilon);
    private readonly Option<int> _warmUp = OptionFactory.Number<int>("--warm-up", "Epochs in which the learning rate rises from 0, from 0 to 1,000,000", Paper.WarmUpSteps);

    public Option[] All => [_rate, _beta1, _beta2, _epsilon, _warmUp];

    /// <summary>A configuration with what the command line gives in its place.</summary>
    public TrainingConfig Applied(ParseResult parsed, TrainingConfig config) => config with
    {
        LearningRate = OptionFactory.Given(parsed, _rate) ?? config.LearningRate,
        Beta1 = OptionFactory.Given(parsed, _beta1) ?? config.Beta1,
        Beta2 = OptionFactory.Given(parsed, _beta2) ?? config.Beta2,
        Epsilon = OptionFactory.Given(parsed, _epsilon) ?? config.Epsilon,
        WarmUpSteps = OptionFactory.Given(parsed, _warmUp) ?? config.WarmUpSteps,
    };
}
