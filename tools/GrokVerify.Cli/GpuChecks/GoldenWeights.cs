using System.Globalization;
using CsvHelper;
using GrokVerify.Cli.Page;
using GrokVerify.Engines;

namespace GrokVerify.Cli.GpuChecks;

/// <summary>The accepted hashes of weights along two runs of the exact engine, which travel in the program.</summary>
internal static class GoldenWeights
{
    /// <summary>The runs, each with its epochs and hashes, ascending.</summary>
    public static IReadOnlyList<(TrainingConfig Config, IReadOnlyList<(long Epoch, string Sha256)> Hashes)> Runs { get; } =
    [
        .. Rows().GroupBy(row => row.Config, row => (row.Epoch, row.Sha256))
            .Select(run => (run.Key, (IReadOnlyList<(long, string)>)[.. run.DistinctBy(hash => hash.Epoch).OrderBy(hash => hash.Epoch)])),
    ];

    private static IEnumerable<(TrainingConfig Config, long Epoch, string Sha256)> Rows()
    {
        foreach (string table in new[] { "Of_the_first_epochs", "Of_a_hundred_epochs", "Of_a_thousand_epochs" })
        {
            using CsvReader reader = AcceptedSeeds.Table($"Weights/{table}.verified.csv");
            _ = reader.Read();
            while (reader.Read())
            {
                string[] row = reader.Current.ToArray();
                yield return (new TrainingConfig
                {
                    Model = new() { Prime = int.Parse(row[0], CultureInfo.InvariantCulture) },
                    TrainFraction = double.Parse(row[1], CultureInfo.InvariantCulture),
                    Seed = Integer(row[2]),
                }, Integer(row[3]), row[4]);
            }
        }

        using CsvReader mainline = AcceptedSeeds.Table("Weights/Mainline.csv");
        _ = mainline.Read();
        while (mainline.Read())
        {
            string[] row = mainline.Current.ToArray();
            yield return (new TrainingConfig(), Integer(row[0]), row[1]);
        }
    }

    private static long Integer(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
