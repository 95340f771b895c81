using GrokVerify.Engines;

namespace GrokVerify.Claims.Accelerations;

/// <summary>Each pair trained on both ways round (<see cref="TrainingConfig.SwappedPairs"/>). It is more data, too: as many pairs drawn at random is what it has to beat.</summary>
internal sealed class PairsBothWays : Acceleration
{
    public override string Name => "swapped pairs";

    public override string Source => "Park et al. 2024 (arXiv 2405.16658)";

    protected override string Symbol => "swapped";

    protected override TrainingConfig With(TrainingConfig adamW, int setting) => adamW with { SwappedPairs = true };

    protected override TrainingConfig WithoutIt(TrainingConfig adamW, int setting)
    {
        // A pair is left out where neither it nor the swapped one is drawn.
        double left = 1 - adamW.TrainFraction;
        return adamW with { TrainFraction = Math.Round(1 - (left * left), 6) };
    }
}
