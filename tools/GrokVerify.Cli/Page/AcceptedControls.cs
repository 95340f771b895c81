using CsvHelper;
using GrokVerify.Judging;

namespace GrokVerify.Cli.Page;

/// <summary>Which sabotaged networks refute which claim, as the accepted matrix of controls has it.</summary>
internal static class AcceptedControls
{
    private static readonly Lazy<ILookup<string, (string Control, string Statistics)>> Matrix = new(Read);

    /// <summary>Every control of a claim, in words, with what it came to; none for a claim that the matrix does not have.</summary>
    public static IEnumerable<string> Of(Claim claim) => Matrix.Value[claim.Id].Select(cell =>
        $"{Words(cell.Control)}: {(cell.Statistics == "holds" ? "does not touch it" : $"refutes it ({Statistics(claim, cell.Statistics)})")}");

    private static string Statistics(Claim claim, string numbers) =>
        string.Join("; ", numbers.Split(' ').Select(number => int.TryParse(number, out int index) && index <= claim.Statistics.Count ? claim.Statistics[index - 1].Name : number));

    private static string Words(string control) => control switch
    {
        nameof(Control.Untrained) => "the untrained network",
        nameof(Control.NoWeightDecay) => "trained without weight decay",
        nameof(Control.ShuffledLabels) => "trained on shuffled labels",
        nameof(Control.OtherFrequencies) => "judged by other frequencies",
        nameof(Control.OtherPrime) => "judged as an adder modulo another prime",
        nameof(Control.HalvesExchanged) => "train and test half exchanged",
        nameof(Control.RandomNeurons) => "neurons turned in random directions",
        nameof(Control.MemorizedAtTheEnd) => "the memorized network in the place of the last",
        _ => control,
    };

    private static ILookup<string, (string Control, string Statistics)> Read()
    {
        using CsvReader reader = AcceptedSeeds.Table("Controls.csv");
        var cells = new List<string[]>();
        while (reader.Read())
        {
            cells.Add(reader.Current.ToArray());
        }

        return cells.ToLookup(cell => cell[0], cell => (cell[1], cell[2]));
    }
}
