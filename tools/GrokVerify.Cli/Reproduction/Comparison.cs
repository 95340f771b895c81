using GrokVerify.Measures;

namespace GrokVerify.Cli.Reproduction;

/// <summary>One number of the last network beside the paper's.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Measured">Its value; null where it does not exist.</param>
/// <param name="Shown">The value as people read it.</param>
/// <param name="Published">The paper's.</param>
internal sealed record Comparison(string Name, double? Measured, string Shown, PublishedValue Published)
{
    public static IReadOnlyList<Comparison> Of(ReproductionResult reproduction)
    {
        ProgressMeasures last = reproduction.Evidence.FinalMeasures;
        IReadOnlyList<int> keys = reproduction.Evidence.KeyFrequencies.Frequencies;
        string? absence = last.NeuronAbsence;
        double? residual = keys.Count > 0 && absence is null ? reproduction.Evidence.Network.NeuronLogitMap.ResidualFraction(keys) : null;
        int? count = keys.Count > 0 ? keys.Count : null;
        return
        [
            new("loss, all pairs", last.All.Loss, Loss(last.All.Loss), PublishedMainline.LossAll),
            new("loss, train pairs", last.Train?.Loss, Loss(last.Train?.Loss), PublishedMainline.LossTrain),
            new("loss, test pairs", last.Test?.Loss, Loss(last.Test?.Loss), PublishedMainline.LossTest),
            new("accuracy, test pairs", last.Test?.Accuracy, Share(last.Test?.Accuracy), PublishedValue.None),
            new("key frequencies", count, count is int number ? NumberFormat.Count(number) : "-", PublishedMainline.KeyFrequencyCount),
            new("spectral contrast", last.SpectralContrast, NumberFormat.Measure(last.SpectralContrast), PublishedMainline.SpectralContrast),
            new("logit FVE of the key frequencies", last.LogitFve, Share(last.LogitFve), PublishedMainline.LogitFve),
            new("restricted loss, all pairs", last.Restricted?.Loss, Loss(last.Restricted?.Loss), PublishedMainline.RestrictedLoss),
            new("excluded loss, train pairs", last.ExcludedTrain?.Loss, Loss(last.ExcludedTrain?.Loss), PublishedValue.None),
            new("excluded loss of all frequencies, train pairs", last.ExcludedAllFrequenciesTrain?.Loss, Loss(last.ExcludedAllFrequenciesTrain?.Loss), PublishedMainline.ExcludedLoss),
            new("neuron-logit map outside the key frequencies, share of its norm", residual, absence ?? Share(residual), PublishedValue.None),
            new("neuron-logit map outside the key frequencies, share of its squared norm", residual * residual, absence ?? Share(residual * residual), PublishedMainline.NeuronLogitMapResidual),
            new("neurons of FVE above 0.85", last.PureNeurons, absence ?? $"{last.PureNeurons} of {last.NeuronCount}", PublishedMainline.PureNeurons),
            new("Gini coefficient of the embedding", last.GiniEmbedding, Share(last.GiniEmbedding), PublishedMainline.GiniEmbedding),
            new("Gini coefficient of the neuron-logit map", last.GiniNeuronLogitMap, absence ?? Share(last.GiniNeuronLogitMap), PublishedMainline.GiniNeuronLogitMap),
            new("sum of squared weights", last.SumSquaredWeights, NumberFormat.Measure(last.SumSquaredWeights), PublishedMainline.SumSquaredWeights),
        ];
    }

    private static string Loss(double? loss) => loss is double value ? NumberFormat.Loss(value) : "-";

    private static string Share(double? share) => share is double value ? NumberFormat.Share(value) : "-";
}
