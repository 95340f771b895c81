using GrokVerify.Engines;

namespace GrokVerify.Judging;

/// <summary>Seeds of the paper's setting on which the rules of claims were calibrated: golden/CalibrationGolden has what every claim measures on them.</summary>
internal static class CalibratedSeeds
{
    /// <summary>0 and up.</summary>
    public const int Count = 40;

    /// <summary>The authors' code was run with those below: what our networks of these seeds are held against was known.</summary>
    private const int AuthorsSeeds = 6;

    /// <summary>Those of even number, and those of the authors' code, were there to look at while rules were fixed; the other seventeen only measure how often a rule errs.</summary>
    public static bool FixedRules(long seed) => seed is >= 0 and < Count && (seed % 2 == 0 || seed < AuthorsSeeds);

    /// <summary>True where the rules were fixed after a look at this very training.</summary>
    public static bool FixedRules(TrainingConfig config) => config == new TrainingConfig { Seed = config.Seed } && FixedRules(config.Seed);
}
