using GrokVerify.Judging;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>A trained run with its evidence: what a claim is judged on, and how to train it again.</summary>
/// <param name="Name">Which run this is, in words.</param>
/// <param name="Run">The run folder.</param>
/// <param name="Evidence">Its measures.</param>
/// <param name="Replay">The command that trains it again.</param>
public sealed record ExampleRun(string Name, TrainingRun Run, RunEvidence Evidence, string Replay);
