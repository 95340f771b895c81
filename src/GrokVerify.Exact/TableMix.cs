namespace GrokVerify.Exact;

/// <summary>Rows that attention mixes from a table.</summary>
/// <param name="Table">[heads (2p + 1), columns].</param>
/// <param name="Bias">[1, columns]: what every row begins with.</param>
/// <param name="Result">[pairs, columns].</param>
/// <param name="Rectify">ReLU of the result; a NaN stays.</param>
internal readonly record struct TableMix(PanelMatrix Table, PanelMatrix Bias, PanelMatrix Result, bool Rectify);
