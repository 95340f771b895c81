namespace GrokVerify.Numerics;

/// <summary>Writes one pair's row of some quantity. Called for different pairs at the same time.</summary>
/// <param name="pair">Pair number, a * p + b.</param>
/// <param name="row">Where to write; old content is unspecified.</param>
internal delegate void RowFiller(int pair, Span<double> row);

/// <summary>Writes the rows of consecutive pairs. Called for different pairs at the same time.</summary>
/// <param name="first">Number of the first pair.</param>
/// <param name="count">Number of pairs.</param>
/// <param name="rows">Where to write, a row for each pair; old content is unspecified.</param>
internal delegate void RowBlockFiller(int first, int count, Span<double> rows);
