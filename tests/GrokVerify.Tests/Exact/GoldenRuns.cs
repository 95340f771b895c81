using System.Globalization;
using GrokVerify.Engines;
using GrokVerify.Golden;

namespace GrokVerify.Tests.Exact;

/// <summary>The golden hashes of weights, by run: the mainline (p = 113) and a small one (p = 59), for the tests that reach them on every path.</summary>
internal static class GoldenRuns
{
    /// <summary>As far as there are hashes: epoch 1,000, which the mainline is taken to in the nightly tier alone, and there to its last checkpoint before cleanup ends.</summary>
    public const int All = int.MaxValue;

    /// <summary>Not at all.</summary>
    public const int None = -1;

    /// <summary>The first epoch of the mainline that its run in the claim tests has, and no other.</summary>
    private const int FirstOfRun = 1000;

    public const int Mainline = 113;
    public const int Small = 59;

    public static bool IsNightly { get; } = TestContext.Parameters.Get("tier", "default") == "nightly";

    private static readonly ILookup<int, (TrainingConfig Config, GoldenHash Hash)> ByPrime = ((IEnumerable<(TrainingConfig Config, GoldenHash Hash)>)
        [.. OfFirstEpochs("Of_the_first_epochs"), .. OfFirstEpochs("Of_a_hundred_epochs"), .. OfFirstEpochs("Of_a_thousand_epochs"), .. OfMainline()])
        .OrderBy(row => row.Hash.Epoch)
        .ToLookup(row => row.Config.Model.Prime);

    /// <param name="prime">Which run.</param>
    public static TrainingConfig Config(int prime) => ByPrime[prime].First().Config;

    /// <param name="prime">Which run.</param>
    /// <param name="lastEpoch">The last epoch asked for.</param>
    /// <param name="isWhole">Whether to have all of the mainline's, in the default tier, too.</param>
    /// <returns>Ascending by epoch, from 0.</returns>
    public static IReadOnlyList<GoldenHash> Hashes(int prime, int lastEpoch, bool isWhole = false) =>
        [.. ByPrime[prime].Select(row => row.Hash).Where(hash => hash.Epoch <= lastEpoch && (IsNightly || isWhole || prime != Mainline || hash.Epoch < FirstOfRun))];

    /// <summary>Trains on, and takes the hash.</summary>
    public static GoldenHash HashAt(ITrainingEngine engine, int epoch)
    {
        while (engine.Epoch < epoch)
        {
            engine.Step();
        }

        return new GoldenHash(epoch, engine.Capture().Weights.Sha256());
    }

    private static IEnumerable<(TrainingConfig Config, GoldenHash Hash)> OfFirstEpochs(string test) =>
        Read(nameof(ExactWeightsGolden), test).Select(row => (
            new TrainingConfig { Model = new() { Prime = Integer(row[0]) }, TrainFraction = double.Parse(row[1], CultureInfo.InvariantCulture) },
            new GoldenHash(Integer(row[3]), row[4])));

    /// <summary>The hashes that tests/GrokVerify.ClaimTests checks on its run of the mainline.</summary>
    private static IEnumerable<(TrainingConfig Config, GoldenHash Hash)> OfMainline() => Read("MainlineRunGolden", "Weights")
        .Select(row => (new TrainingConfig(), new GoldenHash(Integer(row[0]), row[1])))
        .Where(row => row.Item2.Epoch > 0);

    private static IReadOnlyList<string[]> Read(string fixture, string test) =>
        NumericCsv.Parse(File.ReadAllText(Path.Combine(GoldenFolder.OfThisRepository.Path, fixture, test + ".verified.csv"))).Rows;

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>The weights of a run at an epoch.</summary>
internal sealed record GoldenHash(int Epoch, string Sha256);
