namespace GrokVerify.Model;

/// <summary>Writes one pair's row of some quantity. Called for different pairs at the same time.</summary>
/// <param name="pair">Pair number, a * p + b.</param>
/// <param name="row">Where to write; old content is unspecified.</param>
public delegate void RowFiller(int pair, Span<double> row);
