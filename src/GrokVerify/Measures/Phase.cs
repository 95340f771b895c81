namespace GrokVerify.Measures;

/// <summary>One phase of a run, with the epochs that bound it.</summary>
/// <param name="Begin">Epoch at which it begins; null when the run never reached it.</param>
/// <param name="End">Epoch at which it ends; null when it never began or had not ended by the last row.</param>
/// <param name="Absence">Why a bound is missing; null when both are there.</param>
public sealed record Phase(long? Begin, long? End, string? Absence);
