namespace GrokVerify.Measures.Certified;

/// <summary>
/// How far a pair in one order lies from the symmetric network: z - z' = sum over heads of shares_h e_h + a rest, with e_h the mean over tokens of the values at the first position less those at the second.
/// </summary>
/// <param name="Shares">Half of the attention to a less half of that to b: [heads].</param>
/// <param name="Whole">The norm of z - z'.</param>
/// <param name="Rest">The norm of the rest.</param>
internal readonly record struct OrderOffset(double[] Shares, double Whole, double Rest);
