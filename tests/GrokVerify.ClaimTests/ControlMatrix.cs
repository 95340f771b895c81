using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>Which control refutes which claim, as golden/ControlMatrixGolden keeps it.</summary>
internal sealed class ControlMatrix
{
    /// <summary>The cell of a control that a claim holds on: the control does not touch what the claim is about.</summary>
    public const string Holds = "holds";

    private static readonly Lazy<ControlMatrix> Golden = new(() => new ControlMatrix(NumericCsv.Parse(File.ReadAllText(
        Path.Combine(GoldenFolder.OfThisRepository.Path, nameof(ControlMatrixGolden), $"{nameof(ControlMatrixGolden.Of_every_claim)}.verified.csv")))));

    private readonly Dictionary<(string Claim, string Control), string> _cells;

    private ControlMatrix(NumericCsv csv) => _cells = csv.Rows.ToDictionary(row => (row[0], row[1]), row => row[2]);

    public static ControlMatrix OfThisRepository => Golden.Value;

    /// <summary>The controls that refute a claim.</summary>
    public IReadOnlyList<Control> RefutedBy(RunClaim claim) => [.. Enum.GetValues<Control>().Where(control => _cells[(claim.Id, control.ToString())] != Holds)];

    /// <summary>What the matrix has of a claim on a control: as <see cref="Cell(ClaimResult)"/>.</summary>
    public string Cell(RunClaim claim, Control control) => _cells[(claim.Id, control.ToString())];

    /// <summary>The numbers, from 1, of the statistics that a claim fails by, or <see cref="Holds"/>.</summary>
    public static string Cell(ClaimResult result) => result.Verdict == Verdict.Holds
        ? Holds
        : string.Join(' ', result.Findings.Index().Where(finding => !finding.Item.Holds).Select(finding => finding.Index + 1));
}
